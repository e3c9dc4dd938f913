// How a running worker learns that it shall stop: it hears no message, but it can try to read an
// address that the page takes away. Not every browser lets a worker read it (Chromium from a
// folder, pages with a strict policy): then the page has to end the worker.

/** A look costs about 1 ms. */
const EVERY_MS = 100;

/** Return whether an address can be read. */
export type Reader = (url: string) => boolean;

export class StopSignal {
  readonly #url: string;
  readonly #read: Reader;
  readonly #now: () => number;
  readonly #works: boolean;
  #lookedAt: number;
  /** Whether it could no longer be read. */
  given = false;

  /** @param works - Whether such addresses can be read at all. */
  constructor(
    url: string,
    works: boolean,
    read: Reader = readNow,
    now: () => number = () => performance.now(),
  ) {
    this.#url = url;
    this.#works = works;
    this.#read = read;
    this.#now = now;
    this.#lookedAt = now();
  }

  /** Look again if it is time; returns whether to stop. */
  look(): boolean {
    if (!this.#works || this.given) return this.given;
    const time = this.#now();
    if (time - this.#lookedAt < EVERY_MS) return false;
    this.#lookedAt = time;
    this.given = !this.#read(this.#url);
    return this.given;
  }
}

const RequestNow = globalThis.XMLHttpRequest;

/** Tell whether an address can be read, now. */
export function readNow(url: string): boolean {
  try {
    const request = new RequestNow();
    request.open("GET", url, false);
    request.responseType = "arraybuffer"; // Firefox would try to read XML and complain
    request.send();
    return request.status === 200;
  } catch {
    return false;
  }
}
