// Marks the step of a lesson's path that is being read.
import { setAttribute } from "./dom.ts";

const LINE = 0.3; // a section counts as read once its heading is above this part of the window

/** Mark the path's link to the current section with `aria-current`, now and while scrolling. */
export function markPath(lesson: HTMLElement, signal: AbortSignal): void {
  // Instant navigation makes addresses absolute, so these links may not begin with "#".
  const links = [...lesson.querySelectorAll<HTMLAnchorElement>("[data-cw-part=path] a[href*='#']")];
  if (links.length === 0) return;
  const sections = links.map((link) =>
    document.getElementById(decodeURIComponent(link.hash.slice(1))),
  );
  let isQueued = false;
  const mark = () => {
    isQueued = false;
    const tops = sections.map((section) => section?.getBoundingClientRect().top);
    const current = currentSection(tops, innerHeight * LINE);
    for (const [index, link] of links.entries()) {
      setAttribute(link, "aria-current", index === current ? "location" : null);
    }
  };
  const later = () => {
    if (!isQueued) requestAnimationFrame(mark);
    isQueued = true;
  };
  for (const event of ["scroll", "resize"]) {
    addEventListener(event, later, { passive: true, signal });
  }
  mark();
}

/**
 * Return the index of the section being read, -1 above the first.
 *
 * @param tops - Upper edges in pixels from the window's top; undefined where a section is missing.
 * @param line - Same unit; the last section whose edge is at or above it is being read.
 */
export function currentSection(tops: readonly (number | undefined)[], line: number): number {
  let current = -1;
  for (const [index, top] of tops.entries()) if (top !== undefined && top <= line) current = index;
  return current;
}
