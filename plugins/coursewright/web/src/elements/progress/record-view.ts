// The page with everything a reader has done: lessons by track, days, what is stored, and the panel
// to save, load and forget it. Rows of a track are made when it is opened, so that a course of
// thousands of lessons is drawn at once.
import { getSite, type LessonLink } from "../../site.ts";
import { storeScope } from "../../store/browser.ts";
import {
  damagedIn,
  daysOf,
  keptOf,
  type LessonRecord,
  recordOf,
  sumOf,
  undatedOf,
} from "../../store/record.ts";
import type { Trouble } from "../../store/shelf.ts";
import { lessonsIn } from "../../store/transfer.ts";
import { t, tn } from "../../strings.ts";
import { make } from "../dom.ts";
import { afterChanges } from "./changes.ts";
import { counted, grouped } from "./counted.ts";
import { makeDays } from "./days-view.ts";
import { makeKeeping } from "./keeping-view.ts";
import { storedEntries } from "./stored-texts.ts";
import { makeTrack } from "./track-view.ts";
import { TransferPanel } from "./transfer-panel.ts";
import { namesOf } from "./transfer-words.ts";

/** Up to so many lessons all tracks are open. */
const OPEN_ALL = 60;

export class RecordView {
  readonly #host: HTMLElement;
  readonly #summary = make("p", { class: "cw-record__summary" });
  readonly #lessons = make("div");
  readonly #days = make("div");
  readonly #kept = make("div");
  readonly #trouble = make("p", { class: "cw-trouble", "data-cw-trouble": "", role: "status" });
  /** Tracks that the reader has opened or shut, by their title. */
  readonly #open = new Map<string, boolean>();

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** Draw everything. Returns the end. */
  open(): () => void {
    const served = [...this.#host.children];
    const reach = storeScope() === "page" ? [make("p", {}, t("record.page_scope"))] : [];
    this.#host.replaceChildren(
      ...served.filter((element) => element.tagName === "P"),
      ...reach,
      this.#trouble,
      this.#summary,
      section("lessons", this.#lessons),
      section("days", this.#days),
      section("kept", this.#kept, makeKeeping()),
      section("move", make("p", {}, t("record.move_how")), new TransferPanel().element),
      section("sign_in", make("p", {}, t("record.sign_in_not"))),
    );
    const { store } = getSite();
    const ends = [
      store.watchTrouble((trouble) => this.#trouble.append(`${troubleWords(trouble)} `)),
      afterChanges(() => this.#draw()),
    ];
    this.#draw();
    return () => {
      for (const end of ends) end();
      this.#host.replaceChildren(...served);
    };
  }

  #draw(): void {
    const { site, lessons, store } = getSite();
    const entries = storedEntries();
    const stored = new Set(
      lessonsIn(
        entries.map(([key]) => key),
        site.id,
      ),
    );
    const records = new Map<LessonLink, LessonRecord>();
    for (const link of this.#withOthers(lessons, stored))
      records.set(link, recordOf(store.lesson(link.id), link.questions));
    this.#drawSummary(lessons, records);
    this.#drawTracks(records);
    const progresses = [...stored].map((id) => store.lesson(id));
    const undated = progresses.reduce((n, progress) => n + undatedOf(progress), 0);
    this.#days.replaceChildren(...makeDays(daysOf(progresses), undated));
    const kept = keptOf(storedEntries(), site.id); // what was damaged lies aside by now
    const kilobytes = Math.ceil(kept.bytes / 1000);
    const facts = [counted("record.stored", kept.lessons, { kilobytes }), t("record.stored_what")];
    if (kept.aside.length > 0)
      facts.push(tn("record.aside", kept.aside.length, { names: asideNames(kept.aside) }));
    this.#kept.replaceChildren(...facts.map((words) => make("p", {}, words)));
  }

  /** Lessons of the course, and those in storage that it no longer has. */
  #withOthers(lessons: readonly LessonLink[], stored: ReadonlySet<string>): LessonLink[] {
    const known = new Set(lessons.map(({ id }) => id));
    const gone = [...stored].filter((id) => !known.has(id));
    const track = t("record.gone");
    return [...lessons, ...gone.map((id) => ({ id, url: "", title: id, questions: 0, track }))];
  }

  #drawSummary(lessons: readonly LessonLink[], records: Map<LessonLink, LessonRecord>): void {
    const sum = sumOf([...records.values()]);
    this.#summary.textContent = [
      t("record.done", { done: grouped(sum.mark), total: grouped(lessons.length) }),
      t("record.answered", {
        answered: grouped(sum.answered),
        total: grouped(sum.questions),
        right: grouped(sum.right),
      }),
      ...(sum.labs ? [counted("record.labs", sum.labs)] : []),
    ].join(" ");
  }

  #drawTracks(records: Map<LessonLink, LessonRecord>): void {
    const tracks = new Map<string, [LessonLink, LessonRecord][]>();
    for (const entry of records) {
      const title = entry[0].track || t("record.no_track");
      tracks.set(title, [...(tracks.get(title) ?? []), entry]);
    }
    const isOpen = records.size <= OPEN_ALL;
    const made = [...tracks].map(([title, rows]) =>
      makeTrack(title, rows, this.#open.get(title) ?? isOpen, (open) => {
        this.#open.set(title, open);
      }),
    );
    this.#lessons.replaceChildren(...made);
  }
}

/** Say what went wrong, and in which lessons. */
function troubleWords(trouble: Trouble): string {
  if (trouble !== "broken" && trouble !== "newer") return t(`store.${trouble}`);
  const entries = storedEntries();
  const { id } = getSite().site;
  const wrong = damagedIn(entries, id)[trouble];
  const aside = trouble === "broken" ? keptOf(entries, id).aside : [];
  const names = asideNames([...new Set([...aside, ...wrong])]);
  return names ? t(`record.${trouble}`, { names }) : t(`store.${trouble}`);
}

/** Name what could not be read; "" among the ids stands for the course's settings. */
function asideNames(ids: readonly string[]): string {
  const lessons = [...new Set(ids)].filter((id) => id !== "");
  const settings = ids.includes("") ? [t("record.settings")] : [];
  return [...settings, ...(lessons.length > 0 ? [namesOf(lessons)] : [])].join(", ");
}

function section(name: string, ...content: HTMLElement[]): HTMLElement {
  const id = `cw-record-${name}`;
  const made = make("section", { "aria-labelledby": id, class: `cw-record__${name}` });
  made.append(make("h2", { id }, t(`record.${name}_title`)), ...content);
  return made;
}
