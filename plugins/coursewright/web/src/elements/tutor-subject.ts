// Which lesson the tutor is asked about: the page's own, or the one chosen on a page that is none.
import type { LessonIndex } from "../schema.ts";
import { getSite, type LessonLink } from "../site.ts";
import { lastOf } from "../store/summary.ts";
import { isRepeated } from "../tutor/prints.ts";
import type { OpenQuestion } from "../tutor/quiz-guard.ts";
import { lessonOf, make } from "./dom.ts";
import { lastLesson } from "./last-lesson.ts";

export interface Subject {
  /** Id of the lesson. */
  readonly lesson: string;
  /** Its title, to be named with each reply, and the address of its page; both "" on that page. */
  readonly title: string;
  readonly page: string;
  /** Bring the lesson's index; rejects when a script of it does not come. */
  load(): Promise<void>;
  /** What the page asks and the reader has not solved yet. */
  open(): OpenQuestion[];
  /** Tell whether a text repeats such a question where the page itself does not show it. */
  isCopy(text: string, index: LessonIndex): boolean;
}

const SOLVED = new Set(["correct", "revealed"]);

/** Return the lesson around a panel. */
export function ownLesson(host: HTMLElement, form: HTMLElement): Subject {
  return {
    lesson: lessonOf(host),
    title: "",
    page: "",
    load: () => getSite().load(form.dataset.cwIndex ?? ""),
    open: () => openQuestions(host),
    isCopy: () => false,
  };
}

/** Return the lesson that is chosen in a list. */
export function chosenLesson(form: HTMLElement, list: HTMLSelectElement): Subject {
  const site = getSite();
  const { id, title, url } = site.lessons.find((it) => it.id === list.value) ?? NONE;
  return {
    lesson: id,
    title,
    page: new URL(url, site.base).href,
    load: async () => {
      await site.load(form.dataset.cwIndexes ?? "");
      const address = site.indexes?.[id];
      if (typeof address !== "string") throw new Error(`no index of ${id}`);
      await site.load(address);
    },
    open: () => [],
    isCopy: (text, { asked }) => {
      const progress = site.store.lesson(id);
      const unsolved = asked.filter((it) => !SOLVED.has(lastOf(progress, it.id)?.verdict ?? ""));
      return isRepeated(text, unsolved);
    },
  };
}

/** Offer the course's lessons in a list, by track; the one that was opened last is chosen. */
export function offerLessons(list: HTMLSelectElement): void {
  const { lessons } = getSite();
  const tracks = new Map<string, LessonLink[]>();
  for (const lesson of lessons)
    tracks.set(lesson.track, [...(tracks.get(lesson.track) ?? []), lesson]);
  const made = [...tracks].map(([label, inside]) => {
    const options = inside.map(({ id, title }) => make("option", { value: id }, title));
    if (tracks.size < 2 || label === "") return options;
    const group = make("optgroup", { label });
    group.append(...options);
    return [group];
  });
  list.replaceChildren(...made.flat());
  list.value = lastLesson()?.id ?? lessons[0]?.id ?? "";
}

const NONE: LessonLink = { id: "", url: "", title: "", track: "", questions: 0 };

function openQuestions(host: HTMLElement): OpenQuestion[] {
  const lesson = host.closest("[data-cw-lesson]") ?? document;
  const forms = [...lesson.querySelectorAll<HTMLElement>("form[data-cw-question]")];
  const inQuiz = forms.filter((form) => form.closest("cw-quiz"));
  return forms
    .filter(({ dataset }) => !SOLVED.has(dataset.cwState ?? ""))
    .map((form) => ({
      number: inQuiz.indexOf(form) + 1,
      stem: form.querySelector("legend")?.textContent?.trim() ?? "",
      choices: [...form.querySelectorAll(".cw-choice__text")].map((it) => it.textContent ?? ""),
    }));
}
