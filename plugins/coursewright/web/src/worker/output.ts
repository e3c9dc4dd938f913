// Output of learner code on its way to the page: gathered, so that a loop that prints sends few
// messages. Its length is capped before it comes here, by lessonlab.capture.

const EVERY_MS = 50;

export class Output {
  readonly #send: (text: string) => void;
  readonly #now: () => number;
  #waiting = "";
  #sentAt = Number.NEGATIVE_INFINITY;

  constructor(send: (text: string) => void, now: () => number = () => performance.now()) {
    this.#send = send;
    this.#now = now;
  }

  /** Take text. */
  readonly write = (text: string): void => {
    this.#waiting += text;
    this.tick();
  };

  /** Send what has gathered when the last sending is long enough ago. */
  tick(): void {
    if (this.#waiting && this.#now() - this.#sentAt >= EVERY_MS) this.flush();
  }

  /** Send what has gathered. */
  flush(): void {
    if (this.#waiting) this.#send(this.#waiting);
    this.#waiting = "";
    this.#sentAt = this.#now();
  }
}
