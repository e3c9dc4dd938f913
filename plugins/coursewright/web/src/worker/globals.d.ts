// What build/worker.mjs puts in front of the worker's own code, and the little of Pyodide's
// interface that we use. Pyodide's own types need the page's DOM.

interface PyodideSettings {
  readonly API: { config: { BUILD_ID: string } };
}

interface PyodideOptions {
  indexURL: string;
  packageBaseUrl: string;
  stdLibURL: string;
  lockFileContents: { info: object; packages: object };
  stdin(): null;
  stdout(line: string): void;
  stderr(line: string): void;
  createPyodideModule(settings: PyodideSettings): Promise<object>;
}

interface Pyodide {
  readonly _module: { readonly HEAP8: Int8Array };
  /** Unpack an archive into site-packages. */
  unpackArchive(bytes: ArrayBuffer, format: "wheel"): void;
  pyimport(name: "lessonlab.bridge"): PythonBridge;
  setInterruptBuffer(buffer: { 0: number }): void;
}

/** `lessonlab.bridge`, as JavaScript sees it. */
interface PythonBridge {
  handle(request: string, emit: (text: string) => void): string;
  resume(): string;
  drop(): void;
}

/** Make Emscripten's module (from pyodide.asm.mjs). */
declare const createPyodideModule: (settings: PyodideSettings) => Promise<object>;

/** Return Pyodide's loader (from pyodide.js), which uses the given names instead of the global. */
declare function makePyodideLoader(
  fetch: (address: string) => Promise<Response>,
  webAssembly: typeof WebAssembly,
): (options: PyodideOptions) => Promise<Pyodide>;

/** `info` of Pyodide's lock file: versions and platform. */
declare const PYODIDE_INFO: object;
