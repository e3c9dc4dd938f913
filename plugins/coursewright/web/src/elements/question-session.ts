// One question being answered: what each button does, what is stored, and what is shown for it.
import type { Attempt, QuestionSpec } from "../schema.ts";
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
    const { lesson, store, parts } = this.#setup;
    const { attempts, draft } = store.question(lesson, this.spec.id);
    const last = attempts.at(-1);
    const changed = last !== undefined && last.meaning !== this.spec.meaning;
    this.#seen = this.#mark();
    this.#clearGrade();
    parts.showHints(this.#hints);
    parts.showNote(changed ? t("question.changed") : "");
    if (draft && draft.at > stampOf(last?.id ?? "")) this.#restore(draft.value);
    else this.#restore(last?.answer ?? NOTHING);
    if (last && !changed && !(draft && draft.at > stampOf(last.id))) this.#recall(last);
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
    this.#setState(this.#view?.answer() ? "answered" : "unanswered");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.keepDraft(), DRAFT_DELAY_MS);
    this.#update();
  }

  /** Store the draft now if one waits. */
  keepDraft(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { lesson, store } = this.#setup;
    store.draft(lesson, this.spec.id, this.#view?.answer() || NOTHING);
  }

  say(text: string): void {
    this.#setup.parts.say(text);
  }

  act(action: QuestionAction): void {
    const steps: Record<QuestionAction, () => void> = {
      check: () => void this.#check(),
      hint: () => this.#hint(),
      retry: () => this.#retry(),
      reveal: () => void this.#reveal(),
      reset: () => this.#reset(),
      undo: () => this.#undoReset(),
      next: () => this.form.dispatchEvent(new CustomEvent("cw:next", { bubbles: true })),
    };
    steps[action]();
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
    const hint = parts.showHints(this.#hints);
    parts.speak(`${t("question.hint_shown", { n: this.#hints, total: parts.hintCount })} ${hint}`);
    this.#update();
  }

  #retry(): void {
    const { lesson, store } = this.#setup;
    this.#view?.clear?.();
    this.#clearGrade();
    this.#setState(this.#view?.answer() ? "answered" : "unanswered");
    clearTimeout(this.#timer);
    this.#timer = undefined;
    store.draft(lesson, this.spec.id, this.#view?.answer() || NOTHING);
    this.#update();
  }

  async #reveal(): Promise<void> {
    const view = this.#view ?? (await this.#setup.view());
    this.#store("revealed", view?.answer() || NOTHING);
    this.#showGrade({ verdict: "revealed", message: "", feedback: this.#allChoices() });
    view?.attempted?.();
    this.#update();
  }

  #reset(): void {
    const { lesson, store } = this.#setup;
    clearTimeout(this.#timer);
    this.#timer = undefined;
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
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#undo = undefined;
    const { id, meaning } = this.spec;
    const detail = this.#quietly(() => store.attempt(lesson, id, { verdict, answer, meaning }));
    this.#setup.parts.showNote("");
    this.form.dispatchEvent(new CustomEvent("cw:attempt", { bubbles: true, detail }));
  }

  #restore(stored: string): void {
    const answer = stored === NOTHING ? "" : stored;
    this.#view?.restore(answer);
    this.#setState(answer ? "answered" : "unanswered");
  }

  #recall({ verdict, answer }: Attempt): void {
    if (verdict === "revealed") {
      this.#showGrade({ verdict, message: "", feedback: this.#allChoices() });
    } else {
      const grade = this.#view?.recall?.(answer);
      this.#showGrade(grade ?? { verdict, message: "", feedback: [] });
    }
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
    parts.showAnswers(verdict === "revealed");
    if (verdict === "revealed") this.#view?.reveal?.();
  }

  #clearGrade(): void {
    const { parts } = this.#setup;
    parts.say("");
    parts.showFeedback([]);
    parts.showExplanation(false);
    parts.showAnswers(false);
  }

  #setState(state: QuestionState): void {
    this.#state = state;
    this.#setup.parts.state = state;
  }

  #update(): void {
    const { lesson, store, parts } = this.#setup;
    const record = store.question(lesson, this.spec.id);
    const tried = isAnswered(record);
    const done = this.#state === "correct" || this.#state === "revealed";
    const judged = done || this.#state === "partial" || this.#state === "incorrect";
    parts.use("check", !judged);
    parts.show("hint", !done && this.#hints < parts.hintCount);
    parts.show("retry", judged && this.#state !== "correct");
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

  #allChoices(): string[] {
    return (this.spec.choices ?? []).map(({ id }) => id);
  }

  /** Name of what is stored, drafts left out: two tabs may hold different ones. */
  #mark(): string {
    const { lesson, store } = this.#setup;
    const { attempts } = store.question(lesson, this.spec.id);
    return `${attempts.at(-1)?.id} ${attempts.length} ${store.lesson(lesson).reset_at}`;
  }
}
