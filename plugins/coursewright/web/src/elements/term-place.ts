// Where a box stands beside words of the text: below them or, where there is no room, above.

/** Room between words and box, and between box and window, in CSS pixels. */
const GAP = 6;
const EDGE = 12;

export interface Size {
  width: number;
  height: number;
}

/** A place in the window, in CSS pixels from its left upper corner. */
export interface Place {
  left: number;
  top: number;
}

/**
 * Find the place for a box.
 *
 * @param words - The line of text, in the window's coordinates.
 * @param top - How much of the window's upper edge is covered.
 */
export function placeBox(
  words: Pick<DOMRect, "left" | "top" | "bottom">,
  box: Size,
  screen: Size,
  top: number,
): Place {
  const below = words.bottom + GAP;
  const above = words.top - GAP - box.height;
  const fitsBelow = below + box.height + EDGE <= screen.height;
  const farthest = screen.width - box.width - EDGE;
  return {
    left: Math.max(EDGE, Math.min(words.left, farthest)),
    top: fitsBelow || above < top + EDGE ? below : above,
  };
}

/** Put a box, which is placed against the document, beside the first line of a link. */
export function besideText(box: HTMLElement, link: HTMLElement): void {
  const lines = [...link.getClientRects()];
  const first = lines[0] ?? link.getBoundingClientRect();
  const last = lines.at(-1) ?? first;
  const words = { left: first.left, top: first.top, bottom: last.bottom };
  const { width, height } = box.getBoundingClientRect();
  const root = document.documentElement;
  const button = document.querySelector('[data-cw-action="tutor"]');
  const lowest = button?.getBoundingClientRect().top || root.clientHeight; // 0 of one not shown
  const screen = { width: root.clientWidth, height: Math.min(lowest, root.clientHeight) };
  const header = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;
  const place = placeBox(words, { width, height }, screen, header);
  box.style.left = `${place.left + scrollX}px`;
  box.style.top = `${place.top + scrollY}px`;
}
