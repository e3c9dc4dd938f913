// The ring in the header: how much of the course's quizzes was answered, drawn and in words. It
// knows the whole course, so it marks the shut sections of the navigation too.
import { getSite } from "../site.ts";
import { storeScope } from "../store/browser.ts";
import { recordOf } from "../store/record.ts";
import type { LessonMark } from "../store/summary.ts";
import { t } from "../strings.ts";
import { make } from "./dom.ts";
import { grouped } from "./progress/counted.ts";

/** Quick changes, such as a reset of everything, are drawn once. */
const SETTLING_MS = 60;
/** Percent at which a beginning can be seen. */
const VISIBLE = 4;

interface Seen {
  answered: number;
  total: number;
  mark: LessonMark;
}

/** Fill the ring, now and after each change. Returns the end. */
export function mountMeter(host: HTMLElement): () => void {
  // Where each file has a store of its own, no page knows the course.
  if (storeScope() === "page") return () => {};
  const { lessons, store } = getSite();
  const questions = new Map(lessons.map((lesson) => [lesson.id, lesson.questions]));
  const seen = new Map<string, Seen>();
  const look = (id: string) => {
    const { answered, questions: total, mark } = recordOf(store.lesson(id), questions.get(id) ?? 0);
    seen.set(id, { answered, total, mark });
  };
  const { base } = getSite();
  const addresses = new Map(lessons.map(({ url, track }) => [new URL(url, base).href, track]));
  const life = new AbortController();
  const link = host.querySelector("a");
  const words = link?.title ?? "";
  const draw = () => {
    if (life.signal.aborted) return;
    if (link) fill(link, words, [...seen.values()]);
    markSections(seen, addresses);
  };
  for (const id of questions.keys()) look(id);
  draw();
  window.document$?.subscribe(draw); // the header stays when another page comes
  const changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = store.watch((id) => {
    if (questions.has(id)) changed.add(id);
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const one of changed) look(one);
      changed.clear();
      draw();
    }, SETTLING_MS);
  });
  return () => {
    end();
    clearTimeout(timer);
    life.abort();
  };
}

function fill(link: HTMLAnchorElement, words: string, lessons: readonly Seen[]): void {
  const sum = (key: "answered" | "total") => lessons.reduce((n, lesson) => n + lesson[key], 0);
  const [answered, total] = [sum("answered"), sum("total")];
  if (total === 0) return;
  const facts = t("progress.answered", { answered: grouped(answered), total: grouped(total) });
  link.title = t("progress.so_far", { name: words, facts });
  link.setAttribute("aria-label", link.title);
  const share = (100 * answered) / total;
  link.style.setProperty("--cw-share", String(answered && Math.max(share, VISIBLE)));
  link.dataset.cwShare = String(Math.ceil(share));
}

/** A shut section links to its first lesson, by which its track is known. */
function markSections(
  seen: ReadonlyMap<string, Seen>,
  addresses: ReadonlyMap<string, string>,
): void {
  const links = document.querySelectorAll<HTMLAnchorElement>(".md-nav__item--pruned > a");
  const { lessons } = getSite();
  for (const link of links) {
    const track = addresses.get(link.href);
    if (track === undefined) continue;
    const inTrack = lessons.filter((lesson) => lesson.track === track);
    drawSection(link, markOfAll(inTrack.map(({ id }) => seen.get(id)?.mark)));
  }
}

function markOfAll(marks: readonly (LessonMark | undefined)[]): LessonMark {
  if (marks.every((mark) => mark === "done")) return "done";
  return marks.some((mark) => mark && mark !== "none") ? "started" : "none";
}

function drawSection(link: HTMLElement, mark: LessonMark): void {
  link.querySelector("[data-cw-track-mark]")?.remove();
  if (mark === "none") return;
  link.append(make("span", { class: "cw-mark", "data-cw-track-mark": mark }, t(`mark.${mark}`)));
}
