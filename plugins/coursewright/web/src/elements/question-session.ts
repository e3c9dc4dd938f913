// One question being answered: what each button does, what is stored, and what is shown for it.
import type { Attempt, QuestionSpec } from "../schema.ts";
import { oneText } from "../store/guards.ts";
import { own } from "../store/merge.ts";
import { stampOf } from "../store/stamp.ts";
import type { Store } from "../store/store.ts";
import { isAnswered } from "../store/summary.ts";
import { t } from "../strings.ts";
import type { Grade, KindView, QuestionHost } from "./kinds.ts";
import { QuestionLog } from "./question-log.ts";
import type { QuestionAction, QuestionParts, QuestionState } from "./question-parts.ts";

const DRAFT_DELAY_MS = 400; // long enough to skip most keystrokes, short enough to trust
const NOTHING = "null"; // JSON text of a draft that says: the form was emptied
const CHANGES = ["check", "reveal", "reset", "undo"] as const;

/** What a session is about. */
export interface SessionSetup {
  lesson: string;
  spec: QuestionSpec;
  store: Store;
  parts: Pick<QuestionParts, keyof QuestionParts>;
  /** Resolves to the answer area; undefined when its bundle cannot be loaded. */
  view(): Promise<KindView | undefined>;
}

export class QuestionSession implements QuestionHost {
  readonly #setup: SessionSetup;
  readonly #parts: SessionSetup["parts"];
  readonly #log: QuestionLog;
  #view: KindView | undefined;
  #state: QuestionState = "unanswered";
  #hints = 0;
  #undo: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether the answer was changed in this tab since it was last judged. */
  #typed = false;
  #busy = false;

  constructor(setup: SessionSetup) {
    this.#setup = setup;
    this.#parts = setup.parts;
    this.#log = new QuestionLog(setup.store, setup.lesson, setup.spec.id);
  }

  get form(): HTMLFormElement {
    return this.#parts.form;
  }

  get spec(): QuestionSpec {
    return this.#setup.spec;
  }

  /** Give the session its answer area and put the stored answer into it, or what was typed first. */
  attach(view: KindView): void {
    const early = view.answer();
    const { starter = "" } = this.spec;
    const isTyped = early !== (starter.trim() ? JSON.stringify(starter) : "");
    this.#view = view;
    this.refresh(isTyped ? early || NOTHING : undefined);
  }

  /**
   * Show what is stored. Called at the start and when the store changed elsewhere.
   *
   * @param early - What stands in the form already and is newer than anything stored.
   */
  refresh(early?: string): void {
    const { attempts, draft } = this.#log.look();
    const last = attempts.at(-1);
    const changed = last !== undefined && last.meaning !== this.spec.meaning;
    const newer = draft && draft.at > stampOf(last?.id ?? "") ? draft : undefined;
    this.#typed = false;
    this.#parts.clearGrade();
    this.#parts.showHints(this.#hints);
    this.#parts.showNote(changed ? t("question.changed") : "");
    const stored = newer?.value ?? last?.answer ?? NOTHING;
    const isEarly = early !== undefined && early !== stored;
    this.#restore(isEarly ? early : stored);
    if (last && !changed && !newer && !isEarly) this.#recall(last);
    if (last) this.#view?.attempted?.();
    this.#update();
    if (isEarly) this.edited();
  }

  /** Refresh when something else than this session changed the question. */
  heard(): void {
    if (this.#busy || !this.#log.isNews) return;
    const { attempts, draft } = this.#log.record;
    // What was typed here outlives an attempt from elsewhere, but no reset: that took its draft.
    const known = ["", attempts.at(-1)?.answer];
    const keeps = this.#typed && draft !== null && !known.includes(this.#answer);
    if (keeps || this.#timer !== undefined) this.#storeDraft();
    this.refresh();
    this.#typed = keeps;
  }

  edited(): void {
    if (!this.#busy) this.#parts.clearGrade();
    this.#typed = true;
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
    this.#parts.say(text);
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
    this.#parts.showHints(0);
  }

  dispose(): void {
    this.keepDraft();
    this.#view?.dispose?.();
  }

  async #check(): Promise<void> {
    const view = this.#view ?? (await this.#setup.view());
    if (!view) return this.say(t("question.not_loaded"));
    if (!this.#isOpen || this.#busy) return; // Enter comes here without a look at the button
    const answer = view.answer();
    if (!answer) return this.say(t(`question.nothing.${this.spec.kind}`));
    const { resets } = this.#log;
    const grade = await this.#judge(view);
    // Of an answer that was reset meanwhile nobody wants to know.
    if (!grade || resets !== this.#log.resets) return this.heard();
    this.#store(grade.verdict, answer);
    const isOld = this.#answer !== answer;
    if (isOld) this.#storeDraft();
    this.#showGrade(grade, isOld);
    view.attempted?.();
    this.#update();
  }

  async #judge(view: KindView): Promise<Grade | undefined> {
    this.#setBusy(true);
    try {
      return await view.grade();
    } catch (error) {
      console.error(error);
      this.say(t("question.not_judged"));
      return undefined;
    } finally {
      this.#setBusy(false);
    }
  }

  #setBusy(busy: boolean): void {
    this.#busy = busy;
    this.form.setAttribute("aria-busy", String(busy));
    this.#update();
  }

  #hint(): void {
    this.#hints = Math.min(this.#hints + 1, this.#parts.hintCount);
    this.#parts.speak(this.#parts.showHints(this.#hints));
    this.#update();
  }

  #retry(): void {
    this.#view?.clear?.();
    this.#parts.clearGrade();
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
    this.#forgetDraft();
    this.#hints = 0;
    this.#undo = this.#log.reset();
    this.refresh();
    this.say(t("question.was_reset"));
  }

  #undoReset(): void {
    this.#undo?.();
    this.#undo = undefined;
    this.refresh();
    this.say(t("question.was_restored"));
  }

  #store(verdict: Attempt["verdict"], answer: string): void {
    this.#forgetDraft();
    this.#undo = undefined;
    this.#typed = false;
    const detail = this.#log.attempt({ verdict, answer, meaning: this.spec.meaning });
    this.#parts.showNote("");
    this.form.dispatchEvent(new CustomEvent("cw:attempt", { bubbles: true, detail }));
  }

  #restore(stored: string): void {
    const answer = stored === NOTHING ? "" : stored;
    if (this.#view) this.#view.restore(answer);
    else this.#parts.fill(oneText(answer));
    this.#setAnswered(answer);
  }

  #recall({ verdict, answer }: Attempt): void {
    const plain = { verdict, message: "", feedback: [] };
    const grade = verdict === "revealed" ? this.#revealed : this.#view?.recall?.(answer);
    this.#showGrade(grade ?? plain);
  }

  /** @param isOld - The answer was changed since: the verdict is said, but not of what is shown. */
  #showGrade(grade: Grade, isOld = false): void {
    const { verdict } = grade;
    const done = verdict === "correct" || verdict === "revealed";
    if (!isOld) this.#setState(verdict);
    const hinted = this.#parts.hintCount > this.#hints ? "take_hint" : "go_on";
    const next = isOld ? "older" : done ? "" : hinted;
    const message = [grade.message, next && t(`question.${next}`)].filter(Boolean).join(" ");
    this.#parts.showGrade({ ...grade, message }, t(`verdict.${verdict}`), isOld);
    if (!isOld && verdict === "revealed") this.#view?.reveal?.();
  }

  #setAnswered(answer: string): void {
    this.#setState(answer ? "answered" : "unanswered");
  }

  #setState(state: QuestionState): void {
    this.#state = state;
    this.#parts.state = state;
  }

  #update(): void {
    const { record } = this.#log;
    const tried = isAnswered(record);
    const done = this.#state === "correct" || this.#state === "revealed";
    this.#parts.use("check", this.#isOpen);
    this.#parts.show("hint", !done && this.#hints < this.#parts.hintCount);
    this.#parts.show("retry", !this.#isOpen && this.#state !== "correct");
    this.#parts.show("reveal", tried && !done);
    this.#parts.show("reset", (tried || record.draft !== null) && !this.#undo);
    this.#parts.show("undo", this.#undo !== undefined);
    // What would change the record has to wait for the verdict.
    if (this.#busy) for (const action of CHANGES) this.#parts.use(action, false);
  }

  #forgetDraft(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #storeDraft(): void {
    this.#forgetDraft();
    this.#typed = true;
    this.#log.draft(this.#answer || NOTHING);
  }

  /** Whether the answer waits to be judged. */
  get #isOpen(): boolean {
    return this.#state === "answered" || this.#state === "unanswered";
  }

  get #answer(): string {
    return this.#view?.answer() ?? "";
  }

  get #revealed(): Grade {
    return { verdict: "revealed", message: "", feedback: this.#parts.choiceIds };
  }
}
