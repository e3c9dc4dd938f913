// What a reader's question asks for: its words, what kind of answer would do, and the two sides of
// a comparison. English; the only other place that knows the language is `stems.ts`.
import { isNumber, STOP_WORDS, stem, words } from "./stems.ts";

/** Words of asking itself, and those that stand for any thing or person: a lesson need not know them. */
const ASKING = new Set(
  `actually anybody anyone anything anywhere article call called came cannot cant chapter come comes compare
  contrast course define
  definition describe detail details differ difference differences different discuss discussed
  discusses distinguish distinguishes doesnt dont everybody everyone everything exactly example examples explain explained explains figure give
  given gives go goes going gone happen happened happens help hows idea information isnt kind kinds know lesson list making maybe mean
  meaning means meant mention mentioned mentions name names nobody nothing page perhaps please question really say says
  said somebody somehow someone something sometimes somewhere sort sorts summarise summarize table take taken takes tell tells text thing things think took tutor type types versus
  vs want way ways went whats wheres whos word words work works`.split(/\s+/),
);
const HOW_MANY = /\bhow (?:many|much|often|long|large|big|high|small|far|good|well)\b/;
const MEASURES =
  "often long large big high small far good better worse faster slower higher lower larger".split(
    " ",
  );
const QUANTITY = new Set(
  "fraction frequency number numbers percent percentage probability proportion rate share".split(
    " ",
  ),
);
const LIST =
  /^(?:list|name|enumerate|which \w+s)\b|\bwhat are\b|\b(?:what|which) (?:kinds|types|sorts)\b|\bwhich are\b|\bare there\b|\bexamples? (?:of|for|in|from)\b|\ball the\b/;
const SIDES: readonly RegExp[] = [
  /\bdifferen\w+ (?:is there )?between (.+?) and (.+)$/,
  /\bdistinguish\w*(?: between)? (.+?) (?:from|and) (.+)$/,
  /\b(?:how|in what way) (?:do|does|is|are) (.+?) (?:differ|different) (?:from|to) (.+)$/,
  /\btell (.+?) (?:from|and) (.+?)(?: apart)?$/,
  /\bcompare (.+?) (?:and|with|to) (.+)$/,
  /\bcontrast (.+?) (?:and|with) (.+)$/,
  /^(?:what is |is |are )?(.+?) (?:vs\.?|versus|as opposed to) (.+)$/,
  /^(.+?) (?:or|and) (.+?),? (?:how do they differ|what is the difference|what's the difference)/,
  /^(?:is|are) (.+?) the same (?:thing )?as (.+)$/,
];

/** Orders to make something, which quoting cannot fulfil. */
const ORDER =
  /^(?:please |now |can you |could you |will you )*(?:act|book|compose|create|draw|generate|invent|pretend|recommend|sing|translate|write)\b/;
/** What an order or a question takes for the reader's own or for handed out: it must be there. */
const WANTED = /\b(?:my own|my|(?:show|give) me (?:the|an?|some))\b(.*)$/;

/** A word of the question that stands for something. `typed` is how the reader wrote it. */
export interface AskedWord {
  typed: string;
  stem: string;
  isName: boolean;
}

export interface Question {
  words: AskedWord[];
  /** Stems of the nouns asked for, as in "which *learning rate*"; all must stand together. */
  asked: string[];
  wantsNumber: boolean;
  wantsYear: boolean;
  wantsPerson: boolean;
  wantsList: boolean;
  /** Whether something is to be made and not looked up. */
  isOrder: boolean;
  /** Stem of the word for what is the reader's own, or is to be shown; empty for none. */
  owned: string;
  sides: [string, string] | undefined;
}

/** Read a question. */
export function readQuestion(text: string): Question {
  const lower = text
    .toLowerCase()
    .replace(/[?.!\s]+$/, "")
    .trim();
  const asked = askedNouns(lower);
  const wantsYear = /^when (?:was|were|did)\b|\b(?:what|which) year\b/.test(lower);
  const isShare = asked.length === 1 && QUANTITY.has(asked[0] ?? "");
  const wantsNumber = !wantsYear && (HOW_MANY.test(lower) || isShare);
  const dropped = new Set([
    ...(wantsYear ? ["year"] : []),
    ...(isShare ? asked : []),
    ...(HOW_MANY.test(lower) ? MEASURES : []),
  ]);
  return {
    words: contentOf(text).filter(({ typed }) => !dropped.has(typed)),
    asked: asked.filter((word) => !dropped.has(word)).map(stem),
    wantsNumber,
    wantsYear,
    wantsPerson: /^who\b|^whose\b|\bby whom\b/.test(lower),
    wantsList: LIST.test(lower),
    isOrder: ORDER.test(lower),
    owned: contentOf(WANTED.exec(lower)?.[1] ?? "")[0]?.stem ?? "",
    sides: sidesOf(lower),
  };
}

/** Whether a number, a year or a person is asked for. */
export function isFact({ wantsNumber, wantsYear, wantsPerson }: Question): boolean {
  return wantsNumber || wantsYear || wantsPerson;
}

/** Return the words of a text that say what is asked about, each stem once. */
export function contentOf(text: string): AskedWord[] {
  const names = namesIn(text);
  const found = new Map<string, AskedWord>();
  for (const typed of words(text)) {
    if (isAsking(typed)) continue;
    const cut = stem(typed);
    if (!found.has(cut)) found.set(cut, { typed, stem: cut, isName: names.has(typed) });
  }
  return [...found.values()];
}

function isAsking(word: string): boolean {
  return STOP_WORDS.has(word) || ASKING.has(word);
}

/** Words with a capital letter that no sentence begins with, in small letters. */
function namesIn(text: string): Set<string> {
  const inside = text.match(/(?<=[\p{L}\p{N},;:] ['"“(]?)\p{Lu}[\p{L}\p{N}]*/gu) ?? [];
  return new Set(inside.flatMap((name) => words(name)));
}

function sidesOf(lower: string): [string, string] | undefined {
  for (const pattern of SIDES) {
    const [, left, right] = pattern.exec(lower) ?? [];
    if (left && right && contentOf(left).length > 0 && contentOf(right).length > 0)
      return [left, right];
  }
  return undefined;
}

/**
 * Return the content words right after "which", "what" or "how many", up to the next stop word;
 * after "what is the", only a name of several words, as a single one is often said otherwise.
 */
function askedNouns(lower: string): string[] {
  const match =
    /\b(?:which|what|whose|how many|how much)\b(?<is>(?:'s| is| was| are| were) (?:the|an?|its|their)\b)?(?<after>.*)$/.exec(
      lower,
    );
  const nouns: string[] = [];
  for (const word of words(match?.groups?.after ?? "")) {
    if (ASKING.has(word) || isNumber(word)) continue;
    if (STOP_WORDS.has(word)) break;
    nouns.push(word);
  }
  if (match?.groups?.is) return nouns.length < 2 ? [] : nouns.slice(0, 2);
  return nouns.length > 3 ? [] : nouns;
}
