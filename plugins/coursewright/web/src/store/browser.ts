// The store's surroundings in a browser.
import type { StoreSetup } from "./store.ts";

/** Return storage, locks, clock and chance of this page. */
export function browserSetup(site: string): StoreSetup {
  return {
    site,
    open: () => localStorage,
    lock: lockWith(navigator.locks, window),
    now: Date.now,
    random: randomText,
  };
}

/**
 * Return the store's `lock`, made from the browser's lock manager.
 *
 * Without one (insecure origins, old browsers) the work simply runs: it is one synchronous read
 * and write, so that another tab could only come between by chance.
 *
 * @param page - Tells by `pagehide` that the page is left. Work that waits is then done at once: a
 *   lock granted later would run a script in a page kept for the way back, and lose it.
 */
export function lockWith(
  locks: Pick<LockManager, "request"> | undefined,
  page: EventTarget,
): StoreSetup["lock"] {
  let stay = new AbortController();
  page.addEventListener("pagehide", () => {
    stay.abort();
    stay = new AbortController();
  });
  return async (name, work) => {
    let done = false;
    const once = () => {
      if (!done) work();
      done = true;
    };
    try {
      if (locks) await locks.request(name, { signal: stay.signal }, once);
    } catch {
      // The page is left, or it is a sandboxed frame, whose lock manager refuses.
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
