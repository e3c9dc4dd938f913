// Guarded access to the browser's storage. Private windows, blocked cookies, a full disk and
// foreign values end here as a `Trouble`, never as an exception.
import { isNewer, parse } from "./guards.ts";

/** What the store needs of `localStorage`. Any call may throw. */
export interface Backend {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * What can go wrong, for the reader to be told once: storage cannot be used, is full, held
 * something unreadable (kept aside), or holds the work of a newer version (left alone).
 */
export type Trouble = "unavailable" | "full" | "broken" | "newer";

export class Shelf {
  readonly #open: () => Backend;
  readonly #report: (trouble: Trouble) => void;
  /** Keys whose stored value must not be overwritten. */
  readonly #sealed = new Set<string>();

  constructor(open: () => Backend, report: (trouble: Trouble) => void) {
    this.#open = open;
    this.#report = report;
  }

  /** Return the stored text, null when there is none or it cannot be read. */
  text(key: string): string | null {
    return this.#guarded("unavailable", null, (backend) => backend.getItem(key));
  }

  /** Parse and check a stored text. What fails the guard is put aside or sealed. */
  decode<T>(key: string, text: string | null, guard: (value: unknown) => value is T): T | null {
    if (text === null || this.#sealed.has(key)) return null;
    const value = parse(text);
    if (guard(value)) return value;
    if (isNewer(value)) {
      this.#sealed.add(key);
      this.#report("newer");
    } else {
      if (!this.#putAside(key, text)) this.#sealed.add(key);
      this.#report("broken");
    }
    return null;
  }

  /** Store a text; false when that did not work. */
  write(key: string, text: string): boolean {
    if (this.#sealed.has(key)) return false;
    return this.#guarded("full", false, (backend) => {
      backend.setItem(key, text);
      return true;
    });
  }

  #putAside(key: string, text: string): boolean {
    let copy = `${key}:broken`;
    for (let n = 2; ![null, text].includes(this.text(copy)); n += 1) copy = `${key}:broken-${n}`;
    return this.#guarded("full", false, (backend) => {
      backend.setItem(copy, text);
      backend.removeItem(key);
      return true;
    });
  }

  #guarded<T>(trouble: Trouble, otherwise: T, work: (backend: Backend) => T): T {
    let backend: Backend;
    try {
      backend = this.#open(); // reading `window.localStorage` throws where storage is blocked
    } catch {
      this.#report("unavailable");
      return otherwise;
    }
    try {
      return work(backend);
    } catch {
      this.#report(trouble);
      return otherwise;
    }
  }
}
