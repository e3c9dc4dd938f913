// Which blocks of a lesson speak most of the words of a question: BM25 over the blocks, with a
// share for the headings above them, for the rest of the section, and for words that mean about the
// same. Scores are dimensionless; they only compare blocks.
import type { LessonIndex, Passage } from "../schema.ts";
import { stems } from "./stems.ts";

/** How fast repeating a word stops counting, and how much long blocks are held back. */
const SATURATION = 1.2;
const LENGTH = 0.5;
/** Two words that stand together as in the question add this part of the weaker one's weight. */
const TOGETHER = 0.5;
/** So many of the best blocks are looked at for that. */
const CLOSER = 12;
/** A word in a heading counts as this part of one in the block. */
const HEADING = 0.25;
/** A word that means about the same counts as this part of the word itself. */
const NEAR = 0.5;
/** A word elsewhere in the section counts as this part of one in the block. */
const BESIDE = 0.4;
/** Least part of the question's weight that a block must hold in the question's own words. */
const LITERAL = 0.2;

export interface Ranked {
  /** Place in `passages`. */
  place: number;
  passage: Passage;
  score: number;
}

export class Ranking {
  readonly index: LessonIndex;
  /** How often each stem stands in which passages. */
  readonly #times = new Map<string, Map<number, number>>();
  readonly #lengths: number[];
  readonly #mean: number;
  readonly #heads: Set<string>[];
  readonly #sections: Set<string>[];
  readonly #near = new Map<string, string[]>();

  constructor(index: LessonIndex) {
    this.index = index;
    this.#sections = index.sections.map(() => new Set());
    this.#lengths = index.passages.map(({ sentences, section }, place) => {
      const all = stems(sentences.join(" "));
      for (const stem of all) {
        const times = this.#times.get(stem) ?? new Map<number, number>();
        times.set(place, (times.get(place) ?? 0) + 1);
        this.#times.set(stem, times);
        this.#sections[section]?.add(stem);
      }
      return all.length;
    });
    const total = this.#lengths.reduce((sum, length) => sum + length, 0);
    this.#mean = total / Math.max(1, this.#lengths.length);
    this.#heads = index.sections.map(({ title, parent }, place) => {
      const above = place > 0 && parent > 0 ? stems(index.sections[parent]?.title ?? "") : [];
      return new Set(place > 0 ? [...stems(title), ...above] : []);
    });
    for (const [own, others] of Object.entries(index.near))
      for (const other of others.split(" "))
        this.#near.set(other, [...(this.#near.get(other) ?? []), own]);
  }

  /** The stems of all words in blocks. */
  get stems(): Iterable<string> {
    return this.#times.keys();
  }

  /** Whether the lesson has the word, in a block or a heading. */
  knows(stem: string): boolean {
    return this.#times.has(stem) || this.#heads.some((heads) => heads.has(stem));
  }

  /** Return the lesson's stems that mean about the same as one that it lacks. */
  standsFor(stem: string): readonly string[] {
    return this.knows(stem) ? [] : (this.#near.get(stem) ?? []);
  }

  /** How much a word tells: rare ones more, unknown ones most. */
  weight(stem: string): number {
    const near = this.standsFor(stem);
    if (near.length > 0) return Math.max(...near.map((it) => this.weight(it)));
    const blocks = this.#times.get(stem)?.size ?? 0;
    return Math.log(1 + (this.index.passages.length - blocks + 0.5) / (blocks + 0.5));
  }

  /** Return the blocks that hold any of the stems, best first. */
  rank(wanted: readonly string[]): Ranked[] {
    const scores = this.index.passages.map(() => 0);
    for (const stem of new Set(wanted)) {
      const weight = this.weight(stem);
      for (const [place, share] of this.#shares(stem))
        scores[place] = (scores[place] ?? 0) + weight * share;
      for (const [place, { section }] of this.index.passages.entries())
        if (this.headsOf(section).has(stem))
          scores[place] = (scores[place] ?? 0) + HEADING * weight;
    }
    const ranked = this.index.passages
      .map((passage, place) => ({ place, passage, score: scores[place] ?? 0 }))
      .filter(({ score }) => score > 0)
      .sort(byScore);
    for (const it of ranked.slice(0, CLOSER)) it.score += this.#together(wanted, it.passage);
    return ranked.sort(byScore);
  }

  /** What a word, or the best that stands for it, adds to the blocks that hold it. */
  #shares(stem: string): Map<number, number> {
    const shares = new Map<number, number>();
    for (const it of [stem, ...this.standsFor(stem)])
      for (const [place, times] of this.#times.get(it) ?? []) {
        const long = 1 - LENGTH + (LENGTH * (this.#lengths[place] ?? 0)) / this.#mean;
        const share = (times * (SATURATION + 1)) / (times + SATURATION * long);
        const part = it === stem ? share : NEAR * share;
        shares.set(place, Math.max(shares.get(place) ?? 0, part));
      }
    return shares;
  }

  /** What words add that stand side by side in the question and in the block. */
  #together(wanted: readonly string[], { sentences }: Passage): number {
    const pairs = new Set(
      sentences.flatMap((sentence) => pairsOf(stems(sentence)).map(([a, b]) => `${a} ${b}`)),
    );
    return pairsOf(wanted)
      .filter(([a, b]) => pairs.has(`${a} ${b}`))
      .reduce((sum, [a, b]) => sum + TOGETHER * Math.min(this.weight(a), this.weight(b)), 0);
  }

  /**
   * Return the part of the question's weight that a block holds with its headings, 0 to 1: its
   * words, in part those that mean about the same, and in part those beside it in its section.
   * 0 when too little of it is in the question's own words.
   */
  coverage(wanted: readonly string[], passage: Passage): number {
    const own = new Set(stems(passage.sentences.join(" ")));
    const heads = this.headsOf(passage.section);
    const holds = (stem: string) => own.has(stem) || heads.has(stem);
    if (this.share(wanted, (stem) => Number(holds(stem))) < LITERAL) return 0;
    const beside = this.#sections[passage.section];
    const part = (stem: string) => (holds(stem) ? 1 : beside?.has(stem) ? BESIDE : 0);
    return this.share(wanted, (stem) =>
      Math.max(part(stem), ...this.standsFor(stem).map((it) => NEAR * part(it))),
    );
  }

  /** Whether a block with its headings holds each of the stems itself. */
  holdsAll(wanted: readonly string[], passage: Passage): boolean {
    const own = new Set(stems(passage.sentences.join(" ")));
    return wanted.every((stem) => own.has(stem) || this.headsOf(passage.section).has(stem));
  }

  /** Return the part of the question's weight that is held, 0 to 1. `held` tells it of one stem. */
  share(wanted: readonly string[], held: (stem: string) => number): number {
    let found = 0;
    let all = 0;
    for (const stem of new Set(wanted)) {
      const weight = this.weight(stem);
      all += weight;
      found += weight * held(stem);
    }
    return all > 0 ? found / all : 0;
  }

  /** Stems of the headings above a block. */
  headsOf(section: number): ReadonlySet<string> {
    return this.#heads[section] ?? new Set();
  }

  /** Return the place of the sentence that holds most of the question's weight. */
  bestSentence(wanted: readonly string[], passage: Passage, bonus?: RegExp): number {
    let best = 0;
    let most = -1;
    for (const [place, sentence] of passage.sentences.entries()) {
      const own = new Set(stems(sentence));
      const score =
        this.share(wanted, (stem) => Number(own.has(stem))) + (bonus?.test(sentence) ? 0.3 : 0);
      if (score > most) [best, most] = [place, score];
    }
    return best;
  }
}

function byScore(a: Ranked, b: Ranked): number {
  return b.score - a.score || a.place - b.place;
}

function pairsOf(stems: readonly string[]): [string, string][] {
  return stems.slice(1).map((stem, place) => [stems[place] ?? "", stem]);
}
