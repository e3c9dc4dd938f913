// A reply of the tutor as elements: the quoted passage with its best sentence marked, and links to
// where it stands. Everything goes in as text.
import type { LessonIndex, Passage } from "../schema.ts";
import { t } from "../strings.ts";
import type { Answer, Hint, Quote, Refusal, Reply } from "../tutor/reply.ts";
import { make, makeSpoken } from "./dom.ts";

/** No more unknown words than this are named. */
const NAMED = 4;

/** Make the entry for a question; the reply is added to it. */
export function makeEntry(asked: string): HTMLElement {
  const entry = make("div", { class: "cw-reply" });
  const line = make("p", { class: "cw-reply__question" });
  line.append(makeSpoken(`${t("tutor.asked")} `), asked);
  entry.append(line);
  return entry;
}

/** Put a reply into the entry of its question. */
export function showReply(entry: HTMLElement, index: LessonIndex, reply: Reply): void {
  entry.dataset.cwReply = "";
  entry.dataset.cwVerdict = reply.verdict;
  for (const { typed, meant } of reply.mended)
    entry.append(make("p", { class: "cw-reply__note" }, t("tutor.mended", { typed, meant })));
  if (reply.verdict === "answer") entry.append(...answerParts(index, reply));
  else if (reply.verdict === "refuse") entry.append(...refusalParts(index, reply));
  else entry.append(...hintParts(index, reply));
}

function answerParts(index: LessonIndex, { quotes, outline, also }: Answer): HTMLElement[] {
  const parts = quotes.flatMap((quote) => quoteParts(index, quote, "tutor.from"));
  if (outline) {
    parts.push(sectionLine(index, outline.section, "tutor.from"));
    const list = make("ul", { class: "cw-reply__outline" });
    for (const { anchor, title } of outline.parts) {
      const item = make("li");
      item.append(sourceLink(anchor, title));
      list.append(item);
    }
    parts.push(list);
  }
  if (also) {
    const second = make("div", { class: "cw-reply__also" });
    second.append(...quoteParts(index, also, "tutor.also"));
    parts.push(second);
  }
  return parts;
}

function refusalParts(index: LessonIndex, { unknown, closest }: Refusal): HTMLElement[] {
  const words = unknown.slice(0, NAMED).map((word) => t("tutor.quoted", { word }));
  const names = new Intl.ListFormat(document.documentElement.lang || "en", {
    type: "disjunction",
  }).format(words);
  const said = words.length > 0 ? t("tutor.unknown", { words: names }) : t("tutor.untold");
  const parts: HTMLElement[] = [make("p", {}, said)];
  if (closest >= 0) parts.push(sectionLine(index, closest, "tutor.closest"));
  return parts;
}

function hintParts(index: LessonIndex, { closest }: Hint): HTMLElement[] {
  const parts: HTMLElement[] = [make("p", {}, t("tutor.hint"))];
  if (closest >= 0) parts.push(sectionLine(index, closest, "tutor.look"));
  return parts;
}

function quoteParts(index: LessonIndex, quote: Quote, key: string): HTMLElement[] {
  const block = make("blockquote", { class: "cw-reply__passage" });
  const [first] = quote.passages;
  if (quote.passages.length === 1 && first) block.append(passageText(first, quote.sentence));
  else {
    const list = make("ul");
    for (const { sentences } of quote.passages) list.append(make("li", {}, sentences.join(" ")));
    block.append(list);
  }
  return [sectionLine(index, quote.section, key, quote.anchor), block];
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
function sectionLine(index: LessonIndex, place: number, key: string, anchor = ""): HTMLElement {
  const section = index.sections[place];
  const target = anchor || section?.anchor || index.passages[0]?.anchor || "";
  const line = make("p", { class: "cw-reply__source" });
  line.append(`${t(key)} `, sourceLink(target, section?.title ?? ""));
  return line;
}

function sourceLink(anchor: string, title: string): HTMLElement {
  return make("a", { href: `#${encodeURIComponent(anchor)}`, "data-cw-source": "" }, title);
}
