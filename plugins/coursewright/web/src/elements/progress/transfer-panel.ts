// Saving, loading and forgetting the progress of the whole course. What a file would change is
// shown before anything is.
import { getSite } from "../../site.ts";
import {
  type Change,
  exportCourse,
  importCourse,
  type Lessons,
  lessonsIn,
  previewImport,
  readCourse,
  resetCourse,
} from "../../store/transfer.ts";
import { t, tn } from "../../strings.ts";
import { lessonOf, make, makeButton, setShown } from "../dom.ts";
import { tellPutBack } from "./changes.ts";

/** Changes listed one by one; the rest is counted. */
const LISTED = 12;
/** Lessons named in a sentence. */
const NAMED = 3;

/** Takes the last step back; returns what to say then. */
type TakeBack = () => string | Promise<string>;

export class TransferPanel {
  readonly element = make("div", { class: "cw-transfer" });
  readonly #status = make("p", { role: "status" });
  readonly #preview = make("div", { class: "cw-transfer__preview", hidden: "" });
  readonly #undo = makeButton("undo", t("question.undo"));
  #takeBack: TakeBack | undefined;

  /** The panel needs no closing: nothing outside of it is listened to. */
  constructor() {
    const { site, store } = getSite();
    const picker = make("input", { type: "file", accept: ".json,application/json", hidden: "" });
    this.#undo.hidden = true;
    this.#undo.addEventListener("click", () => void this.#bringBack());
    picker.addEventListener("change", async () => {
      const text = (await picker.files?.[0]?.text()) ?? "";
      picker.value = ""; // so that the same file may be chosen again
      this.#read(text);
    });
    this.element.append(
      button("save", t("transfer.save"), () => {
        const ids = storedLessons(site.id);
        offer(exportCourse(store, site.id, ids), `${site.id}-progress.json`);
        this.#say(t("transfer.saved"));
      }),
      button("load", t("transfer.load"), () => picker.click()),
      button("reset-all", t("transfer.reset"), () => {
        const undo = resetCourse(store, storedLessons(site.id));
        this.#say(t("transfer.was_reset"), () => {
          undo();
          return t("question.was_restored");
        });
      }),
      picker,
      this.#status,
      this.#undo,
      this.#preview,
    );
  }

  #say(words: string, takeBack?: TakeBack): void {
    this.#status.textContent = words;
    this.#takeBack = takeBack;
    setShown(this.#undo, takeBack !== undefined);
    this.#preview.hidden = true;
  }

  async #bringBack(): Promise<void> {
    const takeBack = this.#takeBack;
    this.#takeBack = undefined; // a second press while it works takes nothing back
    if (takeBack) this.#say(await takeBack());
  }

  #read(text: string): void {
    const { site, store } = getSite();
    const lessons = readCourse(site.id, text);
    if (typeof lessons === "string") {
      this.#say(t(`transfer.${lessons}`));
      return;
    }
    const changes = previewImport(store, lessons);
    if (changes.length === 0) this.#say(tn("transfer.same", lessons.length));
    else this.#ask(lessons, changes);
  }

  /** Show what would change, with the choice to do it. */
  #ask(lessons: Lessons, changes: Change[]): void {
    this.#say(tn("transfer.would", changes.length, { all: lessons.length }));
    const list = make("ul");
    list.append(...changes.slice(0, LISTED).map((change) => make("li", {}, wordsOf(change))));
    const rest = changes.length - LISTED;
    if (rest > 0) list.append(make("li", {}, tn("transfer.more", rest)));
    const apply = button("apply", t("transfer.apply"), () => {
      const { site, store } = getSite();
      const undo = importCourse(store, lessons, (id) => tellPutBack(site.id, id));
      this.#say(tn("transfer.loaded", changes.length), async () => takenBack(await undo()));
    });
    apply.classList.add("cw-button--primary");
    const leave = button("dismiss", t("transfer.dismiss"), () =>
      this.#say(t("transfer.dismissed")),
    );
    this.#preview.replaceChildren(list, apply, leave);
    this.#preview.hidden = false;
    apply.focus();
  }
}

function button(action: string, label: string, step: () => void): HTMLButtonElement {
  const made = makeButton(action, label);
  made.addEventListener("click", step);
  return made;
}

/** Say that an import was undone, and where it was not because the reader has worked there since. */
function takenBack(kept: readonly string[]): string {
  if (kept.length === 0) return t("transfer.taken_back");
  const names = kept.slice(0, NAMED).map(titleOf);
  const rest = kept.length - NAMED;
  if (rest > 0) names.push(tn("transfer.more", rest));
  return t("transfer.kept", { names: names.join(", ") });
}

function titleOf(lesson: string): string {
  return getSite().lessons.find(({ id }) => id === lesson)?.title ?? lesson;
}

function wordsOf({ lesson, added, removed }: Change): string {
  const name = titleOf(lesson);
  const parts = [
    ...(added ? [tn("transfer.added", added)] : []),
    ...(removed ? [tn("transfer.removed", removed)] : []),
  ];
  return t("transfer.change", { name, what: parts.join(", ") || t("transfer.other") });
}

/** Lessons in storage, and this page's own where nothing can be stored. */
function storedLessons(site: string): string[] {
  const here = [...document.querySelectorAll("[data-cw-lesson]")].map(lessonOf);
  try {
    return [...new Set([...here, ...lessonsIn(Object.keys(window.localStorage), site)])];
  } catch {
    return here;
  }
}

function offer(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = make("a", { href: address, download: name });
  link.click();
  // The browser reads the Blob after the click; a minute is long enough for any dialog.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
