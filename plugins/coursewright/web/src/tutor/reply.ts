// Decides what the tutor replies: a passage of the lesson, a hint where to look, or that the lesson
// does not say. Pure; everything it can say stands in the lesson's index.
import type { Passage, SectionHead } from "../schema.ts";
import { type AskedWord, contentOf, isFact, type Question, readQuestion } from "./question.ts";
import { askedNumber, asksForKey, type OpenQuestion, repeated } from "./quiz-guard.ts";
import type { Ranked, Ranking } from "./ranking.ts";
import { mend } from "./spelling.ts";
import { isNumber, stem, stems, words } from "./stems.ts";

/** The best block must hold this part of the question's weight. */
const COVERED = 0.45;
/** More where a number, year or person is asked for with a word that the lesson lacks. */
const COVERED_EXACTLY = 0.6;
/** Either side of a comparison is short, so its block must hold more. */
const SIDE_COVERED = 0.6;
/** A second block is worth showing from this part of the first one's score. */
const ALSO = 0.5;
/** So many of the best blocks are looked at. */
const CANDIDATES = 5;
const NUMBER =
  /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|quarter|third|fifth|hundred|thousand|million)\b/i;
const YEAR = /\b(?:1[5-9]|20)\d\d\b/;
const PERSON = /\p{Ll}[,;:]? \p{Lu}\p{Ll}+|\p{Lu}\p{Ll}+ and (?:colleagues|\p{Lu})/u;

/** A quoted block; a list or table gives several passages. `sentence` is -1 where none stands out. */
export interface Quote {
  section: number;
  anchor: string;
  passages: readonly Passage[];
  sentence: number;
}

/** A section that is answered with the headings below it. */
export interface Outline {
  section: number;
  parts: readonly SectionHead[];
}

export interface Answer {
  verdict: "answer";
  quotes: readonly Quote[];
  outline: Outline | undefined;
  also: Quote | undefined;
  mended: readonly Mended[];
}

/** `unknown` are the reader's words that the lesson lacks; `closest` is a section, -1 for none. */
export interface Refusal {
  verdict: "refuse";
  unknown: readonly string[];
  closest: number;
  mended: readonly Mended[];
}

/** `closest` is the section to read for a question of the quiz, -1 for none. */
export interface Hint {
  verdict: "hint";
  closest: number;
  mended: readonly Mended[];
}

export type Reply = Answer | Refusal | Hint;

/** A word taken for another: as typed, and as the lesson writes it. */
export interface Mended {
  typed: string;
  meant: string;
}

/**
 * Reply to a question.
 *
 * @param ranking - The lesson.
 * @param text - The question; at least one word.
 * @param open - Questions of the page's quizzes that are not solved yet, in the page's order.
 * @param isCopy - Whether the text is known to repeat a question that is not on the page.
 */
export function reply(
  ranking: Ranking,
  text: string,
  open: readonly OpenQuestion[],
  isCopy = false,
): Reply {
  const copied = repeated(text, open);
  if (copied || isCopy || asksForKey(text)) {
    const wanted = askedNumber(text);
    const numbered = open.find(({ number }) => number > 0 && number === wanted);
    const about = copied?.stem ?? numbered?.stem ?? text;
    return { verdict: "hint", closest: closest(ranking.rank(stems(about))), mended: [] };
  }
  const question = readQuestion(text);
  const mended = mendWords(ranking, question.words);
  const wanted = question.words.map(({ stem }) => stem);
  const ranked = ranking.rank(wanted);
  const found = isOutside(ranking, question)
    ? undefined
    : (contrast(ranking, question) ??
      (isFact(question) ? undefined : definition(ranking, wanted, ranked)) ??
      (question.wantsList ? list(ranking, wanted, ranked) : undefined) ??
      passage(ranking, question, wanted, ranked));
  if (found) return { ...found, mended };
  const unknown = question.words.filter(({ stem }) => !ranking.knows(stem));
  return {
    verdict: "refuse",
    unknown: unknown.map(({ typed }) => typed),
    closest: closest(ranked),
    mended,
  };
}

/** Whether no passage can be the answer: something is to be made, or is the reader's own. */
function isOutside(ranking: Ranking, { isOrder, owned }: Question): boolean {
  return isOrder || (owned !== "" && !ranking.knows(owned));
}

type Found = Omit<Answer, "mended">;

function answered(quotes: readonly Quote[], also?: Quote, outline?: Outline): Found {
  return { verdict: "answer", quotes, also, outline };
}

/** Replace mistyped words by the lesson's own, in place; return which. */
function mendWords(ranking: Ranking, asked: AskedWord[]): Mended[] {
  const mended: Mended[] = [];
  for (const word of asked) {
    if (ranking.knows(word.stem) || ranking.standsFor(word.stem).length > 0) continue;
    const meant = mend(word.stem, ranking.stems);
    if (meant === undefined) continue;
    word.stem = meant;
    mended.push({ typed: word.typed, meant: asWritten(ranking, meant) });
  }
  return mended;
}

function asWritten(ranking: Ranking, wanted: string): string {
  const all = ranking.index.passages.flatMap(({ sentences }) => words(sentences.join(" ")));
  const forms = all.filter((word) => stem(word) === wanted);
  return forms.reduce(
    (best, word) => (word.length < best.length ? word : best),
    forms[0] ?? wanted,
  );
}

/** "The difference between X and Y": what the lesson says of the one and of the other. */
function contrast(ranking: Ranking, { sides }: Question): Found | undefined {
  if (!sides) return undefined;
  const quotes: Quote[] = [];
  const both: string[] = [];
  for (const side of sides) {
    const asked = contentOf(side);
    mendWords(ranking, asked);
    const wanted = asked.map((word) => word.stem);
    both.push(...wanted);
    const ranked = ranking.rank(wanted);
    const term = findTerm(ranking, wanted);
    const best = ranked.find(({ passage }) => ranking.coverage(wanted, passage) >= SIDE_COVERED);
    const chosen = term ?? best?.passage;
    if (!chosen) return undefined;
    if (!quotes.some(({ anchor }) => anchor === chosen.anchor))
      quotes.push(quote(ranking, chosen, wanted));
  }
  const shown = new Set(quotes.map(({ anchor }) => anchor));
  const also = ranking
    .rank(both)
    .find(
      ({ passage }) => !shown.has(passage.anchor) && ranking.coverage(both, passage) >= 0.8,
    )?.passage;
  return answered(quotes, also && quote(ranking, also, both));
}

/** A question whose only words are those of a key term. */
function definition(
  ranking: Ranking,
  wanted: readonly string[],
  ranked: readonly Ranked[],
): Found | undefined {
  const term = findTerm(ranking, wanted);
  if (!term) return undefined;
  const next = ranked.find(
    ({ passage }) => passage.kind !== "term" && ranking.coverage(wanted, passage) >= COVERED,
  );
  return answered([quote(ranking, term, wanted)], next && quote(ranking, next.passage, wanted));
}

function findTerm(ranking: Ranking, wanted: readonly string[]): Passage | undefined {
  const key = [...new Set(wanted)].sort().join(" ");
  return ranking.index.passages.find(
    ({ kind, sentences }) =>
      kind === "term" && [...new Set(stems(sentences[0] ?? ""))].sort().join(" ") === key,
  );
}

/** "Which X are there": a whole list or table, or the headings below one. */
function list(
  ranking: Ranking,
  wanted: readonly string[],
  ranked: readonly Ranked[],
): Found | undefined {
  const { sections, passages } = ranking.index;
  const title = new Set(stems(sections[0]?.title ?? "")); // what every section is about
  const special = wanted.filter((it) => !title.has(it));
  const named = sections
    .map((_, place) => place)
    .filter(
      (place) =>
        ranking.share(special, (it) => Number(ranking.headsOf(place).has(it))) >= SIDE_COVERED,
    );
  for (const section of named) {
    const group = passages.find((it) => it.section === section && it.group >= 0)?.group;
    const parts = sections.filter(({ parent }) => parent === section);
    if (group !== undefined) return answered([wholeGroup(ranking, group)]);
    if (parts.length > 1) return answered([], undefined, { section, parts });
  }
  const [best] = ranked;
  if (!best || best.passage.group < 0) return undefined;
  const members = passages.filter(({ group }) => group === best.passage.group);
  const covered = members.filter((it) => ranking.coverage(wanted, it) >= COVERED);
  return covered.length * 2 > members.length
    ? answered([wholeGroup(ranking, best.passage.group)])
    : undefined;
}

function wholeGroup(ranking: Ranking, group: number): Quote {
  const passages = ranking.index.passages.filter((it) => it.group === group);
  const { section = 0, anchor = "" } = passages[0] ?? {};
  return { section, anchor, passages, sentence: -1 };
}

/** The best block that holds enough of the question, and what is asked for. */
function passage(
  ranking: Ranking,
  question: Question,
  wanted: readonly string[],
  ranked: readonly Ranked[],
): Found | undefined {
  const exact = question.words.filter(({ isName, typed }) => isName || isNumber(typed));
  const needed = exact.map(({ stem }) => stem);
  const isExact = isFact(question) && !wanted.every((it) => ranking.knows(it));
  const enough = isExact ? COVERED_EXACTLY : COVERED;
  const best = ranked
    .slice(0, CANDIDATES)
    .find(
      (it) =>
        ranking.coverage(wanted, it.passage) >= enough &&
        ranking.holdsAll(needed, it.passage) &&
        holdsAsked(ranking, question, wanted, it.passage),
    );
  if (!best) return undefined;
  const also = ranked.find(
    (it) =>
      it.place !== best.place &&
      it.score >= ALSO * best.score &&
      ranking.coverage(wanted, it.passage) >= COVERED,
  );
  return answered(
    [quote(ranking, best.passage, wanted, question.wantsNumber ? NUMBER : undefined)],
    also && quote(ranking, also.passage, wanted),
  );
}

/** Whether what is asked for (a noun, a number, a year, a person) stands in the block. */
function holdsAsked(
  ranking: Ranking,
  question: Question,
  wanted: readonly string[],
  passage: Passage,
): boolean {
  const { sentences, section } = passage;
  const heads = ranking.headsOf(section);
  const { asked } = question;
  return sentences.some((sentence, place) => {
    const own = new Set(stems(sentence));
    const near = `${sentence} ${sentences[place + 1] ?? ""}`;
    const isNear = (it: string) => Number(own.has(it) || heads.has(it));
    const isTold =
      !(question.wantsYear || question.wantsPerson) || ranking.share(wanted, isNear) >= COVERED;
    return (
      isTold &&
      (asked.every((it) => own.has(it)) || asked.every((it) => heads.has(it))) &&
      (!question.wantsNumber || NUMBER.test(near)) &&
      (!question.wantsYear || YEAR.test(near)) &&
      (!question.wantsPerson || PERSON.test(near))
    );
  });
}

function quote(
  ranking: Ranking,
  passage: Passage,
  wanted: readonly string[],
  bonus?: RegExp,
): Quote {
  const isShort = passage.sentences.length < 2 || passage.kind === "term";
  const sentence = isShort ? -1 : ranking.bestSentence(wanted, passage, bonus);
  return { section: passage.section, anchor: passage.anchor, passages: [passage], sentence };
}

function closest(ranked: readonly Ranked[]): number {
  return ranked[0]?.passage.section ?? -1;
}
