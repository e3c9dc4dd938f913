// Starts Pyodide in a classic worker, from addresses (http) or from bytes (a folder), with the same
// code. Pyodide itself expects to be a module and to fetch by address; here it gets its files from
// us instead. It starts from a snapshot of its memory; where that fails, the long way.
import type { BootMessage, FileName, PackageFacts, PartName, WorkerMessage } from "../protocol.ts";
import { Arrivals } from "./arrivals.ts";
import { Library } from "./library.ts";
import { lockDown } from "./lockdown.ts";
import { Packages } from "./packages.ts";
import type {
  EmscriptenModule,
  Pyodide,
  PyodideOptions,
  PyodideSettings,
  PythonBridge,
} from "./pyodide.ts";
import { readSnapshot, restore } from "./snapshot.ts";
import { readNow } from "./stop-signal.ts";

/** An address that leads nowhere: whatever Pyodide asks for by it comes from `answer`. */
const NOWHERE = "https://python.invalid/";
const STDLIB = `${NOWHERE}stdlib.zip`;

/** Far more than a lesson needs, and little enough for the devices of most readers. */
const MEMORY_BYTES = 2 ** 30;

// The build puts these in front of this code.

declare const PART_BYTES: Record<PartName, number>;
declare const LIBRARY_CHECKSUM: number;
/** `info` of Pyodide's lock file: versions and platform. */
declare const PYODIDE_INFO: object;
/** Make Emscripten's module (from pyodide.asm.mjs). */
declare const createPyodideModule: (settings: PyodideSettings) => Promise<EmscriptenModule>;
/** Return Pyodide's loader (from pyodide.js), which uses the given names, not the global ones. */
declare function makePyodideLoader(
  fetch: (address: string) => Promise<Response>,
  webAssembly: typeof WebAssembly,
): (options: PyodideOptions) => Promise<Pyodide>;

export interface Booted {
  pyodide: Pyodide;
  bridge: PythonBridge;
  module: WebAssembly.Module;
  /** Whether it can be told to stop while code runs. */
  listens: boolean;
  /** Absent when all of it is there. */
  library?: Library;
  /** Absent when the course brings none. */
  packages?: Packages;
  /** What it was started from, or why it was not. */
  snapshot?: ArrayBuffer;
  slow?: string;
}

const RequestNow = XMLHttpRequest;

export class Boot {
  readonly #post: (message: WorkerMessage) => void;
  readonly #module: Promise<WebAssembly.Module>;
  readonly #arrivals: Arrivals;
  readonly #packages: readonly PackageFacts[];
  readonly #stopUrl: string;
  #listens: boolean | undefined;
  /** Take the module that the page has compiled. */
  takeModule: (module: WebAssembly.Module) => void = () => {};

  constructor(message: BootMessage, post: (message: WorkerMessage) => void) {
    const { parts, packages, module, stopUrl } = message;
    this.#post = post;
    this.#stopUrl = stopUrl;
    this.#packages = packages ?? [];
    this.#arrivals = new Arrivals(parts, post);
    this.#arrivals.expect(module ? ["snapshot"] : ["wasm", "snapshot"]);
    this.#module = new Promise((resolve) => {
      this.takeModule = resolve;
    });
    if (module) this.takeModule(module);
  }

  /** Take a part that the page was asked for. */
  take(name: FileName, bytes: ArrayBuffer | undefined): void {
    this.#arrivals.take(name, bytes);
  }

  /**
   * Fetch, compile and start, and close what learners' code shall not reach; reports each step.
   * Rejects when any of it fails.
   */
  async start(): Promise<Booted> {
    const booted = { ...(await this.#load()), listens: this.#hears() };
    booted.bridge.isolate();
    lockDown();
    if (this.#packages.length === 0) return booted;
    const { bridge, pyodide } = booted;
    const setup = { facts: this.#packages, arrivals: this.#arrivals, files: pyodide.FS, bridge };
    return { ...booted, packages: new Packages(setup) };
  }

  #hears(): boolean {
    this.#listens ??= readNow(this.#stopUrl);
    return this.#listens;
  }

  async #load(): Promise<Omit<Booted, "listens">> {
    try {
      return await this.#fromSnapshot();
    } catch (error) {
      const module = await this.#module;
      this.#arrivals.expect(["stdlib"]);
      const library = await this.#arrivals.bytes("stdlib");
      this.#post({ type: "progress", stage: "start", done: 0, total: 0 });
      const pyodide = await load(module, library, { createPyodideModule });
      return { pyodide, bridge: bridgeOf(pyodide), module, slow: String(error) };
    }
  }

  async #fromSnapshot(): Promise<Omit<Booted, "listens">> {
    const arriving = this.#arrivals.whole("snapshot");
    arriving.catch(() => {}); // seen below, when the module stands
    const bytes = PART_BYTES.stdlib;
    const library = { bytes, checksum: LIBRARY_CHECKSUM };
    const loading = load(this.#module, null, {
      _loadSnapshot: new Uint8Array(64), // only tells Pyodide that memory will be restored
      createPyodideModule: async (settings) => {
        const wanted = { build: settings.API.config.BUILD_ID, library };
        const reading = arriving.then((it) => {
          this.#hears(); // the module is still on its way, so this takes no time of the reader's
          return readSnapshot(it.bytes, wanted, it.checked);
        });
        reading.catch(() => {}); // seen below, when the module stands
        const emscripten = await createPyodideModule(settings);
        const snapshot = await reading;
        this.#post({ type: "progress", stage: "start", done: 0, total: 0 });
        emscripten.API.restoreSnapshot = () => {
          restore(snapshot, emscripten.HEAP8);
          return snapshot.header.meta;
        };
        return emscripten;
      },
    });
    const pyodide = await loading;
    const address = this.#arrivals.address("stdlib");
    const lazy = new Library({
      ...library,
      ...(address === undefined ? {} : { fetchNow: () => fetchNow(address) }),
      ask: () => this.#arrivals.ask("stdlib"),
    });
    lazy.install(pyodide.FS);
    void lazy.prepare();
    const bridge = bridgeOf(pyodide);
    const module = await this.#module;
    const booted = { pyodide, bridge, module, library: lazy };
    // What has an address lies in the browser's cache: to keep it would only cost memory.
    const isCached = this.#arrivals.address("snapshot") !== undefined;
    return isCached ? booted : { ...booted, snapshot: (await arriving).bytes };
  }
}

function bridgeOf(pyodide: Pyodide): PythonBridge {
  return pyodide.pyimport("lessonlab.bridge");
}

function load(
  module: WebAssembly.Module | Promise<WebAssembly.Module>,
  stdlib: ArrayBuffer | null,
  how: Pick<PyodideOptions, "createPyodideModule" | "_loadSnapshot">,
): Promise<Pyodide> {
  const answer = (address: string) =>
    Promise.resolve(new Response(String(address) === STDLIB ? stdlib : null));
  const webAssembly = Object.create(WebAssembly, {
    instantiateStreaming: {
      value: async (_: unknown, imports: WebAssembly.Imports) => {
        const compiled = await module;
        limitMemory(imports);
        return { module: compiled, instance: await WebAssembly.instantiate(compiled, imports) };
      },
    },
  }) as typeof WebAssembly;
  return makePyodideLoader(
    answer,
    webAssembly,
  )({
    indexURL: NOWHERE,
    packageBaseUrl: NOWHERE,
    stdLibURL: STDLIB,
    lockFileContents: { info: PYODIDE_INFO, packages: {} },
    // What bypasses Python's own streams (os.write, C code) is no learner's output.
    stdin: () => null,
    stdout: () => undefined,
    stderr: () => undefined,
    ...how,
  });
}

/** Let Python's memory grow so far only; then it raises MemoryError instead of filling the device. */
function limitMemory({ env }: WebAssembly.Imports): void {
  const { emscripten_resize_heap: grow } = env as Record<string, (bytes: number) => number>;
  if (!env || !grow) throw new Error("Pyodide grows its memory in another way");
  env.emscripten_resize_heap = (bytes: number) => (bytes >>> 0 > MEMORY_BYTES ? 0 : grow(bytes));
}

function fetchNow(address: string): Uint8Array {
  const request = new RequestNow();
  request.open("GET", address, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`${address}: ${request.status}`);
  return new Uint8Array(request.response as ArrayBuffer);
}
