// `cw-lab` on every page: small, and fetches the lab's own bundle when a reader comes near.
import { getSite } from "../site.ts";
import { t } from "../strings.ts";

/** How far below the window a lab begins to load. */
const NEAR = "800px";
const INTENTS = ["click", "focusin", "pointerenter"] as const;

export class LabLoader extends HTMLElement {
  #observer: IntersectionObserver | undefined;
  #unmount: (() => void) | undefined;

  connectedCallback(): void {
    // The measured table speaks of the outcome, which is to be predicted first.
    this.querySelector("details")?.removeAttribute("open");
    for (const intent of INTENTS) this.addEventListener(intent, this.#load);
    this.#observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && this.#load(),
      { rootMargin: NEAR },
    );
    this.#observer.observe(this);
  }

  disconnectedCallback(): void {
    this.#rest();
    this.#unmount?.();
    this.#unmount = undefined;
  }

  readonly #load = async (): Promise<void> => {
    this.#rest();
    const site = getSite();
    try {
      await site.load("lab.js");
    } catch {
      const status = this.querySelector("[role=status]");
      if (status) status.textContent = t("lab.unavailable");
      for (const intent of INTENTS) this.addEventListener(intent, this.#load); // tries again
      return;
    }
    if (this.isConnected && !this.#unmount) this.#unmount = site.mountLab?.(this);
  };

  #rest(): void {
    this.#observer?.disconnect();
    for (const intent of INTENTS) this.removeEventListener(intent, this.#load);
  }
}

/** Make every `cw-lab` of the page load its bundle on demand. */
export function defineLab(): void {
  if (!customElements.get("cw-lab")) customElements.define("cw-lab", LabLoader);
}
