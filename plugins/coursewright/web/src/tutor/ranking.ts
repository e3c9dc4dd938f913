// Which blocks of a lesson speak most of the words of a question: BM25 over the blocks, with a
// share for the headings above them. Scores are dimensionless; they only compare blocks.
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

export interface Ranked {
  /** Place in `passages`. */
  place: number;
  passage: Passage;
  score: number;
}

export class Ranking {
  readonly index: LessonIndex;
  readonly #lengths: number[];
  readonly #mean: number;
  readonly #heads: Set<string>[];

  constructor(index: LessonIndex) {
    this.index = index;
    this.#lengths = index.passages.map(() => 0);
    for (const places of Object.values(index.stems))
      for (const place of places) this.#lengths[place] = (this.#lengths[place] ?? 0) + 1;
    const total = this.#lengths.reduce((sum, length) => sum + length, 0);
    this.#mean = total / Math.max(1, this.#lengths.length);
    this.#heads = index.sections.map(({ title, parent }, place) => {
      const above = place > 0 && parent > 0 ? stems(index.sections[parent]?.title ?? "") : [];
      return new Set(place > 0 ? [...stems(title), ...above] : []);
    });
  }

  /** Whether the lesson has the word, in a block or a heading. */
  knows(stem: string): boolean {
    return this.#places(stem).length > 0 || this.#heads.some((heads) => heads.has(stem));
  }

  /** How much a word tells: rare ones more, unknown ones most. */
  weight(stem: string): number {
    const blocks = new Set(this.#places(stem)).size;
    return Math.log(1 + (this.index.passages.length - blocks + 0.5) / (blocks + 0.5));
  }

  /** Return the blocks that hold any of the stems, best first. */
  rank(wanted: readonly string[]): Ranked[] {
    const scores = this.index.passages.map(() => 0);
    for (const stem of new Set(wanted)) {
      const weight = this.weight(stem);
      for (const [place, times] of this.#times(stem)) {
        const long = 1 - LENGTH + (LENGTH * (this.#lengths[place] ?? 0)) / this.#mean;
        const share = (times * (SATURATION + 1)) / (times + SATURATION * long);
        scores[place] = (scores[place] ?? 0) + weight * share;
      }
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

  /** What words add that stand side by side in the question and in the block. */
  #together(wanted: readonly string[], { sentences }: Passage): number {
    const pairs = new Set(
      sentences.flatMap((sentence) => pairsOf(stems(sentence)).map(([a, b]) => `${a} ${b}`)),
    );
    return pairsOf(wanted)
      .filter(([a, b]) => pairs.has(`${a} ${b}`))
      .reduce((sum, [a, b]) => sum + TOGETHER * Math.min(this.weight(a), this.weight(b)), 0);
  }

  /** Return the part of the question's weight that a block and its headings hold, 0 to 1. */
  coverage(wanted: readonly string[], passage: Passage): number {
    const own = new Set(stems(passage.sentences.join(" ")));
    return this.share(wanted, (stem) => own.has(stem) || this.headsOf(passage.section).has(stem));
  }

  /** Return the part of the question's weight that fulfils a condition, 0 to 1. */
  share(wanted: readonly string[], holds: (stem: string) => boolean): number {
    let found = 0;
    let all = 0;
    for (const stem of new Set(wanted)) {
      const weight = this.weight(stem);
      all += weight;
      if (holds(stem)) found += weight;
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
      const score = this.share(wanted, (stem) => own.has(stem)) + (bonus?.test(sentence) ? 0.3 : 0);
      if (score > most) [best, most] = [place, score];
    }
    return best;
  }

  #places(stem: string): readonly number[] {
    return Object.hasOwn(this.index.stems, stem) ? (this.index.stems[stem] ?? []) : [];
  }

  #times(stem: string): Map<number, number> {
    const times = new Map<number, number>();
    for (const place of this.#places(stem)) times.set(place, (times.get(place) ?? 0) + 1);
    return times;
  }
}

function byScore(a: Ranked, b: Ranked): number {
  return b.score - a.score || a.place - b.place;
}

function pairsOf(stems: readonly string[]): [string, string][] {
  return stems.slice(1).map((stem, place) => [stems[place] ?? "", stem]);
}
