// A checksum that finds every change of one byte or word, takes 5 ms for Python's memory and, other
// than the browser's digests, exists on every page and answers at once. Not against intent.

/** Return a number below 2^32 for `bytes`, which may begin anywhere in their buffer. */
export function checksum(bytes: Uint8Array): number {
  const whole = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const words = new Uint32Array(whole.buffer, whole.byteOffset, whole.byteLength >>> 2);
  let sum = 0x811c9dc5 ^ bytes.length;
  for (let index = 0; index < words.length; index += 1) {
    sum = Math.imul(sum ^ (words[index] as number), 0x01000193);
    sum ^= sum >>> 15;
  }
  for (let index = words.length * 4; index < whole.length; index += 1) {
    sum = Math.imul(sum ^ (whole[index] as number), 0x01000193);
  }
  return sum >>> 0;
}
