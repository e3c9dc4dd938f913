// Words of English text, cut back to what their forms have in common. The build does the same to
// a lesson (`stems.py`), rule for rule: tests/contract/tutor/stems.json holds both to it.

const WORD = /\p{Nd}+(?:[.,]\p{Nd}+)*|\p{L}+(?:['’]\p{L}+)?/gu;

/** Words that say nothing about what a text is about. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again all also although always am an and another any are aren as at be
  because been before being below between both but by can cannot could couldn did didn do does
  doesn doing don done down during each either else ever every for from further get gets had
  hadn has hasn have haven having he her here hers him his how however i if in into is isn it
  its itself just ll let like made make makes many may me might more most much must my myself
  neither never no nor not now of off on once one only onto or other others our ours out over
  own per quite rather re same shall she should so some still such than that the their them
  then there therefore these they this those though through thus to too under until up upon us
  use used uses using ve very was wasn we well were weren what when where whether which while
  who whom whose why will with within without would wouldn yes yet you your yours`.split(/\s+/),
);

/** Forms that no ending explains, and the word that they are forms of. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  `bought buy, broke break, broken break, built build, chose choose, chosen choose, came
  come, died die, drawn draw, drew draw, dying die, fallen fall, fell fall, forgot forget,
  forgotten forget, found find, gave give, given give, gone go, grew grow, grown grow,
  heard hear, held hold, hid hide, hidden hide, kept keep, knew know, known know, laid
  lay, lain lie, learnt learn, led lead, lost lose, lying lie, meant mean, met meet, paid
  pay, ran run, risen rise, rose rise, said say, saw see, seen see, sent send, shown show,
  sought seek, spent spend, stuck stick, taken take, taught teach, thought think, told
  tell, took take, understood understand, went go, won win, written write, wrote write`
    .split(/,\s*/)
    .map((pair) => pair.trim().split(/\s+/) as [string, string]),
);

/** Of each group the first ending that fits is replaced: ending, replacement, letters left. */
const RULES: readonly (readonly (readonly [string, string, number])[])[] = [
  [
    ["our", "or", 3],
    ["ours", "ors", 3],
  ],
  [
    ["sses", "ss", 2],
    ["ches", "ch", 2],
    ["shes", "sh", 2],
    ["xes", "x", 2],
    ["ies", "y", 2],
    ["ss", "ss", 0],
    ["us", "us", 0],
    ["is", "is", 0],
    ["s", "", 2],
  ],
  [
    ["ness", "", 3],
    ["ment", "", 4],
  ],
  [
    ["fully", "ful", 3],
    ["ly", "", 3],
  ],
  [["ful", "", 3]],
  [
    ["ied", "y", 2],
    ["ing", "", 3],
    ["ed", "", 3],
  ],
  [
    ["ication", "i", 3],
    ["ization", "iz", 2],
    ["isation", "iz", 2],
    ["er", "", 4],
  ],
  [
    ["sion", "s", 3],
    ["tion", "t", 3],
  ],
  [
    ["e", "", 3],
    ["y", "i", 2],
  ],
  [
    ["alis", "aliz", 2],
    ["imis", "imiz", 2],
    ["aris", "ariz", 2],
    ["enc", "ens", 3],
  ],
];
const VOWEL = /[aeiouy]/;
const DOUBLE = /([bdfglmnprstz])\1$/;

/** Return the words and numbers of a text: small letters, no accents, no 's, no 1,000s comma. */
export function words(text: string): string[] {
  const bare = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return (bare.match(WORD) ?? []).map((word) =>
    isNumber(word)
      ? word.replaceAll(",", "")
      : word.replace(/^.*n['’]t$/, "not").replace(/['’].*$/, ""),
  );
}

export function isNumber(word: string): boolean {
  return /^\p{Nd}/u.test(word);
}

/** Return what forms of a word share; numbers stay as they are. */
export function stem(word: string): string {
  if (isNumber(word)) return word;
  let rest = IRREGULAR.get(word) ?? word;
  for (const group of RULES) {
    const rule = group.find(
      ([ending, , least]) => rest.endsWith(ending) && rest.length - ending.length >= least,
    );
    if (!rule) continue;
    const before = rest.slice(0, rest.length - rule[0].length);
    if (VOWEL.test(before)) rest = before + rule[1];
  }
  return rest.replace(DOUBLE, "$1");
}

/** Return the stems of the words of a text that say what it is about, in order. */
export function stems(text: string): string[] {
  return words(text)
    .filter((word) => !STOP_WORDS.has(word))
    .map(stem);
}
