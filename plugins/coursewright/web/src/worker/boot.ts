// Starts Pyodide in a classic worker, from addresses (http) or from bytes (a folder), with the same
// code. Pyodide itself expects to be a module and to fetch by address; here it gets its three files
// from us instead.
import type { BootMessage, PartName, Parts, WorkerMessage } from "../protocol.ts";
import type { Pyodide, PyodideOptions, PyodideSettings, PythonBridge } from "./pyodide.ts";

/** An address that leads nowhere: whatever Pyodide asks for by it comes from `answer`. */
const NOWHERE = "https://python.invalid/";
const STDLIB = `${NOWHERE}stdlib.zip`;

// The build puts these four in front of this code.

/** Sizes of the parts over the network, in bytes. */
declare const PART_BYTES: Record<PartName, number>;
/** `info` of Pyodide's lock file: versions and platform. */
declare const PYODIDE_INFO: object;
/** Make Emscripten's module (from pyodide.asm.mjs). */
declare const createPyodideModule: (settings: PyodideSettings) => Promise<object>;
/** Return Pyodide's loader (from pyodide.js), which uses the given names, not the global ones. */
declare function makePyodideLoader(
  fetch: (address: string) => Promise<Response>,
  webAssembly: typeof WebAssembly,
): (options: PyodideOptions) => Promise<Pyodide>;

export interface Booted {
  pyodide: Pyodide;
  bridge: PythonBridge;
  module: WebAssembly.Module;
}

/** Fetch, compile and start; reports each step. Rejects when any of it fails. */
export async function boot(
  message: BootMessage,
  post: (message: WorkerMessage) => void,
): Promise<Booted> {
  const arrivals = new Arrivals(message.parts, message.module ? ["wasm"] : [], post);
  const stdlib = arrivals.bytes("stdlib");
  const lessonlab = arrivals.bytes("lessonlab");
  const module = message.module ?? (await compile(arrivals, post));
  const [library, core] = await Promise.all([stdlib, lessonlab]);
  post({ type: "progress", stage: "start", done: 0, total: 0 });
  const pyodide = await start(module, library);
  pyodide.unpackArchive(core, "wheel");
  return { pyodide, bridge: pyodide.pyimport("lessonlab.bridge"), module };
}

async function compile(
  arrivals: Arrivals,
  post: (message: WorkerMessage) => void,
): Promise<WebAssembly.Module> {
  const bytes = await arrivals.bytes("wasm");
  post({ type: "progress", stage: "compile", done: 0, total: 0 });
  return WebAssembly.compileStreaming(
    new Response(await inflate(bytes), { headers: { "content-type": "application/wasm" } }),
  );
}

function start(module: WebAssembly.Module, stdlib: ArrayBuffer): Promise<Pyodide> {
  const answer = (address: string) =>
    Promise.resolve(new Response(String(address) === STDLIB ? stdlib : null));
  const webAssembly = Object.create(WebAssembly, {
    instantiateStreaming: {
      value: async (_: unknown, imports: WebAssembly.Imports) => ({
        module,
        instance: await WebAssembly.instantiate(module, imports),
      }),
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
    createPyodideModule,
  });
}

/** The parts as they arrive, and how much of them has. */
class Arrivals {
  readonly #parts: Parts;
  readonly #post: (message: WorkerMessage) => void;
  readonly #total: number;
  #done = 0;
  #told = 0;

  constructor(parts: Parts, unneeded: PartName[], post: (message: WorkerMessage) => void) {
    this.#parts = parts;
    this.#post = post;
    const names = (Object.keys(parts) as PartName[]).filter((name) => !unneeded.includes(name));
    this.#total = names.reduce((sum, name) => sum + PART_BYTES[name], 0);
  }

  /** Return the bytes of a part as they came; rejects with its address when they do not come. */
  async bytes(name: PartName): Promise<ArrayBuffer> {
    const part = this.#parts[name];
    if (typeof part !== "string") {
      this.#arrived(PART_BYTES[name]);
      return part;
    }
    const response = await fetch(part);
    if (!response.ok || !response.body) throw new Error(`${part}: ${response.status}`);
    const chunks: BlobPart[] = [];
    const reader = response.body.getReader();
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      chunks.push(step.value);
      this.#arrived(step.value.byteLength);
    }
    return new Blob(chunks).arrayBuffer();
  }

  #arrived(bytes: number): void {
    this.#done += bytes;
    const now = performance.now();
    if (now - this.#told < 50 && this.#done < this.#total) return;
    this.#told = now;
    // A host that compresses once more may send other numbers of bytes than the files have.
    const done = Math.min(this.#done, this.#total);
    this.#post({ type: "progress", stage: "fetch", done, total: this.#total });
  }
}

/** Undo our own gzip, unless the host already has. */
async function inflate(bytes: ArrayBuffer): Promise<ReadableStream | ArrayBuffer> {
  const [first, second] = new Uint8Array(bytes, 0, 2);
  if (first !== 0x1f || second !== 0x8b) return bytes;
  return new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
}
