// The parts of Python on their way into the worker: fetched by address, given as bytes, or asked
// for; counted as they come, and inflated.
import { gathered, type Inflated, inflated, streamOf } from "../inflate.ts";
import type { FileName, PartName, Parts, WorkerMessage } from "../protocol.ts";
import type { LoadStage } from "../python-client.ts";

/** Sizes of the parts over the network, in bytes. Set by the build. */
declare const PART_BYTES: Record<PartName, number>;
/** Size of the snapshot, inflated, in bytes. */
declare const SNAPSHOT_BYTES: number;

const TELL_MS = 50;

// Packages of the course come when the worker's globals are closed.
const fetchNow = globalThis.fetch;

export class Arrivals {
  readonly #parts: Parts;
  readonly #post: (message: WorkerMessage) => void;
  readonly #asked = new Map<FileName, (bytes: ArrayBuffer | undefined) => void>();
  #stage: LoadStage = "fetch";
  #total = 0;
  #done = 0;
  #told = 0;

  constructor(parts: Parts, post: (message: WorkerMessage) => void) {
    this.#parts = parts;
    this.#post = post;
  }

  /** Say which parts will be read, here or in the page, for the progress. */
  expect(names: PartName[]): void {
    for (const name of names) this.#total += PART_BYTES[name];
    this.#tell();
  }

  /** Say what will be read next, and how many bytes it has, and tell the page. */
  begin(stage: LoadStage, bytes: number): void {
    this.#stage = stage;
    this.#total = bytes;
    this.#done = 0;
    this.#post({ type: "progress", stage, done: 0, total: bytes });
  }

  /** Return where a file can be fetched, if it has an address. */
  address(name: FileName): string | undefined {
    const part = this.#parts[name];
    return typeof part === "string" ? part : undefined;
  }

  /** Ask the page for a part; resolves to nothing when the page has none either. */
  ask(name: FileName): Promise<ArrayBuffer | undefined> {
    return new Promise((resolve) => {
      this.#asked.set(name, resolve);
      this.#post({ type: "need", part: name });
    });
  }

  /** Take the page's answer. */
  take(name: FileName, bytes: ArrayBuffer | undefined): void {
    this.#asked.get(name)?.(bytes);
    this.#asked.delete(name);
  }

  /** Return a part, inflated, as it comes; rejects with its address when it does not come. */
  async stream(name: FileName): Promise<Inflated> {
    const address = this.address(name);
    if (address !== undefined) {
      const response = await fetchNow(address);
      if (!response.ok || !response.body) throw new Error(`${address}: ${response.status}`);
      return inflated(response.body, (bytes) => this.#arrived(bytes));
    }
    const bytes = (this.#parts[name] as ArrayBuffer | undefined) ?? (await this.ask(name));
    if (!bytes) throw new Error(`${name} is missing`);
    return inflated(streamOf(new Uint8Array(bytes)), (arrived) => this.#arrived(arrived));
  }

  /** Return a whole part, inflated. */
  async bytes(name: FileName): Promise<ArrayBuffer> {
    return (await this.whole(name)).bytes;
  }

  /** Return a whole part, inflated, and whether a checksum has held for it. */
  async whole(name: FileName): Promise<{ bytes: ArrayBuffer; checked: boolean }> {
    const arriving = await this.stream(name);
    const bytes = await gathered(arriving, name === "snapshot" ? SNAPSHOT_BYTES : 0);
    const { buffer } = bytes.length < bytes.buffer.byteLength ? bytes.slice() : bytes;
    return { bytes: buffer, checked: arriving.checked };
  }

  #arrived(bytes: number): void {
    this.#done += bytes;
    const now = performance.now();
    if (now - this.#told < TELL_MS && this.#done < this.#total) return;
    this.#told = now;
    this.#tell();
  }

  #tell(): void {
    // A host that compresses once more may send other numbers of bytes than the files have.
    const done = Math.min(this.#done, this.#total);
    this.#post({ type: "progress", stage: this.#stage, done, total: this.#total });
  }
}
