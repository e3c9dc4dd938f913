// The little of Pyodide's export interface that we use. Its own types need the page's DOM.
import type { Meta } from "./snapshot.ts";

export interface PyodideSettings {
  readonly API: { config: { BUILD_ID: string } };
}

export interface EmscriptenModule {
  readonly HEAP8: Int8Array;
  readonly API: { restoreSnapshot: () => Meta };
}

export interface PyodideOptions {
  indexURL: string;
  packageBaseUrl: string;
  stdLibURL: string;
  lockFileContents: { info: object; packages: object };
  stdin(): null;
  stdout(line: string): void;
  stderr(line: string): void;
  createPyodideModule(settings: PyodideSettings): Promise<EmscriptenModule>;
  _loadSnapshot?: Uint8Array;
}

export interface FileSystem {
  lookupPath(path: string): { node: { usedBytes: number } };
  writeFile(path: string, data: Uint8Array): void;
}

export interface Pyodide {
  readonly _module: { readonly HEAP8: Int8Array };
  readonly FS: FileSystem;
  runPython(code: string): unknown;
  pyimport(name: "lessonlab.bridge"): PythonBridge;
  setInterruptBuffer(buffer: { 0: number }): void;
}

/** `lessonlab.bridge`, as JavaScript sees it. */
export interface PythonBridge {
  handle(request: string, emit: (text: string) => void): string;
  resume(): string;
  drop(): void;
  /** These four for packages of the course; see lessonlab.imports, shelf and isolation. */
  imports(request: string): string;
  install(archive: string, own: string): void;
  modules(request: string): string;
  preload(names: string): void;
  isolate(): void;
}
