// <cw-question>: a question's form comes alive. The form itself was served with the page; here it
// meets its session, and its kind's bundle when that is not part of every page.

import { getSite } from "../site.ts";
import { isQuestionSpec, parse } from "../store/guards.ts";
import { clickedAction, keepTyping, watchNear } from "./dom.ts";
import type { Kinds, KindView } from "./kinds.ts";
import { LiveElement } from "./live-element.ts";
import { QuestionParts } from "./question-parts.ts";
import { QuestionSession } from "./question-session.ts";

const NEAR = "400px"; // a bundle is loaded when its question is about half a screen away

/** Make the element's class for these kinds. */
export function defineQuestion(kinds: Kinds): CustomElementConstructor {
  return class extends QuestionElement {
    protected override readonly kinds = kinds;
  };
}

export abstract class QuestionElement extends LiveElement {
  protected abstract readonly kinds: Kinds;
  #session: QuestionSession | undefined;
  #parts: QuestionParts | undefined;
  #view: Promise<KindView | undefined> | undefined;
  #hasNext = false;

  /** The question's id, "" when its form is missing. */
  get question(): string {
    return this.querySelector<HTMLElement>("form")?.dataset.cwQuestion ?? "";
  }

  /** Begin anew without forgetting what was answered. */
  again(): void {
    this.#session?.again();
  }

  /** Move the focus to the question itself, described by the element with the id `place`. */
  focusHeading(place: string): void {
    this.#parts?.focusHeading(place);
  }

  /** Offer the button that goes on to the next question. */
  showNext(): void {
    this.#hasNext = true;
    this.#parts?.show("next", true);
  }

  protected override open(signal: AbortSignal): void {
    const form = this.querySelector<HTMLFormElement>("form[data-cw-question]");
    const spec = parse(form?.dataset.cwSpec ?? "");
    if (!form || !isQuestionSpec(spec)) {
      console.error("no question", this);
      return;
    }
    const { store } = getSite();
    const { lesson } = this;
    const parts = new QuestionParts(form);
    const session = new QuestionSession({ lesson, spec, store, parts, view: () => this.#load() });
    signal.addEventListener("abort", () => {
      session.dispose();
      this.#session = undefined;
      this.#view = undefined;
    });
    this.#parts = parts;
    this.#session = session;
    session.refresh();
    if (this.#hasNext) this.showNext();
    this.#listen(form, session, signal);
    this.follow(signal, () => session.heard());
    if (this.kinds.find(spec.kind)) void this.#load();
    else this.#loadWhenNear(form, signal);
  }

  #listen(form: HTMLFormElement, session: QuestionSession, signal: AbortSignal): void {
    const send = (event: Event) => {
      event.preventDefault();
      session.act("check");
    };
    const click = (event: Event) => {
      const action = clickedAction(event);
      // Check comes as the form's submit, as it does for Enter.
      if (!action || action === "check" || session.act(action)) return;
      void this.#load().then((view) => view?.action?.(action));
    };
    form.noValidate = true;
    form.addEventListener("submit", send, { signal });
    form.addEventListener("click", click, { signal });
    keepTyping(form, signal);
    const leave = () => {
      session.keepDraft();
      getSite().store.flush();
    };
    addEventListener("pagehide", leave, { signal });
  }

  #load(): Promise<KindView | undefined> {
    this.#view ??= this.#makeView().catch((error: unknown) => {
      console.error(error);
      this.#view = undefined; // the next try may have a network
      return undefined;
    });
    return this.#view;
  }

  async #makeView(): Promise<KindView | undefined> {
    const session = this.#session;
    if (!session) return undefined;
    const known = this.kinds.find(session.spec.kind);
    const factory = known ?? (await this.kinds.get(session.spec.kind));
    if (session !== this.#session) return undefined; // left the page meanwhile
    const view = factory(session);
    session.attach(view);
    return view;
  }

  #loadWhenNear(form: HTMLFormElement, signal: AbortSignal): void {
    const start = () => {
      end();
      void this.#load();
    };
    const end = watchNear(form, NEAR, start);
    form.addEventListener("focusin", start, { once: true, signal });
    signal.addEventListener("abort", end);
  }
}
