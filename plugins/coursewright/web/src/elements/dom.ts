// Small steps in the page that several elements take.

/** Make an element with attributes and text; data goes in as text only. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  text = "",
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}

/** Make a button for an action. */
export function makeButton(action: string, label: string, extra = ""): HTMLButtonElement {
  const className = `cw-button ${extra}`.trim();
  return make("button", { type: "button", class: className, "data-cw-action": action }, label);
}

/** Text that only screen readers get. */
export function makeSpoken(text: string): HTMLElement {
  return make("span", { class: "cw-spoken" }, text);
}

/**
 * Call `start` whenever an element comes nearer to the window than `rootMargin`, a CSS length. One
 * without a box of its own never does. Returns the end.
 */
export function watchNear(element: Element, rootMargin: string, start: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => entries.some((entry) => entry.isIntersecting) && start(),
    { rootMargin },
  );
  observer.observe(element);
  return () => observer.disconnect();
}

/**
 * Run `open` once the children of a custom element are there and are elements of their own class:
 * a page that instant navigation puts in place is upgraded from the outside in.
 */
export function whenParsed(signal: AbortSignal, open: () => void): void {
  const openUnlessGone = () => {
    if (!signal.aborted) open();
  };
  if (document.readyState !== "loading") queueMicrotask(openUnlessGone);
  else document.addEventListener("DOMContentLoaded", openUnlessGone, { once: true, signal });
}

/**
 * Show or hide a button. One that has the focus stays until the focus has left: hiding it would
 * drop a keyboard user at the top of the page. It also outlasts the press that takes the focus
 * away, or that press would miss a button which has moved.
 */
export function setShown(button: HTMLElement, shown: boolean): void {
  const stays = !shown && button === document.activeElement;
  button.hidden = !shown && !stays;
  button.toggleAttribute("data-cw-leaving", stays);
  setUsable(button, !stays);
  if (stays) button.addEventListener("blur", () => hideLater(button), { once: true });
}

function hideLater(button: HTMLElement): void {
  const hide = () => {
    if (button.hasAttribute("data-cw-leaving")) button.hidden = true;
  };
  const options = { once: true, capture: true };
  for (const end of ["pointerup", "keyup"]) addEventListener(end, () => setTimeout(hide), options);
}

/** Make a button do nothing without taking it out of the tab order. */
export function setUsable(button: HTMLElement, usable: boolean): void {
  setAttribute(button, "aria-disabled", usable ? null : "true");
}

/** Set an attribute, or take it away with null. */
export function setAttribute(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

export function isUsable(button: Element): boolean {
  return button.getAttribute("aria-disabled") !== "true";
}

/** Move the focus to an element that may have come into view just now. */
export function moveFocus(element: HTMLElement | null | undefined): void {
  element?.getClientRects(); // Firefox passes over what it has not laid out yet
  element?.focus();
}

/** Return the element around an event's target, or the target itself, that a selector names. */
export function closestTo<E extends HTMLElement>({ target }: Event, selector: string): E | null {
  return target instanceof Element ? target.closest<E>(selector) : null;
}

/** Return the usable button with a `data-cw-action` that a click was meant for. */
export function clickedAction(event: Event): string | undefined {
  const button = closestTo(event, "[data-cw-action]");
  return button && isUsable(button) ? button.dataset.cwAction : undefined;
}

/** Keep single letters typed inside `area` from the theme's shortcuts, which listen further out. */
export function keepTyping(area: HTMLElement, signal: AbortSignal): void {
  const keep = (event: KeyboardEvent) => {
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) event.stopPropagation();
  };
  area.addEventListener("keydown", keep, { signal });
}

/** Return the id of the lesson around an element. */
export function lessonOf(element: Element): string {
  return element.closest<HTMLElement>("[data-cw-lesson]")?.dataset.cwLesson ?? "page";
}
