// Elements that are small on every page and fetch a bundle of their own when a reader comes near
// or turns to them.
import { type Coursewright, getSite } from "../site.ts";
import { t } from "../strings.ts";
import { watchNear } from "./dom.ts";

/** Starts what a bundle brings inside an element; returns its end. `wish` is what woke it. */
type Mount = (host: HTMLElement, wish?: Event) => () => void;

/** How far below the window an element wakes by itself. */
const NEAR = "800px";
const INTENTS = ["click", "focusin", "pointerenter", "submit"];

/**
 * Define `cw-NAME`, whose bundle is NAME.js; words for a failure are NAME.unavailable.
 *
 * @param find - Finds what the bundle has set.
 */
export function defineOnDemand(
  name: string,
  find: (site: Coursewright) => Mount | undefined,
): void {
  class OnDemand extends HTMLElement {
    #forget: (() => void) | undefined;
    #unmount: (() => void) | undefined;
    #wish: Event | undefined;

    connectedCallback(): void {
      // A lab's measured table speaks of the outcome, which is to be predicted first.
      this.querySelector("details")?.removeAttribute("open");
      for (const intent of INTENTS) this.addEventListener(intent, this.#load);
      this.#forget = watchNear(this, NEAR, this.#load);
    }

    disconnectedCallback(): void {
      this.#rest();
      this.#unmount?.();
      this.#unmount = undefined;
    }

    readonly #load = async (wish?: Event): Promise<void> => {
      this.#wish = wish;
      const site = getSite();
      try {
        await site.load(`${name}.js`);
      } catch {
        const status = this.querySelector("[role=status]");
        if (status) status.textContent = t(`${name}.unavailable`);
        return; // the next intent tries again
      }
      if (!this.isConnected || this.#unmount) return;
      this.#rest();
      this.#unmount = find(site)?.(this, this.#wish);
    };

    #rest(): void {
      this.#forget?.();
      for (const intent of INTENTS) this.removeEventListener(intent, this.#load);
    }
  }
  customElements.define(`cw-${name}`, OnDemand);
}
