// One question being answered: what each button does, what is stored, and what is shown for it.
import type { Attempt, QuestionRecord, QuestionSpec } from "../schema.ts";
import { own } from "../store/merge.ts";
import { stampOf } from "../store/stamp.ts";
import type { Store } from "../store/store.ts";
import { isAnswered } from "../store/summary.ts";
import { t } from "../strings.ts";
import type { Grade, KindView, QuestionHost } from "./kinds.ts";
import type { QuestionAction, QuestionParts, QuestionState } from "./question-parts.ts";

const DRAFT_DELAY_MS = 400; // long enough to skip most keystrokes, short enough to trust
const NOTHING = "null"; // JSON text of a draft that says: the form was emptied

/** What a session is about. */
export interface SessionSetup {
  lesson: string;
  spec: QuestionSpec;
  store: Store;
  parts: QuestionParts;
  /** Resolves to the answer area; undefined when its bundle cannot be loaded. */
  view(): Promise<KindView | undefined>;
}

export class QuestionSession implements QuestionHost {
  readonly #setup: SessionSetup;
  #view: KindView | undefined;
  #state: QuestionState = "unanswered";
  #hints = 0;
  #undo: (() => void) | undefined;
  #seen = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #quiet = false;

  constructor(setup: SessionSetup) {
    this.#setup = setup;
  }

  get form(): HTMLFormElement {
    return this.#setup.parts.form;
  }

  get spec(): QuestionSpec {
    return this.#setup.spec;
  }

  /** Give the session its answer area and put the stored answer into it. */
  attach(view: KindView): void {
    this.#view = view;
    this.refresh();
  }

  /** Show what is stored. Called at the start and when the store changed elsewhere. */
  refresh(): void {
    const { parts } = this.#setup;
    const { attempts, draft } = this.#record;
    const last = attempts.at(-1);
    const changed = last !== undefined && last.meaning !== this.spec.meaning;
    const newer = draft && draft.at > stampOf(last?.id ?? "") ? draft : undefined;
    this.#seen = this.#mark();
    this.#clearGrade();
    parts.showHints(this.#hints);
    parts.showNote(changed ? t("question.changed") : "");
    this.#restore(newer?.value ?? last?.answer ?? NOTHING);
    if (last && !changed && !newer) this.#recall(last);
    if (last) this.#view?.attempted?.();
    this.#update();
  }

  /** Refresh when something else than this session changed the question. */
  heard(): void {
    if (this.#quiet || this.#mark() === this.#seen) return;
    this.keepDraft(); // what is being typed here outlives what came from elsewhere
    this.refresh();
  }

  edited(): void {
    this.#clearGrade();
    this.#undo = undefined;
    this.#setAnswered(this.#answer);
    this.#forgetDraft();
    this.#timer = setTimeout(() => this.keepDraft(), DRAFT_DELAY_MS);
    this.#update();
  }

  /** Store the draft now if one waits. */
  keepDraft(): void {
    if (this.#timer !== undefined) this.#storeDraft();
  }

  say(text: string): void {
    this.#setup.parts.say(text);
  }

  /** Do what a button says; false when the button is not the question's own. */
  act(action: string): boolean {
    const steps: Record<QuestionAction, () => void> = {
      check: () => void this.#check(),
      hint: () => this.#hint(),
      retry: () => this.#retry(),
      reveal: () => void this.#reveal(),
      reset: () => this.#reset(),
      undo: () => this.#undoReset(),
      next: () => this.form.dispatchEvent(new CustomEvent("cw:next", { bubbles: true })),
    };
    const step = own<() => void>(steps, action);
    step?.();
    return step !== undefined;
  }

  /** Begin anew without forgetting: for practice of a question that was missed. */
  again(): void {
    this.#hints = 0;
    this.#retry();
    this.#setup.parts.showHints(0);
    this.#update();
  }

  dispose(): void {
    this.keepDraft();
    this.#view?.dispose?.();
  }

  async #check(): Promise<void> {
    const view = this.#view ?? (await this.#setup.view());
    if (!view) return this.say(t("question.not_loaded"));
    if (this.#busy) return;
    const answer = view.answer();
    if (!answer) return this.say(t(`question.nothing.${this.spec.kind}`));
    const grade = await this.#judge(view);
    if (!grade) return;
    this.#store(grade.verdict, answer);
    this.#showGrade(grade);
    view.attempted?.();
    this.#update();
  }

  async #judge(view: KindView): Promise<Grade | undefined> {
    this.#busy = true;
    this.form.setAttribute("aria-busy", "true");
    try {
      return await view.grade();
    } catch (error) {
      console.error(error);
      this.say(t("question.not_judged"));
      return undefined;
    } finally {
      this.#busy = false;
      this.form.removeAttribute("aria-busy");
    }
  }

  #hint(): void {
    const { parts } = this.#setup;
    this.#hints = Math.min(this.#hints + 1, parts.hintCount);
    parts.speak(parts.showHints(this.#hints));
    this.#update();
  }

  #retry(): void {
    this.#view?.clear?.();
    this.#clearGrade();
    this.#setAnswered(this.#answer);
    this.#storeDraft();
    this.#update();
  }

  async #reveal(): Promise<void> {
    await this.#setup.view();
    this.#store("revealed", this.#answer || NOTHING);
    this.#showGrade(this.#revealed);
    this.#view?.attempted?.();
    this.#update();
  }

  #reset(): void {
    const { lesson, store } = this.#setup;
    this.#forgetDraft();
    this.#hints = 0;
    this.#undo = this.#quietly(() => store.resetQuestion(lesson, this.spec.id));
    this.refresh();
    this.say(t("question.was_reset"));
    this.#update();
  }

  #undoReset(): void {
    this.#quietly(() => this.#undo?.());
    this.#undo = undefined;
    this.refresh();
    this.say(t("question.was_restored"));
  }

  #store(verdict: Attempt["verdict"], answer: string): void {
    const { lesson, store } = this.#setup;
    this.#forgetDraft();
    this.#undo = undefined;
    const { id, meaning } = this.spec;
    const detail = this.#quietly(() => store.attempt(lesson, id, { verdict, answer, meaning }));
    this.#setup.parts.showNote("");
    this.form.dispatchEvent(new CustomEvent("cw:attempt", { bubbles: true, detail }));
  }

  #restore(stored: string): void {
    const answer = stored === NOTHING ? "" : stored;
    this.#view?.restore(answer);
    this.#setAnswered(answer);
  }

  #recall({ verdict, answer }: Attempt): void {
    const plain = { verdict, message: "", feedback: [] };
    const grade = verdict === "revealed" ? this.#revealed : this.#view?.recall?.(answer);
    this.#showGrade(grade ?? plain);
  }

  #showGrade(grade: Grade): void {
    const { parts } = this.#setup;
    const { verdict } = grade;
    const done = verdict === "correct" || verdict === "revealed";
    this.#setState(verdict);
    const next = done
      ? ""
      : t(parts.hintCount > this.#hints ? "question.take_hint" : "question.go_on");
    const message = [grade.message, next].filter(Boolean).join(" ");
    parts.showGrade({ ...grade, message }, t(`verdict.${verdict}`));
    parts.showExplanation(done);
    parts.showAnswers(verdict);
    if (verdict === "revealed") this.#view?.reveal?.();
  }

  #clearGrade(): void {
    const { parts } = this.#setup;
    parts.say("");
    parts.showFeedback([]);
    parts.showExplanation(false);
    parts.showAnswers("unanswered");
  }

  #setAnswered(answer: string): void {
    this.#setState(answer ? "answered" : "unanswered");
  }

  #setState(state: QuestionState): void {
    this.#state = state;
    this.#setup.parts.state = state;
  }

  #update(): void {
    const { parts } = this.#setup;
    const record = this.#record;
    const tried = isAnswered(record);
    const done = this.#state === "correct" || this.#state === "revealed";
    const missed = this.#state === "partial" || this.#state === "incorrect";
    parts.use("check", !done && !missed);
    parts.show("hint", !done && this.#hints < parts.hintCount);
    parts.show("retry", missed || this.#state === "revealed");
    parts.show("reveal", tried && !done);
    parts.show("reset", (tried || record.draft !== null) && !this.#undo);
    parts.show("undo", this.#undo !== undefined);
  }

  /** Change the store without hearing of it. */
  #quietly<T>(work: () => T): T {
    this.#quiet = true;
    const result = work();
    this.#quiet = false;
    this.#seen = this.#mark();
    return result;
  }

  #forgetDraft(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #storeDraft(): void {
    this.#forgetDraft();
    const { lesson, store } = this.#setup;
    store.draft(lesson, this.spec.id, this.#answer || NOTHING);
  }

  get #answer(): string {
    return this.#view?.answer() ?? "";
  }

  get #record(): QuestionRecord {
    const { lesson, store } = this.#setup;
    return store.question(lesson, this.spec.id);
  }

  get #revealed(): Grade {
    return { verdict: "revealed", message: "", feedback: this.#setup.parts.choiceIds };
  }

  /** Name of what is stored, drafts left out: two tabs may hold different ones. */
  #mark(): string {
    const { attempts, reset_at } = this.#record;
    return `${attempts.at(-1)?.id} ${attempts.length} ${reset_at}`;
  }
}
