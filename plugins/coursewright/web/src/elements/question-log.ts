// What is stored of one question: written from here, and told apart from what others write.
import type { Attempt, QuestionRecord } from "../schema.ts";
import type { Judged } from "../store/operations.ts";
import type { Store } from "../store/store.ts";

export class QuestionLog {
  readonly #store: Store;
  readonly #lesson: string;
  readonly #id: string;
  #seen = "";
  #quiet = false;

  constructor(store: Store, lesson: string, id: string) {
    this.#store = store;
    this.#lesson = lesson;
    this.#id = id;
  }

  get record(): QuestionRecord {
    return this.#store.question(this.#lesson, this.#id);
  }

  /** Name of the resets so far, of the question and of its lesson. */
  get resets(): string {
    return `${this.record.reset_at} ${this.#store.lesson(this.#lesson).reset_at}`;
  }

  /** Whether something else changed the record since it was looked at or written here. */
  get isNews(): boolean {
    return !this.#quiet && this.#mark !== this.#seen;
  }

  /** Return the record and take note of it. */
  look(): QuestionRecord {
    this.#seen = this.#mark;
    return this.record;
  }

  attempt(judged: Judged): Attempt | undefined {
    return this.#write(() => this.#store.attempt(this.#lesson, this.#id, judged));
  }

  /** Keep an answer that is not judged yet. `value` is JSON text. */
  draft(value: string): void {
    this.#write(() => this.#store.draft(this.#lesson, this.#id, value));
  }

  /** Forget the question. Returns what undoes it. */
  reset(): () => void {
    const undo = this.#write(() => this.#store.resetQuestion(this.#lesson, this.#id));
    return () => this.#write(undo);
  }

  /** Change the store without taking it for news. */
  #write<T>(work: () => T): T {
    this.#quiet = true;
    const result = work();
    this.#quiet = false;
    this.look();
    return result;
  }

  /**
   * Name of what is stored. Drafts of this device are left out, as two tabs may hold different
   * ones; one of another name came by an import or by undoing a reset.
   */
  get #mark(): string {
    const { attempts, draft } = this.record;
    const foreign = draft && draft.device !== this.#store.device && draft.at;
    return `${attempts.at(-1)?.id} ${attempts.length} ${foreign} ${this.resets}`;
  }
}
