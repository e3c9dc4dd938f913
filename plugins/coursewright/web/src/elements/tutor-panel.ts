// The tutor's panel: at the end of a lesson, and beside the text when its button is pressed.
// Questions and replies are kept in the panel until the page is left, and nowhere else.
import { getSite } from "../site.ts";
import { t } from "../strings.ts";
import { isLessonIndex } from "../tutor/lesson-index.ts";
import { Ranking } from "../tutor/ranking.ts";
import { reply } from "../tutor/reply.ts";
import { keepTyping, make, makeButton } from "./dom.ts";
import { makeEntry, showReply } from "./tutor-reply.ts";
import { chosenLesson, offerLessons, ownLesson, type Subject } from "./tutor-subject.ts";

/** Where the panel covers the text, so that it makes way for what it points to. */
const NARROW = "(max-width: 59.984375em)";

/** Make a tutor's panel answer. Returns what ends it. */
export function mountTutor(host: HTMLElement, wish?: Event): () => void {
  const life = new AbortController();
  const panel = new TutorPanel(host, life.signal);
  const target = wish?.target instanceof Element ? wish.target : undefined;
  if (wish?.type === "submit") void panel.ask();
  else if (target?.closest("[data-cw-action=tutor]")) panel.toggle();
  return () => {
    panel.close();
    life.abort();
  };
}

class TutorPanel {
  readonly #host: HTMLElement;
  readonly #section: HTMLElement;
  readonly #form: HTMLFormElement;
  readonly #field: HTMLInputElement;
  readonly #log: HTMLElement;
  readonly #status: HTMLElement;
  readonly #opener: HTMLElement;
  /** The lessons to choose from, on a page that is none. */
  readonly #list: HTMLSelectElement | null;
  readonly #close = makeButton("close", t("tutor.close"), "cw-button--quiet");
  readonly #rankings = new Map<string, Ranking>();

  constructor(host: HTMLElement, signal: AbortSignal) {
    this.#host = host;
    this.#section = part(host, "[data-cw-part=tutor]");
    this.#form = part(host, "form[data-cw-tutor]") as HTMLFormElement;
    this.#field = part(host, "form[data-cw-tutor] input") as HTMLInputElement;
    this.#log = part(host, "[role=log]");
    this.#status = part(host, "[role=status]");
    this.#opener = part(host, "[data-cw-action=tutor]");
    this.#list = this.#form.querySelector("select");
    if (this.#list) offerLessons(this.#list);
    this.#form.addEventListener("submit", () => void this.ask(), { signal });
    this.#opener.addEventListener("click", () => this.toggle(), { signal });
    this.#close.addEventListener("click", () => this.#closeByHand(), { signal });
    this.#section.addEventListener("keydown", (event) => this.#keyed(event), { signal });
    this.#log.addEventListener("click", (event) => this.#followed(event), { signal });
    keepTyping(this.#section, signal);
  }

  get #isOpen(): boolean {
    return this.#section.hasAttribute("data-cw-open");
  }

  /** Bring the panel beside the text, or put it back. */
  toggle(): void {
    if (this.#isOpen) {
      this.#closeByHand();
      return;
    }
    const { top, height } = this.#section.getBoundingClientRect();
    const isInSight = height > 0 && top >= 0 && top < window.innerHeight * 0.6;
    if (!isInSight) {
      this.#section.setAttribute("data-cw-open", "");
      this.#section.prepend(this.#close);
      this.#opener.setAttribute("aria-expanded", "true");
    }
    this.#field.focus({ preventScroll: true });
  }

  /** Put the panel back to the end of the lesson, or away. */
  close(): void {
    this.#status.textContent = "";
    this.#section.removeAttribute("data-cw-open");
    this.#close.remove();
    this.#opener.setAttribute("aria-expanded", "false");
  }

  /** Reply to what stands in the field. */
  async ask(): Promise<void> {
    const asked = this.#field.value.trim();
    this.#status.textContent = "";
    if (!/[\p{L}\p{N}]/u.test(asked)) {
      this.#status.textContent = t("tutor.nothing");
      return;
    }
    const subject = this.#subject;
    const ranking = await this.#load(subject);
    if (!ranking) {
      this.#status.textContent = t("tutor.unavailable");
      return;
    }
    if (this.#field.value.trim() === asked) this.#field.value = "";
    const entry = makeEntry(asked, subject.title);
    const { index } = ranking;
    const given = reply(ranking, asked, subject.open(), subject.isCopy(asked, index));
    showReply(entry, { index, page: subject.page }, given);
    this.#log.append(entry);
    this.#log.tabIndex = 0; // it scrolls, and a keyboard must reach what scrolls
    this.#log.scrollTop +=
      entry.getBoundingClientRect().top - this.#log.getBoundingClientRect().top;
    if (!this.#isOpen) this.#form.scrollIntoView({ block: "nearest" });
  }

  get #subject(): Subject {
    return this.#list ? chosenLesson(this.#form, this.#list) : ownLesson(this.#host, this.#form);
  }

  async #load({ lesson, load }: Subject): Promise<Ranking | undefined> {
    const known = this.#rankings.get(lesson);
    if (known) return known;
    try {
      await load();
    } catch {
      return undefined;
    }
    const index = getSite().passages?.[lesson];
    if (!isLessonIndex(index)) return undefined;
    const ranking = new Ranking(index);
    this.#rankings.set(lesson, ranking);
    return ranking;
  }

  #closeByHand(): void {
    this.close();
    this.#opener.focus({ preventScroll: true });
  }

  #keyed(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !this.#isOpen) return;
    event.preventDefault();
    this.#closeByHand();
  }

  /** Go to a passage, mark it and take the reader's focus there. */
  #followed(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest("a[data-cw-source]") : null;
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    const isHere = link.href.replace(/#.*/, "") === location.href.replace(/#.*/, "");
    const target = isHere && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return; // the way to another page
    event.preventDefault();
    event.stopPropagation(); // Material (9.8) may fetch the page anew for a link within it
    history.replaceState(history.state, "", link.hash);
    for (const marked of document.querySelectorAll("[data-cw-marked]"))
      marked.removeAttribute("data-cw-marked");
    target.setAttribute("data-cw-marked", "");
    if (this.#isOpen && window.matchMedia(NARROW).matches) this.close();
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView();
  }
}

function part(host: HTMLElement, selector: string): HTMLElement {
  // A template of the theme's may lack a part; the rest is to work all the same.
  return host.querySelector<HTMLElement>(selector) ?? make("div");
}
