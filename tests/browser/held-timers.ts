// A page's timers in the hands of a test: those of certain lengths wait until the test lets them
// ring. So nothing hangs on how fast a machine is, and nobody waits for minutes.
import type { Page } from "puppeteer-core";

interface Holding {
  ringTimers?: (ms: number) => number;
}

/** From the next page on, hold the timers that last one of `lengths`, in milliseconds. */
export async function holdTimers(page: Page, lengths: readonly number[]): Promise<void> {
  await page.evaluateOnNewDocument((lengths: readonly number[]) => {
    const start = window.setTimeout.bind(window) as (...what: unknown[]) => number;
    const end = window.clearTimeout.bind(window);
    const held = new Map<number, [ms: number, ring: () => void]>();
    let last = 2 ** 30; // far from the browser's own numbers
    Object.assign(window, {
      setTimeout(ring: () => void, ms = 0, ...rest: unknown[]): number {
        if (!lengths.includes(ms)) return start(ring, ms, ...rest);
        last += 1;
        held.set(last, [ms, ring]);
        return last;
      },
      clearTimeout(id: number | undefined): void {
        if (!held.delete(id ?? 0)) end(id);
      },
      ringTimers(ms: number): number {
        const due = [...held].filter(([, [length]]) => length === ms);
        for (const [id, [, ring]] of due) {
          held.delete(id);
          ring();
        }
        return due.length;
      },
    });
  }, lengths);
}

/** Let the held timers of one length ring; returns how many there were. */
export function ringTimers(page: Page, ms: number): Promise<number> {
  return page.evaluate((ms) => (window as Holding).ringTimers?.(ms) ?? 0, ms);
}
