// A slow connection inside a server of our own: whatever asks, page or worker, in any browser,
// waits for it alike. Throttling by a browser's own tools does not reach the workers everywhere.
import type { ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

const CHUNK_BYTES = 16_384;

export class SlowLine {
  readonly #bitsPerMs: number;
  readonly #delayMs: number;
  /** When the line has sent all that was given to it so far, by `performance.now()`. */
  #freeAt = 0;

  /**
   * @param megabits - Bits per second, in millions, of all answers together.
   * @param delayMs - How long each answer takes to begin.
   */
  constructor(megabits: number, delayMs: number) {
    this.#bitsPerMs = megabits * 1000;
    this.#delayMs = delayMs;
  }

  /** Send a whole answer, in turns with the others; the head is written already. */
  async send(response: ServerResponse, body: Uint8Array): Promise<void> {
    await pause(this.#delayMs);
    response.flushHeaders();
    for (let at = 0; at < body.length && !response.destroyed; at += CHUNK_BYTES) {
      const chunk = body.subarray(at, at + CHUNK_BYTES);
      const now = performance.now();
      this.#freeAt = Math.max(this.#freeAt, now) + (chunk.length * 8) / this.#bitsPerMs;
      await pause(this.#freeAt - now);
      response.write(chunk);
    }
    response.end();
  }
}
