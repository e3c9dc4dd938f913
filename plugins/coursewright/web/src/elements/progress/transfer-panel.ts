// Saving, loading and forgetting the progress of the whole course. What a file would change is
// shown before anything is.
import { getSite } from "../../site.ts";
import { bringBack, type Forgotten, forget } from "../../store/resets.ts";
import {
  type Change,
  exportCourse,
  importCourse,
  type Lessons,
  previewImport,
  type Reading,
  readCourse,
  unwritten,
  withLost,
} from "../../store/transfer.ts";
import { t, tn } from "../../strings.ts";
import { make, makeButton, moveFocus, setShown } from "../dom.ts";
import { storedLessons, storedText, tellPutBack } from "./stored-texts.ts";
import { found, loaded, takenBack, wordsOf } from "./transfer-words.ts";
import { recall, remember } from "./undo-memory.ts";

/** Changes listed one by one; the rest is counted. */
const LISTED = 12;
/** Where the undoing of a reset is kept. */
const PLACE = "all";

/** Takes the last step back; returns what to say then. */
type TakeBack = () => string | Promise<string>;

export class TransferPanel {
  readonly element = make("div", { class: "cw-transfer" });
  readonly #status = make("p", { role: "status", tabindex: "-1" });
  readonly #preview = make("div", { class: "cw-transfer__preview", hidden: "" });
  readonly #undo = makeButton("undo", t("question.undo"));
  readonly #load: HTMLButtonElement;
  #takeBack: TakeBack | undefined;
  /** What was said of the last step. */
  #said = "";
  /** What the last reset took, while it can be undone. */
  #forgotten: readonly Forgotten[] = [];

  /** The panel needs no closing: nothing outside of it is listened to. */
  constructor() {
    const picker = make("input", { type: "file", accept: ".json,application/json", hidden: "" });
    this.#undo.hidden = true;
    this.#undo.addEventListener("click", () => void this.#bringBack());
    picker.addEventListener("change", async () => {
      const text = (await picker.files?.[0]?.text()) ?? "";
      picker.value = ""; // so that the same file may be chosen again
      this.#read(text);
    });
    this.#load = button("load", t("transfer.load"), () => picker.click());
    this.element.append(
      button("save", t("transfer.save"), () => this.#save()),
      this.#load,
      button("reset-all", t("transfer.reset"), () => this.#forget()),
      picker,
      this.#status,
      this.#undo,
      this.#preview,
    );
    const forgotten = recall(PLACE);
    if (forgotten.length > 0) this.#offerUndo(forgotten);
  }

  #save(): void {
    const { site, store } = getSite();
    offer(exportCourse(store, site.id, storedLessons()), `${site.id}-progress.json`);
    this.#status.textContent = t("transfer.saved"); // what can be undone stays so
  }

  #forget(): void {
    const forgotten = forget(getSite().store, storedLessons(), this.#forgotten);
    if (forgotten.length > 0) this.#offerUndo(forgotten);
    else this.#status.textContent = t("transfer.nothing");
  }

  #offerUndo(forgotten: readonly Forgotten[]): void {
    this.#say(t("transfer.was_reset"), () => {
      bringBack(getSite().store, forgotten);
      return t("question.was_restored");
    });
    this.#forgotten = forgotten;
    remember(PLACE, forgotten);
  }

  #say(words: string, takeBack?: TakeBack): void {
    this.#said = words;
    this.#status.textContent = words;
    this.#takeBack = takeBack;
    this.#forgotten = [];
    remember(PLACE, []);
    this.#close();
  }

  /** Take the preview away, and offer again what can be undone. */
  #close(): void {
    this.#preview.hidden = true;
    setShown(this.#undo, this.#takeBack !== undefined);
  }

  async #bringBack(): Promise<void> {
    const takeBack = this.#takeBack;
    this.#takeBack = undefined; // a second press while it works takes nothing back
    if (!takeBack) return;
    const words = await takeBack();
    moveFocus(this.#status); // from a button that goes
    this.#say(words);
  }

  #read(text: string): void {
    const { site, store } = getSite();
    const reading = readCourse(site.id, text);
    if (typeof reading === "string") {
      this.#status.textContent = t(`transfer.${reading}`);
      this.#close();
      return;
    }
    const changes = previewImport(store, reading.lessons);
    this.#status.textContent = found(reading, changes);
    if (changes.length > 0) this.#ask(reading, changes);
    else this.#close();
  }

  /** Show what would change, with the choice to do it. */
  #ask({ lessons }: Reading, changes: readonly Change[]): void {
    const list = make("ul");
    list.append(...changes.slice(0, LISTED).map((change) => make("li", {}, wordsOf(change))));
    const rest = changes.length - LISTED;
    if (rest > 0) list.append(make("li", {}, tn("transfer.more", rest)));
    const ids = changes.map(({ lesson }) => lesson);
    const joins = changes.some(({ kind }) => kind !== "lost");
    const choices: HTMLButtonElement[] = [];
    if (joins) choices.push(button("apply", t("transfer.apply"), () => this.#join(lessons, ids)));
    if (changes.some(({ kind }) => kind !== "joins")) {
      const words = t(joins ? "transfer.apply_lost" : "transfer.bring_back");
      const step = () => this.#join(withLost(getSite().store, lessons), ids);
      choices.push(button("bring-back", words, step));
    }
    choices[0]?.classList.add("cw-button--primary");
    const leave = button("dismiss", t("transfer.dismiss"), () => {
      moveFocus(this.#load);
      this.#close();
      const pending = this.#takeBack ? ` ${this.#said}` : "";
      this.#status.textContent = t("transfer.dismissed") + pending;
    });
    this.#preview.replaceChildren(list, ...choices, leave);
    this.#preview.hidden = false;
    setShown(this.#undo, false); // it is not the file that it would undo
    moveFocus(choices[0]);
  }

  async #join(lessons: Lessons, changed: readonly string[]): Promise<void> {
    const { store } = getSite();
    moveFocus(this.#load); // the buttons of the preview go
    this.#preview.hidden = true;
    const undo = importCourse(store, lessons, tellPutBack);
    await store.settled();
    const missing = unwritten(store, changed, storedText);
    this.#say(loaded(changed.length, missing), async () => takenBack(await undo()));
  }
}

function button(action: string, label: string, step: () => void): HTMLButtonElement {
  const made = makeButton(action, label);
  made.addEventListener("click", step);
  return made;
}

function offer(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = make("a", { href: address, download: name });
  link.click();
  // The browser reads the Blob after the click; a minute is long enough for any dialog.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
