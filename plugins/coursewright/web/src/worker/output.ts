// Output of learner code on its way to the page. What is printed first goes at once, so that
// nothing is held back when one long call follows; a loop that prints more is gathered, so that it
// sends few messages. The length is capped before it comes here, by lessonlab.capture.

const AT_ONCE = 1000;
const EVERY_MS = 50;

export class Output {
  readonly #send: (text: string) => void;
  readonly #now: () => number;
  #waiting = "";
  #sentAt = Number.NEGATIVE_INFINITY;
  #sends = 0;

  constructor(send: (text: string) => void, now: () => number = () => performance.now()) {
    this.#send = send;
    this.#now = now;
  }

  /** Take text. */
  readonly write = (text: string): void => {
    this.#waiting += text;
    if (this.#sends < AT_ONCE) this.flush();
    else this.tick();
  };

  /** Send what has gathered when the last sending is long enough ago. */
  tick(): void {
    if (this.#waiting && this.#now() - this.#sentAt >= EVERY_MS) this.flush();
  }

  /** Send what has gathered. */
  flush(): void {
    if (this.#waiting === "") return;
    this.#send(this.#waiting);
    this.#sends += 1;
    this.#waiting = "";
    this.#sentAt = this.#now();
  }
}
