// A question that is answered by Python code: run it, check it, stop it. The code is judged by the
// checks that came with the page, run in the worker; what is stored is the code itself.
import {
  type Calls,
  type PythonClient,
  type PythonReason,
  type PythonState,
  reasonOf,
} from "../python-client.ts";
import type { GradeReport } from "../schema.ts";
import { getSite } from "../site.ts";
import { oneText, parse } from "../store/guards.ts";
import { t } from "../strings.ts";
import { CodeEditor } from "./code-editor.ts";
import { make, makeButton, setShown, setUsable } from "./dom.ts";
import type { Grade, KindView, QuestionHost } from "./kinds.ts";
import { LoadingBar } from "./loading-bar.ts";
import { PythonResults } from "./python-results.ts";
import { checkWords, errorWords, reasonWords } from "./python-words.ts";

const PLAIN = "plain_editor";

/** Every editor of the page, so that the switch to plain text areas holds for all. */
const questions = new Set<PythonQuestion>();

export class PythonQuestion implements KindView {
  readonly #host: QuestionHost;
  readonly #editor: CodeEditor;
  readonly #results: PythonResults;
  readonly #loading: LoadingBar;
  readonly #run: HTMLElement;
  readonly #stop: HTMLElement;
  readonly #plain: HTMLElement;
  readonly #life = new AbortController();
  #running: AbortController | undefined;

  constructor(host: QuestionHost) {
    this.#host = host;
    const { form } = host;
    const area = findArea(form);
    this.#editor = new CodeEditor({
      area,
      label: area.labels?.[0]?.textContent?.trim() || t("python.code"),
      edited: () => host.edited(),
      run: () => this.action("run"),
    });
    const row = form.querySelector("[data-cw-actions]") ?? form;
    this.#run = this.#button("run", (button) => row.prepend(button));
    this.#stop = this.#button("stop", (button) => this.#run.after(button));
    this.#plain = this.#button("plain", (button) => this.#addTools(button));
    this.#loading = new LoadingBar(row);
    this.#results = new PythonResults(form, form.querySelector("[role=status]") ?? row);
    this.#usePlain(parse(getSite().store.course().settings[PLAIN]?.value ?? "") === true);
    this.#update();
    const { signal } = this.#life;
    const warm = () => getSite().python.warm();
    form.addEventListener("focusin", warm, { signal });
    form.addEventListener("pointerenter", warm, { signal });
    questions.add(this);
  }

  answer(): string {
    const { code } = this.#editor;
    return code.trim() ? JSON.stringify(code) : "";
  }

  restore(answer: string): void {
    const code = oneText(answer) || (this.#host.spec.starter ?? "");
    if (code !== this.#editor.code) this.#results.clear();
    this.#editor.code = code;
  }

  async grade(): Promise<Grade | undefined> {
    const { checks = "", hidden_checks = "" } = this.#host.spec;
    const done = await this.#ask("grade", { code: this.#editor.code, checks, hidden_checks });
    if (!done) return undefined;
    if ("reason" in done) return this.#gradeReason(done.reason);
    const { error } = done;
    this.#results.showChecks(done);
    const message = error ? errorWords(error, this.#limitS) : checkWords(done.checks);
    return { verdict: verdictOf(done), message, feedback: [] };
  }

  action(name: string): void {
    if (name === "run") void this.#runCode();
    else if (name === "stop") this.#running?.abort();
    else if (name === "plain") this.#switchPlain();
  }

  dispose(): void {
    questions.delete(this);
    this.#life.abort();
    this.#running?.abort();
    this.#loading.dispose();
    this.#editor.dispose();
  }

  get #limitS(): number {
    return this.#host.spec.limit_s ?? 10;
  }

  async #runCode(): Promise<void> {
    const done = await this.#ask("run", { code: this.#editor.code });
    if (!done) return;
    if ("reason" in done) this.#host.say(reasonWords(done.reason, this.#limitS));
    else if (done.error) this.#host.say(errorWords(done.error, this.#limitS));
    else this.#host.say(t(done.stdout ? "python.finished" : "python.finished_silent"));
  }

  /** Ask Python and show what it prints. Undefined when another run of this question goes on. */
  async #ask<K extends "run" | "grade">(
    kind: K,
    payload: Calls[K]["request"],
  ): Promise<Calls[K]["response"] | { reason: PythonReason } | undefined> {
    const { python } = getSite();
    if (this.#running) {
      this.#host.say(t("python.busy"));
      return undefined;
    }
    const running = new AbortController();
    this.#running = running;
    this.#results.clear();
    this.#editor.markLine(0);
    this.#update();
    const unwatch = this.#follow(python);
    try {
      const report = await python.request(kind, payload, {
        limitS: this.#limitS,
        signal: running.signal,
        onOutput: (text) => this.#results.append(text),
      });
      this.#results.showOutput(report.stdout, report.truncated, report.error);
      this.#editor.markLine(report.error?.line ?? 0);
      return report;
    } catch (error) {
      return { reason: reasonOf(error) };
    } finally {
      unwatch();
      this.#running = undefined;
      this.#update();
    }
  }

  /** Code that did not end or called itself too deep has failed; all else is no fault of it. */
  #gradeReason(reason: PythonReason): Grade | undefined {
    const message = reasonWords(reason, this.#limitS);
    if (reason === "limit" || reason === "recursion")
      return { verdict: "incorrect", message, feedback: [] };
    this.#host.say(message);
    return undefined;
  }

  /** Say what Python is doing for this question until it is done. */
  #follow(python: PythonClient): () => void {
    const first = python.state.name === "stopped" ? "restarting" : "loading.title";
    let said = "";
    const tell = (state: PythonState, waiting: boolean) => {
      const imports = state.name === "loading" && state.stage === "packages";
      const loading = imports ? "loading.imports" : first;
      const key = state.name === "running" ? (waiting ? "waiting" : "running") : loading;
      if (key !== said && state.name !== "ready") this.#host.say(t(`python.${key}`));
      said = key;
      this.#loading.show(state);
    };
    const other = python.state.name === "running" ? python.state.id : 0;
    tell(python.state, other !== 0);
    const unwatch = python.watch((state) =>
      tell(state, state.name === "running" && state.id === other),
    );
    return () => {
      unwatch();
      this.#loading.hide();
    };
  }

  #switchPlain(): void {
    const plain = !this.#editor.plain;
    getSite().store.set(PLAIN, JSON.stringify(plain));
    for (const question of questions) question.#usePlain(plain);
  }

  #usePlain(plain: boolean): void {
    this.#editor.plain = plain;
    this.#plain.setAttribute("aria-pressed", String(plain));
  }

  #update(): void {
    const running = this.#running !== undefined;
    setUsable(this.#run, !running);
    setShown(this.#stop, running);
  }

  /** Return the form's button for an action; one that it lacks is made and `put` in its place. */
  #button(action: "run" | "stop" | "plain", put: (button: HTMLElement) => void): HTMLElement {
    const found = this.#host.form.querySelector<HTMLElement>(`[data-cw-action="${action}"]`);
    if (found) return found;
    const words = t(action === "plain" ? "python.plain" : `question.${action}`);
    const button = makeButton(action, words, action === "plain" ? "cw-button--quiet" : "");
    put(button);
    return button;
  }

  /** A line below the editor: its keys, and the way to a plain text area. */
  #addTools(button: HTMLElement): void {
    const tools = make("div", { class: "cw-editor-tools" });
    tools.append(make("span", {}, t("python.keys")), button);
    this.#editor.box.after(tools);
  }
}

function verdictOf({ passed, checks, error }: GradeReport): Grade["verdict"] {
  if (passed) return "correct";
  return error === null && checks.some(({ ok }) => ok) ? "partial" : "incorrect";
}

/** Return the form's textarea, which the page was served with. */
function findArea(form: HTMLFormElement): HTMLTextAreaElement {
  const area = form.querySelector<HTMLTextAreaElement>("textarea");
  if (area) return area;
  const made = make("textarea", { "data-cw-editor": "" });
  form.prepend(made);
  return made;
}
