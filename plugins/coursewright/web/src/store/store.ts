// Progress of the reader: what is in memory, what is in storage, and who wants to know. Knows no
// elements and no globals; storage, locks, clock and chance are handed in.
import type {
  Attempt,
  CourseProgress,
  LabRecord,
  LessonProgress,
  QuestionRecord,
} from "../schema.ts";
import { isCourseProgress, isLessonProgress } from "./guards.ts";
import {
  EMPTY_LAB,
  EMPTY_LESSON,
  EMPTY_QUESTION,
  merge,
  mergeSettings,
  own,
  STORE_VERSION,
} from "./merge.ts";
import * as operations from "./operations.ts";
import { type Backend, Shelf, type Trouble } from "./shelf.ts";
import type { Writer } from "./stamp.ts";

/** What a store needs from its surroundings. */
export interface StoreSetup {
  /** Site id, so that two courses on one host never mix. */
  site: string;
  /** Returns the storage; may throw, at any time. */
  open(): Backend;
  /** Runs `work` while no other tab runs its own under the same name. */
  lock(name: string, work: () => void): Promise<void>;
  /** Wall clock, milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** A fresh random text of at least 10 lower-case letters and digits. */
  random(): string;
}

interface Held {
  /** Stored text from which `progress` was read last, null for none. */
  text: string | null;
  progress: LessonProgress;
}

export class Store {
  readonly #setup: StoreSetup;
  readonly #shelf: Shelf;
  readonly #held = new Map<string, Held>();
  readonly #listeners = new Set<(lesson: string) => void>();
  readonly #troubles = new Set<Trouble>();
  readonly #troubleListeners = new Set<(trouble: Trouble) => void>();
  readonly #writing = new Map<string, Promise<void>>();
  #course: CourseProgress;
  /** Set when this tab must not write under the device's name. */
  #ownName: string | undefined;

  constructor(setup: StoreSetup) {
    this.#setup = setup;
    this.#course = { version: STORE_VERSION, device: "", settings: {} };
    this.#shelf = new Shelf(
      () => setup.open(),
      (trouble) => this.#troubled(trouble),
    );
  }

  /** Name of this device in this browser, made at the first need. */
  get device(): string {
    return this.#ownName ?? this.course().device;
  }

  /** Return a lesson as it is now, everything in storage included. */
  lesson(id: string): LessonProgress {
    const key = this.#lessonKey(id);
    const held = this.#held.get(id);
    const text = this.#shelf.text(key);
    if (held && held.text === text) return held.progress;
    const stored = this.#shelf.decode(key, text, isLessonProgress);
    const progress = merge(held?.progress ?? EMPTY_LESSON, stored ?? EMPTY_LESSON);
    this.#held.set(id, { text, progress });
    return progress;
  }

  question(lesson: string, id: string): QuestionRecord {
    return own(this.lesson(lesson).questions, id) ?? EMPTY_QUESTION;
  }

  lab(lesson: string, id: string): LabRecord {
    return own(this.lesson(lesson).labs, id) ?? EMPTY_LAB;
  }

  /** Return settings and device name of the course. */
  course(): CourseProgress {
    const key = this.#courseKey();
    const stored = this.#shelf.decode(key, this.#shelf.text(key), isCourseProgress);
    const settings = mergeSettings(this.#course.settings, stored?.settings ?? {});
    // The first tab to store a name wins; the others take it over here.
    this.#course = { ...this.#course, settings, device: stored?.device || this.#course.device };
    if (!this.#course.device) this.#saveCourse({ device: this.#newName() });
    return this.#course;
  }

  /** Take a lesson one step further. */
  change(id: string, step: (now: LessonProgress, writer: Writer) => LessonProgress): void {
    const progress = step(this.lesson(id), this.#writer());
    const text = this.#held.get(id)?.text ?? null;
    // In memory at once, so that the page answers without waiting for another tab's lock.
    this.#held.set(id, { text, progress });
    this.#tell(id);
    const writing = this.#setup.lock(this.#lessonKey(id), () => this.#write(id));
    this.#writing.set(id, writing);
    void writing.then(() => {
      if (this.#writing.get(id) === writing) this.#writing.delete(id);
    });
  }

  /** Add an attempt and return it as it is stored. */
  attempt(lesson: string, question: string, judged: operations.Judged): Attempt | undefined {
    this.change(lesson, (now, writer) => operations.addAttempt(now, question, judged, writer));
    return this.question(lesson, question).attempts.at(-1);
  }

  /** Keep an answer that is not judged yet. `value` is JSON text. */
  draft(lesson: string, question: string, value: string): void {
    this.change(lesson, (now, writer) => operations.setDraft(now, question, value, writer));
  }

  /** Note that the lesson is open; `questions` are the ids of its quiz in order. */
  visit(lesson: string, questions: readonly string[]): void {
    this.change(lesson, (now, writer) => operations.setVisited(now, questions, writer));
  }

  /** Keep a setting of the whole course. `value` is JSON text. */
  set(name: string, value: string): void {
    const { device, settings } = this.course();
    const at = Math.max(this.#setup.now(), 1 + (own(settings, name)?.at ?? 0));
    this.#saveCourse({ settings: { ...settings, [name]: { value, at, device } } });
  }

  /** Forget a question. Returns what undoes it. */
  resetQuestion(lesson: string, question: string): () => void {
    const before = { ...EMPTY_LESSON, questions: { [question]: this.question(lesson, question) } };
    this.change(lesson, (now, writer) => operations.resetQuestion(now, question, writer));
    return () => this.restore(lesson, before);
  }

  /** Bring back what a reset took away; `before` is the lesson as it was, or that part of it. */
  restore(lesson: string, before: LessonProgress): void {
    const device = this.#newName();
    this.change(lesson, (now, writer) => operations.restore(now, before, { ...writer, device }));
  }

  /** Call `listener` with a lesson's id after each change of it, in any tab. Returns the end. */
  watch(listener: (lesson: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Call `listener` once for each kind of trouble, also for those already met. */
  watchTrouble(listener: (trouble: Trouble) => void): () => void {
    this.#troubleListeners.add(listener);
    for (const trouble of this.#troubles) listener(trouble);
    return () => this.#troubleListeners.delete(listener);
  }

  /** To be called when another tab changed the storage; `key` null means that it was cleared. */
  heard(key: string | null): void {
    const prefix = this.#lessonKey("");
    if (key === null) for (const id of this.#held.keys()) this.#tell(id);
    else if (key.startsWith(prefix)) {
      const [id = "", word] = key.slice(prefix.length).split(":");
      if (word && word !== "back") return; // what was kept aside is no lesson
      // A lesson was put back to what it was: forget what this tab has read of it, except what is
      // not in storage yet.
      if (word && !this.#writing.has(id) && !this.#ownName) this.#held.delete(id);
      this.#tell(id);
    }
  }

  /** Write what still waits for a lock: the page is about to go and may not get another turn. */
  flush(): void {
    for (const id of this.#writing.keys()) this.#write(id);
  }

  /** Resolves when everything written so far is in storage, or known not to be. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing.values());
  }

  #write(id: string): void {
    const progress = operations.compact(this.lesson(id));
    const before = this.#held.get(id)?.text ?? null;
    const text = JSON.stringify(progress);
    if (text === before) return;
    const written = this.#shelf.write(this.#lessonKey(id), text);
    this.#held.set(id, { text: written ? text : before, progress });
    // Another tab may write on under the device's name and count its attempts without ours.
    if (!written) this.#ownName ??= this.#newName();
  }

  #saveCourse(change: Partial<CourseProgress>): void {
    this.#course = { ...this.#course, ...change };
    this.#shelf.write(this.#courseKey(), JSON.stringify(this.#course));
  }

  #writer(): Writer {
    const suffix = this.#setup.random().slice(0, 4);
    return { device: this.device, now: this.#setup.now(), suffix };
  }

  #newName(): string {
    return this.#setup.random().slice(0, 10);
  }

  #tell(id: string): void {
    for (const listener of this.#listeners) listener(id);
  }

  #troubled(trouble: Trouble): void {
    // The log that was put aside must not be continued: older copies of it could not merge.
    if (trouble === "broken") this.#saveCourse({ device: this.#newName() });
    if (this.#troubles.has(trouble)) return;
    this.#troubles.add(trouble);
    for (const listener of this.#troubleListeners) listener(trouble);
  }

  #lessonKey(id: string): string {
    return `coursewright:${this.#setup.site}:lesson:${id}`;
  }

  #courseKey(): string {
    return `coursewright:${this.#setup.site}:course`;
  }
}
