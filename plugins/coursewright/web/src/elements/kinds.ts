// Question kinds as a table from name to view. `cw-question` knows buttons, status and store; a
// view knows how an answer of its kind is read from the form, put back and judged.
import type { QuestionSpec, Wire } from "../schema.ts";

export type Verdict = Wire["Attempt"]["verdict"];

/** What a judged answer shows. */
export interface Grade {
  verdict: Verdict;
  /** One sentence that says more than the verdict, for the status line; may be empty. */
  message: string;
  /** Ids of the choices whose feedback is shown. */
  feedback: string[];
}

/** What a view may use of its question. */
export interface QuestionHost {
  readonly form: HTMLFormElement;
  readonly spec: QuestionSpec;
  /** To be called when the learner edits the answer: keeps the draft, takes the verdict away. */
  edited(): void;
  /** Put a sentence into the question's status line, where screen readers hear it. */
  say(text: string): void;
}

/** One question's answer area. Made when the element is connected, disposed when it leaves. */
export interface KindView {
  /** The present answer as JSON text, "" when there is none. */
  answer(): string;
  /** Put a stored answer back; "" gives the untouched form. Never calls `edited`. */
  restore(answer: string): void;
  /**
   * Judge the present answer. Undefined when it could not be judged (stopped, too slow, not
   * available): nothing is stored then, and the view has said why.
   */
  grade(): Grade | Promise<Grade | undefined>;
  /** Judge a stored answer without running anything, to show its feedback after a reload. */
  recall?(answer: string): Grade;
  /** Make room for another try; kinds whose answer is worth keeping do nothing. */
  clear?(): void;
  /** Show the right answer inside the form. */
  reveal?(): void;
  /** Called after each attempt, and after a reload when there was one. */
  attempted?(): void;
  /** A click on a `data-cw-action` that the question does not know itself, such as run or stop. */
  action?(name: string): void;
  dispose?(): void;
}

export type KindFactory = (host: QuestionHost) => KindView;

/** Factories by kind, some of which come in another bundle. */
export class Kinds {
  readonly #known = new Map<string, KindFactory>();
  readonly #bundles: Record<string, string>;
  readonly #load: (bundle: string) => Promise<void>;

  /**
   * @param bundles - Kind to the bundle that registers it.
   * @param load - Runs a bundle; resolves when it has run.
   */
  constructor(bundles: Record<string, string>, load: (bundle: string) => Promise<void>) {
    this.#bundles = bundles;
    this.#load = load;
  }

  register(kind: string, factory: KindFactory): void {
    this.#known.set(kind, factory);
  }

  find(kind: string): KindFactory | undefined {
    return this.#known.get(kind);
  }

  /** Return the factory, loading its bundle when needed. Rejects when that fails. */
  async get(kind: string): Promise<KindFactory> {
    const bundle = this.#bundles[kind];
    if (bundle && !this.#known.has(kind)) await this.#load(bundle);
    const factory = this.#known.get(kind);
    if (!factory) throw new Error(`no kind ${kind}`);
    return factory;
  }
}
