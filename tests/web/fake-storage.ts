// Storage, locks, clock and chance for tests of the store: in memory, and failing on demand.
import type { Backend } from "../../plugins/coursewright/web/src/store/shelf.ts";
import { Store, type StoreSetup } from "../../plugins/coursewright/web/src/store/store.ts";

export class FakeStorage implements Backend {
  readonly values = new Map<string, string>();
  /** Texts longer than this do not fit. */
  quota = Number.POSITIVE_INFINITY;

  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (value.length > this.quota) throw new DOMException("full", "QuotaExceededError");
    this.values.set(key, value);
  }

  removeItem(key: string): void {
    this.values.delete(key);
  }
}

/** A lock manager whose holders run when the test says so, in the order of asking. */
export class FakeLocks {
  readonly waiting: (() => void)[] = [];

  readonly lock = (_name: string, work: () => void): Promise<void> =>
    new Promise((resolve) => {
      this.waiting.push(() => {
        work();
        resolve();
      });
    });

  /** Run everybody who waits. */
  release(): void {
    for (const run of this.waiting.splice(0)) run();
  }
}

/** A clock that moves only when told. */
export class FakeClock {
  ms = 1_700_000_000_000;

  readonly now = (): number => this.ms;
}

let made = 0;

/** Names that differ in their first four letters too, from which suffixes are cut. */
function nextName(): string {
  made += 1;
  return `${(46656 + ((made * 7919) % 1600000)).toString(36)}${made}abcdefghij`;
}

/** Open a store as a page would; all parts can be replaced. */
export function openStore(storage: Backend, parts: Partial<StoreSetup> = {}): Store {
  return new Store({
    site: "site",
    open: () => storage,
    lock: async (_name, work) => work(),
    now: () => Date.now(),
    random: nextName,
    ...parts,
  });
}
