// The store's surroundings in a browser.
import type { StoreSetup } from "./store.ts";

/** Return storage, locks, clock and chance of this page. */
export function browserSetup(site: string): StoreSetup {
  return {
    site,
    open: () => window.localStorage,
    lock: lockWith(navigator.locks),
    now: () => Date.now(),
    random: randomText,
  };
}

/**
 * Return the store's `lock`, made from the browser's lock manager.
 *
 * Without one (insecure origins, old browsers) the work simply runs: it is one synchronous read
 * and write, so that another tab could only come between by chance.
 */
export function lockWith(locks: Pick<LockManager, "request"> | undefined): StoreSetup["lock"] {
  return async (name, work) => {
    let done = false;
    const once = () => {
      if (!done) work();
      done = true;
    };
    try {
      if (locks) await locks.request(name, once);
    } catch {
      // A sandboxed frame has a lock manager that refuses.
    }
    once();
  };
}

/**
 * Tell how far a store reaches: Firefox gives every file on disk a store of its own.
 *
 * @returns "page" when each lesson keeps its progress for itself, else "site".
 */
export function storeScope(
  protocol = location.protocol,
  userAgent = navigator.userAgent,
): "page" | "site" {
  return protocol === "file:" && userAgent.includes("Firefox/") ? "page" : "site";
}

function randomText(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => (byte % 36).toString(36)).join("");
}
