// Mends a word with one mistyped letter when the lesson has a word that it can only be.

/** Shorter words are too easily another: with two letters swapped, one too few or many, one wrong. */
const SHORTEST = { swapped: 4, lengthened: 5, changed: 7 };

/**
 * Return the only known stem that is one edit away: a letter too many, missing, wrong, or two
 * swapped. The first letter must fit, because people rarely miss it. Undefined for none or several.
 */
export function mend(stem: string, known: Iterable<string>): string | undefined {
  if (/\d/.test(stem)) return undefined;
  let found: string | undefined;
  for (const other of known) {
    if (other[0] !== stem[0] || !isOneEdit(stem, other)) continue;
    if (found !== undefined) return undefined;
    found = other;
  }
  return found;
}

function isOneEdit(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  const [x, y] = [a.slice(start), b.slice(start)];
  if (x.length !== y.length)
    return shorter >= SHORTEST.lengthened - 1 && (x.slice(1) === y || x === y.slice(1));
  const isSwap = x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2);
  if (isSwap) return shorter >= SHORTEST.swapped;
  return shorter >= SHORTEST.changed && x.slice(1) === y.slice(1);
}
