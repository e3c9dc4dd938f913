// Reads the container that build/pack.ts writes, and refuses everything that does not add up: a
// Python that starts from damaged memory fails later, and then strangely.
import { checksum } from "./checksum.ts";

export const MAGIC = 0x59505743;
export const FORMAT = 1;

/** What Pyodide wants back from a snapshot: the JavaScript values that Python held. */
export interface Meta {
  readonly hiwireKeys: unknown[];
  readonly immortalKeys: string[];
}

export interface Header {
  readonly format: number;
  /** Pyodide's own name of its build. */
  readonly build: string;
  /** Size of the whole memory, in bytes. */
  readonly heap: number;
  /** Length of the data, in bytes, and its checksum. */
  readonly bytes: number;
  readonly checksum: number;
  /** The archive of the standard library that Python remembers. */
  readonly library: { readonly bytes: number; readonly checksum: number };
  readonly meta: Meta;
  /** Where each piece of the data belongs: address and length, in bytes. */
  readonly runs: [at: number, length: number][];
}

export interface Snapshot {
  readonly header: Header;
  readonly data: Uint8Array;
}

/** What the snapshot must have been made for. */
export interface Wanted {
  build: string;
  library: { bytes: number; checksum: number };
}

/**
 * Read a container; throws with what is wrong with it.
 *
 * @param checked - Whether another checksum has held for all of it, which spares some milliseconds.
 */
export function readSnapshot(bytes: ArrayBuffer, wanted: Wanted, checked = false): Snapshot {
  if (bytes.byteLength < 8) throw new Error("it is empty");
  const [magic, length] = new Uint32Array(bytes, 0, 2) as unknown as [number, number];
  if (magic !== MAGIC) throw new Error("it is no snapshot");
  if (length > bytes.byteLength - 8) throw new Error("it is cut off");
  const text = new TextDecoder().decode(new Uint8Array(bytes, 8, length));
  const header = JSON.parse(text) as Header;
  const data = new Uint8Array(bytes, 8 + length);
  check(header.format === FORMAT, `its format is ${header.format}, not ${FORMAT}`);
  check(header.build === wanted.build, "it belongs to another Pyodide");
  check(
    header.library.bytes === wanted.library.bytes &&
      header.library.checksum === wanted.library.checksum,
    "it belongs to another standard library",
  );
  check(data.length === header.bytes, `it has ${data.length} bytes, not ${header.bytes}`);
  check(checked || checksum(data) === header.checksum, "its bytes are damaged");
  const end = (sum: number, [at, size]: [number, number]) =>
    at >= 0 && size > 0 && at + size <= header.heap ? sum + size : Number.NaN;
  check(header.runs.reduce(end, 0) === data.length, "its runs do not fit");
  return { header, data };
}

/** Write a snapshot into the memory of a fresh module. */
export function restore({ header, data }: Snapshot, memory: Int8Array): void {
  check(memory.length === header.heap, `memory has ${memory.length} bytes, not ${header.heap}`);
  let from = 0;
  for (const [at, length] of header.runs) {
    memory.set(data.subarray(from, from + length) as unknown as Int8Array, at);
    from += length;
  }
}

function check(holds: boolean, complaint: string): void {
  if (!holds) throw new Error(complaint);
}
