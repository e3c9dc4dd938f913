// A slow connection inside a server of our own: whatever asks, page or worker, in any browser,
// waits for it alike. Throttling by a browser's own tools does not reach the workers everywhere.
import type { ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

const CHUNK_BYTES = 16_384;
const LARGE_BYTES = 2 ** 20;

export class SlowLine {
  readonly #bitsPerMs: number;
  readonly #delayMs: number;
  /** When the line has sent all that was given to it so far, by `performance.now()`. */
  #freeAt = 0;
  #share = 1;
  #moved: () => void = () => {};
  #moves = Promise.resolve();

  /**
   * @param megabits - Bits per second, in millions, of all answers together.
   * @param delayMs - How long each answer takes to begin.
   */
  constructor(megabits: number, delayMs: number) {
    this.#bitsPerMs = megabits * 1000;
    this.#delayMs = delayMs;
  }

  /** Let through no more than this share, in [0, 1], of any large file, until told otherwise. */
  holdAt(share: number): void {
    this.#share = share;
    this.#moved();
    this.#moves = new Promise((resolve) => {
      this.#moved = resolve;
    });
  }

  /** Send a whole answer, in turns with the others; the head is written already. */
  async send(response: ServerResponse, body: Uint8Array): Promise<void> {
    await pause(this.#delayMs);
    response.flushHeaders();
    for (let at = 0; at < body.length && !response.destroyed; at += CHUNK_BYTES) {
      while (body.length > LARGE_BYTES && at >= this.#share * body.length) await this.#moves;
      const chunk = body.subarray(at, at + CHUNK_BYTES);
      const now = performance.now();
      this.#freeAt = Math.max(this.#freeAt, now) + (chunk.length * 8) / this.#bitsPerMs;
      await pause(this.#freeAt - now);
      response.write(chunk);
    }
    response.end();
  }
}
