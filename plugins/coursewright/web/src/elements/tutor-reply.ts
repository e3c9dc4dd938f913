// A reply of the tutor as elements: the quoted passage with its best sentence marked, and links to
// where it stands. Everything goes in as text.
import type { LessonIndex, Passage } from "../schema.ts";
import { t } from "../strings.ts";
import { cellsOf } from "../tutor/lesson-index.ts";
import type { Answer, Hint, Quote, Refusal, Reply } from "../tutor/reply.ts";
import { make, makeSpoken } from "./dom.ts";

/** No more unknown words than this are named. */
const NAMED = 4;

/** The lesson that a reply quotes. `page` is the address of its page, "" on that page itself. */
export interface Source {
  index: LessonIndex;
  page: string;
}

/**
 * Make the entry for a question; the reply is added to it.
 *
 * @param lesson - Title of the lesson that was asked, where it must be named.
 */
export function makeEntry(asked: string, lesson: string): HTMLElement {
  const entry = make("div", { class: "cw-reply" });
  const line = make("p", { class: "cw-reply__question" });
  line.append(makeSpoken(`${t("tutor.asked")} `), asked);
  entry.append(line);
  if (lesson) entry.append(make("p", { class: "cw-reply__note" }, t("tutor.of", { lesson })));
  return entry;
}

/** Put a reply into the entry of its question. */
export function showReply(entry: HTMLElement, source: Source, reply: Reply): void {
  entry.dataset.cwReply = "";
  entry.dataset.cwVerdict = reply.verdict;
  for (const { typed, meant } of reply.mended)
    entry.append(make("p", { class: "cw-reply__note" }, t("tutor.mended", { typed, meant })));
  if (reply.verdict === "answer") entry.append(...answerParts(source, reply));
  else if (reply.verdict === "refuse") entry.append(...refusalParts(source, reply));
  else entry.append(...hintParts(source, reply));
}

function answerParts(source: Source, { quotes, outline, also }: Answer): HTMLElement[] {
  const parts = quotes.flatMap((quote) => quoteParts(source, quote, "tutor.from"));
  if (outline) {
    parts.push(sectionLine(source, outline.section, "tutor.from"));
    const list = make("ul", { class: "cw-reply__outline" });
    for (const { anchor, title } of outline.parts) {
      const item = make("li");
      item.append(sourceLink(source, anchor, title));
      list.append(item);
    }
    parts.push(list);
  }
  if (also) {
    const second = make("div", { class: "cw-reply__also" });
    second.append(...quoteParts(source, also, "tutor.also"));
    parts.push(second);
  }
  return parts;
}

function refusalParts(source: Source, { unknown, closest }: Refusal): HTMLElement[] {
  const words = unknown.slice(0, NAMED).map((word) => t("tutor.quoted", { word }));
  const names = new Intl.ListFormat(document.documentElement.lang || "en", {
    type: "disjunction",
  }).format(words);
  const said = words.length > 0 ? t("tutor.unknown", { words: names }) : t("tutor.untold");
  const parts: HTMLElement[] = [make("p", {}, said)];
  if (closest >= 0) parts.push(sectionLine(source, closest, "tutor.closest"));
  return parts;
}

function hintParts(source: Source, { closest }: Hint): HTMLElement[] {
  const parts: HTMLElement[] = [make("p", {}, t("tutor.hint"))];
  if (closest >= 0) parts.push(sectionLine(source, closest, "tutor.look"));
  return parts;
}

function quoteParts(source: Source, quote: Quote, key: string): HTMLElement[] {
  const block = make("blockquote", { class: "cw-reply__passage" });
  const [first] = quote.passages;
  if (quote.passages.length === 1 && first) {
    block.append(first.kind === "row" ? rowText(first) : passageText(first, quote.sentence));
  } else {
    const list = make("ul");
    for (const { sentences } of quote.passages) list.append(make("li", {}, sentences.join(" ")));
    block.append(list);
  }
  return [sectionLine(source, quote.section, key, quote.anchor), block];
}

/** A row of a table, one cell below the other: the index names each by its column. */
function rowText(row: Passage): HTMLElement {
  const list = make("ul");
  for (const cell of cellsOf(row)) list.append(make("li", {}, cell));
  return list;
}

function passageText({ kind, sentences }: Passage, marked: number): HTMLElement {
  const text = make("p");
  for (const [place, sentence] of sentences.entries()) {
    const isTerm = kind === "term" && place === 0;
    const tag = isTerm ? "strong" : place === marked ? "mark" : "span";
    text.append(make(tag, {}, isTerm ? `${sentence}:` : sentence), " ");
  }
  return text;
}

/** A line of words with a link to a section, or to a place in it. */
function sectionLine(source: Source, place: number, key: string, anchor = ""): HTMLElement {
  const { index } = source;
  const section = index.sections[place];
  const target = anchor || section?.anchor || index.passages[0]?.anchor || "";
  const line = make("p", { class: "cw-reply__source" });
  line.append(`${t(key)} `, sourceLink(source, target, section?.title ?? ""));
  return line;
}

function sourceLink({ page }: Source, anchor: string, title: string): HTMLElement {
  const href = `${page}#${encodeURIComponent(anchor)}`;
  return make("a", { href, "data-cw-source": "" }, title);
}
