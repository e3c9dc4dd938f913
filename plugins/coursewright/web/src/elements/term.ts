// What a term means, beside its first use in the text: for a pointer that rests on it, for the
// keyboard, and for a finger, whose first tap shows the meaning and whose second follows the link.
// Screen readers have it as the link's description.
import { make } from "./dom.ts";
import { besideText } from "./term-place.ts";

/** A pointer on its way across the text opens nothing. */
const OPENS_MS = 150;
/** So long the meaning stays while a pointer moves over to it. */
const STAYS_MS = 200;
/** The focus also comes by the way back from the meaning, and again when the theme has scrolled. */
const SENDS_BACK = new Set(["Enter", "Escape"]);

let lastKey = "";

document.addEventListener(
  "keydown",
  ({ key }) => {
    lastKey = key;
  },
  { capture: true },
);

/** Show the meaning when it is asked for. Returns the end. */
export function mountTerm(host: HTMLElement): () => void {
  const link = host.querySelector("a");
  const meaning = link && document.getElementById(link.hash.slice(1))?.nextElementSibling;
  if (!link || !meaning) return () => {};
  const life = new AbortController();
  const { title } = link;
  const shown = new Shown(link, meaning, life.signal);
  link.removeAttribute("title"); // the browser would show it as well
  listen(host, link, shown, life.signal);
  if (isWished(link)) shown.show();
  return () => {
    life.abort();
    link.title = title;
  };
}

/** Whether the keyboard has come to a link, and not back to it. */
function isWished(link: Element): boolean {
  return link.matches(":focus-visible") && !SENDS_BACK.has(lastKey);
}

function listen(host: HTMLElement, link: HTMLElement, shown: Shown, signal: AbortSignal): void {
  let pointer = "";
  const on = <K extends keyof HTMLElementEventMap>(
    name: K,
    hear: (event: HTMLElementEventMap[K]) => void,
  ) => host.addEventListener(name, hear, { signal });
  on("pointerenter", (event) => event.pointerType !== "touch" && shown.show(OPENS_MS));
  on("pointerleave", (event) => event.pointerType !== "touch" && shown.hide(STAYS_MS));
  on("focusin", () => isWished(link) && shown.show());
  on("focusout", () => shown.hide());
  on("pointerdown", (event) => {
    pointer = event.pointerType;
  });
  on("pointercancel", () => {
    pointer = ""; // the finger scrolls
  });
  on("click", (event) => {
    // Not every browser says with the click what it came from.
    const by = event instanceof PointerEvent ? event.pointerType : pointer;
    if (by === "touch" && !shown.isOpen) {
      event.preventDefault();
      event.stopPropagation(); // instant navigation would follow the link all the same
      shown.show();
    } else {
      shown.hide();
    }
    pointer = ""; // the next click may come from the keyboard
  });
}

/** The box with one term's meaning, there while it is shown. */
class Shown {
  readonly #link: HTMLElement;
  readonly #meaning: Element;
  readonly #signal: AbortSignal;
  #box: HTMLElement | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(link: HTMLElement, meaning: Element, signal: AbortSignal) {
    this.#link = link;
    this.#meaning = meaning;
    this.#signal = signal;
    signal.addEventListener("abort", () => this.hide());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.hide(), {
      signal,
    });
    document.addEventListener("pointerdown", (event) => this.#pressed(event), { signal });
  }

  get isOpen(): boolean {
    return this.#box !== undefined;
  }

  /** Show the box, after a while in milliseconds. */
  show(afterMs = 0): void {
    this.#then(afterMs, () => {
      if (this.#box || this.#signal.aborted) return;
      this.#box = this.#make();
      document.body.append(this.#box);
      besideText(this.#box, this.#link);
    });
  }

  /** Take the box away, after a while in milliseconds. */
  hide(afterMs = 0): void {
    this.#then(afterMs, () => {
      this.#box?.remove();
      this.#box = undefined;
    });
  }

  #then(afterMs: number, act: () => void): void {
    clearTimeout(this.#timer);
    if (afterMs > 0) this.#timer = setTimeout(act, afterMs);
    else act();
  }

  #pressed({ target }: Event): void {
    const inside =
      target instanceof Node && [this.#link, this.#box].some((it) => it?.contains(target));
    if (this.#box && !inside) this.hide();
  }

  /** The same words as in the list of terms, without their links and ids. */
  #make(): HTMLElement {
    const box = make("div", { class: "cw-meaning md-typeset", "data-cw-meaning": "" });
    box.setAttribute("aria-hidden", "true"); // it is the link's description
    const words = make("div");
    words.inert = true; // nothing in it takes the focus
    words.append(...[...this.#meaning.childNodes].map((node) => node.cloneNode(true)));
    box.append(words);
    for (const link of box.querySelectorAll("a")) link.replaceWith(...link.childNodes);
    for (const named of box.querySelectorAll("[id]")) named.removeAttribute("id");
    box.addEventListener("pointerenter", () => this.show());
    box.addEventListener("pointerleave", () => this.hide(STAYS_MS));
    return box;
  }
}
