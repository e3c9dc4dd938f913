// Marks on the theme's links to lessons and on cards: none, started or done, by a word and, from
// the style sheet, a shape.
import { getSite } from "../site.ts";
import { markOf } from "../store/summary.ts";
import { t } from "../strings.ts";
import { make } from "./dom.ts";

// One with a "#" is an entry of the page's contents.
const LINKS = "a:is(.md-nav__link,.cw-card__link):not([href*='#'])";

/** Draw the marks of all such links, or of those to one lesson. */
export function markLessons(only?: string, links = LINKS): void {
  const { base, lessons, store } = getSite();
  const wanted = only === undefined ? lessons : lessons.filter(({ id }) => id === only);
  const byAddress = new Map(wanted.map(({ id, url }) => [new URL(url, base).href, id]));
  for (const link of document.querySelectorAll<HTMLAnchorElement>(links)) {
    const id = byAddress.get(link.href);
    if (id) drawMark(link, markOf(store.lesson(id)));
  }
}

function drawMark(link: HTMLElement, mark: string): void {
  const found = link.querySelector<HTMLElement>("[data-cw-mark]");
  if (found?.dataset.cwMark === mark) return;
  found?.remove();
  if (mark === "none") return;
  link.append(make("span", { class: "cw-mark", "data-cw-mark": mark }, t(`mark.${mark}`)));
}
