// The container of a memory snapshot: only those pieces of Python's memory that a fresh module does
// not already have. Read by src/worker/snapshot.ts, which refuses whatever does not add up.
//
//   bytes 0-3  magic "CWPY", little endian
//   bytes 4-7  length of the header in bytes, a multiple of 4
//   header     JSON, padded with spaces
//   data       the runs, one after the other
import { checksum } from "../src/worker/checksum.ts";
import { FORMAT, MAGIC } from "../src/worker/snapshot.ts";

type Run = [at: number, length: number];

/** Memory is compared in pieces of this many bytes. */
const GRANULE = 256;
const PAGE = 4096;
/** Browsers dirty a page here that Node does not; what lies near the static data is kept whole. */
const MARGIN = 65_536;

/**
 * Return the runs `[at, length]` of `heap` to keep.
 *
 * @param heap - Memory with Python in it.
 * @param raw - Memory of the module before anything ran.
 * @param fresh - Memory after Emscripten's own initialisation; it may be that of another machine.
 */
export function runsOf(heap: Uint8Array, raw: Uint8Array, fresh: Uint8Array): Run[] {
  const dirty = pagesThatDiffer(raw, fresh);
  const first = dirty.indexOf(true) * PAGE - MARGIN;
  const last = lastNonZero(raw) + MARGIN;
  const kept = (at: number) => {
    if (at >= first && at < last) return true;
    const page = Math.floor(at / PAGE);
    return dirty[page - 1] || dirty[page] || dirty[page + 1] || differs(heap, raw, at, GRANULE);
  };
  const runs: Run[] = [];
  for (let at = 0; at < heap.length; at += GRANULE) {
    if (!kept(at)) continue;
    const previous = runs.at(-1);
    if (previous && previous[0] + previous[1] === at) previous[1] += GRANULE;
    else runs.push([at, GRANULE]);
  }
  return runs;
}

/** Return the container as bytes; `facts` are added to the header. */
export function pack(heap: Uint8Array, runs: Run[], facts: object): Buffer {
  const data = new Uint8Array(runs.reduce((sum, [, length]) => sum + length, 0));
  let to = 0;
  for (const [at, length] of runs) {
    data.set(heap.subarray(at, at + length), to);
    to += length;
  }
  const header = {
    format: FORMAT,
    heap: heap.length,
    bytes: data.length,
    checksum: checksum(data),
    ...facts,
    runs,
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const padded = new Uint8Array(Math.ceil(text.length / 4) * 4).fill(0x20);
  padded.set(text);
  const head = new Uint8Array(Uint32Array.of(MAGIC, padded.length).buffer);
  return Buffer.concat([head, padded, data]);
}

/** Memory of the module when it is instantiated and nothing of it has run. */
export async function rawMemory(wasm: BufferSource): Promise<Uint8Array> {
  const module = await WebAssembly.compile(wasm);
  const imports: WebAssembly.Imports = {};
  for (const { module: space, name, kind } of WebAssembly.Module.imports(module)) {
    const stubs = imports[space] ?? {};
    stubs[name] = stub(kind, `${space}.${name}`);
    imports[space] = stubs;
  }
  const { exports } = await WebAssembly.instantiate(module, imports);
  return new Uint8Array((exports.memory as WebAssembly.Memory).buffer);
}

function stub(kind: string, name: string): WebAssembly.ImportValue {
  if (kind === "function") return () => 0;
  if (kind === "global" && name.startsWith("GOT.")) {
    return new WebAssembly.Global({ value: "i32", mutable: true }, -1);
  }
  throw new Error(`the module imports a ${kind} named ${name}`);
}

function pagesThatDiffer(one: Uint8Array, other: Uint8Array): boolean[] {
  const pages: boolean[] = [];
  for (let at = 0; at < one.length; at += PAGE) pages.push(differs(one, other, at, PAGE));
  if (!pages.includes(true)) throw new Error("initialisation changed nothing");
  return pages;
}

function differs(one: Uint8Array, other: Uint8Array, at: number, length: number): boolean {
  for (let index = at; index < at + length; index += 1) {
    if ((one[index] ?? 0) !== (other[index] ?? 0)) return true;
  }
  return false;
}

function lastNonZero(bytes: Uint8Array): number {
  let index = bytes.length - 1;
  while (index > 0 && bytes[index] === 0) index -= 1;
  return index;
}
