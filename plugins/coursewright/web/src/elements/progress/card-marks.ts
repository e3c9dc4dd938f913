// How far a lesson is, on cards: "started, 3 of 15" where the navigation says "started".
import { getSite } from "../../site.ts";
import { recordOf } from "../../store/record.ts";
import { t } from "../../strings.ts";
import { grouped } from "./counted.ts";

/** Complete the marks of all cards, after `markLessons` has drawn them. */
export function markCards(): void {
  const { base, lessons, store } = getSite();
  const marks = document.querySelectorAll(".cw-card__link > [data-cw-mark=started]");
  if (marks.length === 0) return;
  const byAddress = new Map(lessons.map((link) => [new URL(link.url, base).href, link]));
  for (const mark of marks) {
    const link = byAddress.get(mark.closest("a")?.href ?? "");
    if (!link) continue;
    const { answered, questions } = recordOf(store.lesson(link.id), link.questions);
    if (questions === 0) continue;
    mark.textContent = t("mark.so_far", { answered: grouped(answered), total: grouped(questions) });
  }
}
