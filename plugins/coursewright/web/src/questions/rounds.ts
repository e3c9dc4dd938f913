// Which question of a quiz comes when: rounds of a few, a pause with the score after each, and
// practice of what was missed. Pure; the element draws what this says.

/** Where a reader is in a quiz. All numbers are indexes from 0. */
export type Place =
  | { at: "question"; question: number }
  | { at: "summary"; round: number }
  | { at: "practice"; questions: readonly number[]; step: number; round: number };

/**
 * Split `total` questions into rounds of at most `size`, as even as possible: 11 in rounds of 5
 * become 4, 4 and 3, and nobody meets a round of one.
 *
 * @returns Indexes of the questions of each round.
 */
export function roundsOf(total: number, size: number): number[][] {
  const count = Math.max(1, Math.ceil(total / Math.max(1, size)));
  const all = [...Array(total).keys()];
  return Array.from({ length: count }, (_, round) =>
    all.filter((index) => Math.floor((index * count) / Math.max(1, total)) === round),
  );
}

/** Return the round in which a question is. */
export function roundOf(rounds: readonly number[][], question: number): number {
  return Math.max(
    0,
    rounds.findIndex((round) => round.includes(question)),
  );
}

/** Return the question shown at a place, undefined at a summary. */
export function shownAt(place: Place): number | undefined {
  if (place.at === "question") return place.question;
  return place.at === "practice" ? place.questions[place.step] : undefined;
}

/** Return the place after Next: the next question, or the summary at the end of a round. */
export function nextPlace(place: Place, rounds: readonly number[][]): Place {
  if (place.at === "practice") {
    const step = place.step + 1;
    if (step < place.questions.length) return { ...place, step };
    return { at: "summary", round: place.round };
  }
  if (place.at === "summary") {
    const first = rounds[place.round + 1]?.[0];
    return first === undefined ? place : { at: "question", question: first };
  }
  const round = roundOf(rounds, place.question);
  const isLast = rounds[round]?.at(-1) === place.question;
  return isLast ? { at: "summary", round } : { at: "question", question: place.question + 1 };
}

/**
 * Return where a reader goes on who comes back: at the question answered last, so that a reload
 * changes nothing, else at the first.
 *
 * @param lastStamps - Stamp of each question's last attempt, 0 for none.
 */
export function resumePlace(lastStamps: readonly number[]): Place {
  const latest = Math.max(0, ...lastStamps);
  return { at: "question", question: latest > 0 ? lastStamps.indexOf(latest) : 0 };
}

/** Return the place to practise the questions given, or the summary when there are none. */
export function practicePlace(questions: readonly number[], round: number): Place {
  if (questions.length === 0) return { at: "summary", round };
  return { at: "practice", questions, step: 0, round };
}
