// The little of Pyodide's export interface that we use. Its own types need the page's DOM.

export interface PyodideSettings {
  readonly API: { config: { BUILD_ID: string } };
}

export interface PyodideOptions {
  indexURL: string;
  packageBaseUrl: string;
  stdLibURL: string;
  lockFileContents: { info: object; packages: object };
  stdin(): null;
  stdout(line: string): void;
  stderr(line: string): void;
  createPyodideModule(settings: PyodideSettings): Promise<object>;
}

export interface Pyodide {
  readonly _module: { readonly HEAP8: Int8Array };
  /** Unpack an archive into site-packages. */
  unpackArchive(bytes: ArrayBuffer, format: "wheel"): void;
  pyimport(name: "lessonlab.bridge"): PythonBridge;
  setInterruptBuffer(buffer: { 0: number }): void;
}

/** `lessonlab.bridge`, as JavaScript sees it. */
export interface PythonBridge {
  handle(request: string, emit: (text: string) => void): string;
  resume(): string;
  drop(): void;
}
