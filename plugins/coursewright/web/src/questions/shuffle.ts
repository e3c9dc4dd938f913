// An order of choices that looks random and is the same on every visit of one reader.

/**
 * Return the items in an order that depends on `seed` alone.
 *
 * @param items - Left as they are.
 */
export function shuffled<T>(items: readonly T[], seed: string): T[] {
  return items
    .map((item, index) => ({ item, place: hash(`${index}:${seed}`) }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** FNV-1a over code points with a last mix, 32 bits: neighbouring seeds give unlike orders. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const unit of text) value = Math.imul(value ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
