// The standard library that a snapshot does not hold. Python remembers the archive's table of
// contents; the archive itself arrives when a module of it is first imported (over http) or soon
// after the start (from a folder, where a worker can fetch nothing).
import { checksum } from "./checksum.ts";
import type { FileSystem } from "./pyodide.ts";

export const LIBRARY_PATH = "/lib/python314.zip";

export interface LibrarySetup {
  bytes: number;
  checksum: number;
  /** Get the archive while Python waits; undefined where that is impossible. */
  fetchNow?: () => Uint8Array;
  /** Ask the page for it; resolves to nothing when it has none. */
  ask: () => Promise<ArrayBuffer | undefined>;
}

export class Library {
  readonly #setup: LibrarySetup;
  #data: Uint8Array | undefined;
  #asking: Promise<void> | undefined;
  #lost = false;

  constructor(setup: LibrarySetup) {
    this.#setup = setup;
  }

  /** Whether Python has read the archive in vain since the last `tryAgain`. */
  get lost(): boolean {
    return this.#lost;
  }

  /** Get the archive anew at the next need, where it did not arrive. */
  tryAgain(): void {
    this.#lost = false;
  }

  /** Put the archive into Python's file system as a file that arrives when it is read. */
  install(files: Pick<FileSystem, "lookupPath">): void {
    const { node } = files.lookupPath(LIBRARY_PATH);
    node.usedBytes = this.#setup.bytes;
    const contents = () => this.#contents();
    const replace = (data: Uint8Array) => {
      this.#data = data;
    };
    Object.defineProperty(node, "contents", { configurable: true, get: contents, set: replace });
  }

  /**
   * Ask for the archive where it cannot be fetched while Python waits; resolves when it is there or
   * cannot be had. Python loads modules for many reasons that no source shows.
   */
  prepare(): Promise<void> {
    if (this.#data || this.#setup.fetchNow) return Promise.resolve();
    this.#asking ??= this.#setup.ask().then((bytes) => {
      if (bytes) this.#take(new Uint8Array(bytes));
      if (!this.#data) this.#asking = undefined;
    });
    return this.#asking;
  }

  #take(bytes: Uint8Array): void {
    const { bytes: length, checksum: sum } = this.#setup;
    if (bytes.length === length && checksum(bytes) === sum) this.#data = bytes;
    else console.warn("coursewright: the standard library is damaged");
  }

  #contents(): Uint8Array {
    // Python reads a file in pieces: it is not to wait for each of them.
    if (!this.#data && !this.#lost) this.#fetch();
    this.#lost ||= !this.#data;
    return this.#data ?? new Uint8Array(this.#setup.bytes);
  }

  #fetch(): void {
    try {
      if (this.#setup.fetchNow) this.#take(this.#setup.fetchNow());
    } catch (error) {
      // An exception that left this function would break the interpreter for good.
      console.warn(`coursewright: the standard library did not arrive: ${error}`);
    }
  }
}
