// "Continue where you left off": the lesson that was open last, or the one after it.
import { getSite, type LessonLink } from "../../site.ts";
import { recordOf } from "../../store/record.ts";
import { t } from "../../strings.ts";
import { make } from "../dom.ts";
import { lastLesson } from "../last-lesson.ts";
import { markLessons } from "../lesson-marks.ts";
import { markCards } from "./card-marks.ts";
import { afterChanges } from "./changes.ts";
import { grouped } from "./counted.ts";

/** Lessons of a large course without cards of their own, once their list is open. */
const OPENED = ".cw-track__rest[open] a";

/** Show the way on; nothing where nothing was begun. Returns the end. */
export function showContinue(host: HTMLElement): () => void {
  const draw = () => {
    const found = findNext();
    if (found) host.replaceChildren(...parts(found));
    else host.replaceChildren();
    markOpened();
    markCards();
  };
  const life = new AbortController();
  const markOpened = () => markLessons(undefined, OPENED);
  const options = { capture: true, signal: life.signal }; // a toggle does not bubble
  host.parentElement?.addEventListener("toggle", markOpened, options);
  draw();
  const end = afterChanges(draw);
  return () => {
    life.abort();
    end();
  };
}

interface Next {
  lesson: LessonLink;
  isBegun: boolean;
}

function findNext(): Next | undefined {
  const { lessons, store } = getSite();
  const last = lastLesson();
  if (!last) return undefined;
  // After a lesson that is done, the next that is not.
  for (const lesson of lessons.slice(lessons.indexOf(last))) {
    const { mark } = recordOf(store.lesson(lesson.id), lesson.questions);
    if (mark !== "done") return { lesson, isBegun: mark === "started" };
  }
  return undefined;
}

function parts({ lesson, isBegun }: Next): HTMLElement[] {
  const { base, store } = getSite();
  const { answered, questions } = recordOf(store.lesson(lesson.id), lesson.questions);
  const lead = make(
    "p",
    { class: "cw-continue__lead" },
    t(isBegun ? "continue.on" : "continue.next"),
  );
  const link = make("a", { class: "cw-continue__link", href: new URL(lesson.url, base).href });
  link.textContent = lesson.title;
  const facts = make("p", { class: "cw-continue__facts" });
  if (questions > 0)
    facts.textContent = t("progress.answered", {
      answered: grouped(answered),
      total: grouped(questions),
    });
  return [lead, link, facts];
}
