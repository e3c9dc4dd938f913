// Base of the elements of a lesson: instant navigation takes them out of the page and puts others
// in, and what one has listened to must end with it.
import { getSite } from "../site.ts";
import { lessonOf, whenParsed } from "./dom.ts";

export abstract class LiveElement extends HTMLElement {
  #life: AbortController | undefined;

  connectedCallback(): void {
    this.#life = new AbortController();
    const { signal } = this.#life;
    whenParsed(signal, () => this.open(signal));
  }

  disconnectedCallback(): void {
    this.#life?.abort();
    // Material keeps the tree that it has replaced, and the signal all that it has ended.
    this.#life = undefined;
  }

  /** Id of the lesson that the element is in. */
  get lesson(): string {
    return lessonOf(this);
  }

  /** Come alive, once the children are there, until the signal. */
  protected abstract open(signal: AbortSignal): void;

  /** Call `listener` after each change of the lesson's progress until the signal. */
  protected follow(signal: AbortSignal, listener: () => void): void {
    const end = getSite().store.watch((changed) => {
      if (changed === this.lesson) listener();
    });
    signal.addEventListener("abort", end);
  }
}
