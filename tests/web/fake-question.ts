// A question of one tab, without a page: what it shows is kept, and its judging ends when a test
// says so.
import { readFileSync } from "node:fs";
import type { Grade, KindView } from "../../plugins/coursewright/web/src/elements/kinds.ts";
import type { QuestionState } from "../../plugins/coursewright/web/src/elements/question-parts.ts";
import {
  QuestionSession,
  type SessionSetup,
} from "../../plugins/coursewright/web/src/elements/question-session.ts";
import type { QuestionSpec } from "../../plugins/coursewright/web/src/schema.ts";
import type { Store } from "../../plugins/coursewright/web/src/store/store.ts";
import { type FakeStorage, openStore } from "./fake-storage.ts";

const words = new URL(
  "../../plugins/coursewright/src/coursewright/strings/en.json",
  import.meta.url,
);
const strings = JSON.parse(readFileSync(words, "utf8"));
Object.assign(globalThis, { window: { coursewright: { strings, store: {}, load() {} } } });

export const LESSON = "one";

/** What a session shows, kept instead of drawn. */
class FakeParts {
  readonly form = Object.assign(new EventTarget(), {
    setAttribute() {},
  }) as unknown as HTMLFormElement;
  readonly choiceIds = [];
  readonly hintCount = 0;
  state: QuestionState = "unanswered";
  status = "";
  readonly unusable = new Set<string>();

  /** As in the page, a button that is shown is usable. */
  show(action: string): void {
    this.unusable.delete(action);
  }

  use(action: string, usable: boolean): void {
    if (usable) this.unusable.delete(action);
    else this.unusable.add(action);
  }

  say(text: string): void {
    this.status = text;
  }

  showGrade({ message }: Grade, word: string): void {
    this.status = `${word} ${message}`.trim();
  }

  clearGrade(): void {
    this.status = "";
  }

  fill() {}
  speak() {}
  showNote() {}
  focusHeading() {}

  showHints(): string {
    return "";
  }
}

/** A question of one tab; its judging ends when the test says so. */
export class Tab {
  readonly store: Store;
  readonly parts = new FakeParts();
  readonly session: QuestionSession;
  text = "";
  #judging: ((grade: Grade | undefined) => void)[] = [];

  /** @param early - What was typed before the scripts came. */
  constructor(storage: FakeStorage, early = "") {
    this.text = early;
    this.store = openStore(storage);
    const view: KindView = {
      answer: () => (this.text ? JSON.stringify(this.text) : ""),
      restore: (answer) => {
        this.text = answer ? JSON.parse(answer) : "";
      },
      grade: () => new Promise((resolve) => this.#judging.push(resolve)),
    };
    const spec = { id: "q", kind: "python", meaning: "m" } as QuestionSpec;
    const setup: SessionSetup = {
      lesson: LESSON,
      spec,
      store: this.store,
      parts: this.parts,
      view: async () => view,
    };
    this.session = new QuestionSession(setup);
    this.store.watch(() => this.session.heard());
    this.session.attach(view);
  }

  /** Type, and wait until the draft would be stored. */
  type(text: string): void {
    this.text = text;
    this.session.edited();
    this.session.keepDraft();
  }

  /** Press Enter in the answer, which asks no button. */
  async check(): Promise<void> {
    this.session.act("check");
    await turn();
  }

  /** Press a button, if it can be pressed. */
  press(action: string): void {
    if (!this.parts.unusable.has(action)) this.session.act(action);
  }

  async judged(grade: Grade | undefined): Promise<void> {
    for (const end of this.#judging.splice(0)) end(grade);
    await turn();
  }

  get shown(): [state: QuestionState, text: string] {
    return [this.parts.state, this.text];
  }

  get verdicts(): string[] {
    return this.store.question(LESSON, "q").attempts.map(({ verdict }) => verdict);
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Tell a tab what another wrote, as the browser's event does. */
export const tell = (tab: Tab) => tab.store.heard(`coursewright:site:lesson:${LESSON}`);
