// CodeMirror in front of a textarea that was served with the page. The textarea stays the truth: it
// always holds the present code, and a reader may use it instead.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import {
  bracketMatching,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState, type Extension, Prec, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { make } from "./dom.ts";
import { hangingLines } from "./hanging-lines.ts";

export interface EditorSetup {
  readonly area: HTMLTextAreaElement;
  /** What a screen reader calls the editor. */
  readonly label: string;
  /** Called after each edit by the reader. */
  edited(): void;
  /** Called for Ctrl+Enter (Cmd+Enter). */
  run(): void;
}

const errorAt = StateEffect.define<number>();

/** The line an error points to, until the code is edited. */
const errorLine = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = transaction.docChanged ? Decoration.none : marks;
    for (const effect of transaction.effects) {
      if (!effect.is(errorAt)) continue;
      const { doc } = transaction.state;
      const known = effect.value >= 1 && effect.value <= doc.lines;
      const mark = Decoration.line({ class: "cw-editor__error" });
      next = known ? Decoration.set(mark.range(doc.line(effect.value).from)) : Decoration.none;
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export class CodeEditor {
  readonly #setup: EditorSetup;
  /** What stands in the textarea's place. */
  readonly box: HTMLElement;
  readonly #view: EditorView;
  readonly #life = new AbortController();
  /** Set while code is put in by the page, which is no edit. */
  #filling = false;

  constructor(setup: EditorSetup) {
    this.#setup = setup;
    this.box = make("div", { class: "cw-editor" });
    // A paragraph, where the textarea may stand, holds no box.
    (setup.area.closest("p") ?? setup.area).after(this.box);
    this.#view = new EditorView({
      parent: this.box,
      state: EditorState.create({ doc: setup.area.value, extensions: this.#extensions() }),
    });
    setup.area.spellcheck = false;
    setup.area.addEventListener("input", () => this.#typed(), { signal: this.#life.signal });
    setup.area.addEventListener("keydown", (event) => this.#key(event), {
      signal: this.#life.signal,
    });
    this.#takeOver(setup.area);
  }

  get code(): string {
    return this.#setup.area.value;
  }

  /** Put code in. Not an edit, but the reader can undo it in the editor. */
  set code(code: string) {
    if (code === this.#setup.area.value && code === this.#view.state.doc.toString()) return;
    this.#setup.area.value = code;
    this.#show(code);
  }

  /** Whether the plain textarea is used in place of the editor. */
  get plain(): boolean {
    return this.box.hidden;
  }

  set plain(plain: boolean) {
    this.box.hidden = plain;
    this.#setup.area.hidden = !plain;
    if (plain) this.#fit();
    else this.#view.requestMeasure();
  }

  focus(): void {
    if (this.plain) this.#setup.area.focus();
    else this.#view.focus();
  }

  /** Mark a line, counted from 1, until the next edit; 0 takes the mark away. */
  markLine(line: number): void {
    this.#view.dispatch({ effects: errorAt.of(line) });
  }

  dispose(): void {
    this.#life.abort();
    this.#view.destroy();
    this.box.remove();
    this.#setup.area.hidden = false;
  }

  #extensions(): Extension[] {
    const run = () => {
      this.#setup.run();
      return true;
    };
    return [
      lineNumbers(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      history(),
      indentUnit.of("    "),
      EditorState.tabSize.of(4),
      indentOnInput(),
      bracketMatching(),
      python(),
      syntaxHighlighting(classHighlighter),
      errorLine,
      // Tab is left to the page, so that the keyboard can leave the editor; Mod-] indents.
      Prec.highest(keymap.of([{ key: "Mod-Enter", run }])),
      keymap.of([...defaultKeymap, ...historyKeymap]),
      hangingLines,
      EditorView.contentAttributes.of({ "aria-label": this.#setup.label, tabindex: "0" }),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged || this.#filling) return;
        this.#setup.area.value = update.state.doc.toString();
        this.#setup.edited();
      }),
    ];
  }

  /** The textarea was edited, by the reader or by a program that sends the same event. */
  #typed(): void {
    this.#show(this.#setup.area.value);
    this.#fit();
    this.#setup.edited();
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.#setup.run();
  }

  #show(code: string): void {
    this.#filling = true;
    const { doc } = this.#view.state;
    this.#view.dispatch({ changes: { from: 0, to: doc.length, insert: code } });
    this.#filling = false;
  }

  /** Stand in the textarea's place; who is typing there goes on typing here. */
  #takeOver(area: HTMLTextAreaElement): void {
    const { selectionStart: anchor, selectionEnd: head } = area;
    const typing = area === document.activeElement;
    this.plain = false;
    if (!typing) return;
    this.#view.dispatch({ selection: { anchor, head } });
    this.#view.focus();
  }

  #fit(): void {
    const lines = this.#setup.area.value.split("\n").length;
    this.#setup.area.rows = Math.min(Math.max(lines + 1, 6), 24);
  }
}
