// Import before Pyodide: everything that differs between two runs, machines or folders and could
// reach the interpreter's memory stands still. Only then do two builds give the same bytes.
import { createRequire } from "node:module";

/** 2020-01-01, the time of every build. */
const NOW = 1_577_836_800_000;
const RealDate = Date;

class FrozenDate extends RealDate {
  constructor(...parts) {
    super(...(parts.length > 0 ? parts : [NOW]));
  }

  static now() {
    return NOW;
  }
}

globalThis.Date = FrozenDate;
performance.now = () => 0;
/** What the script was called with; Emscripten would put it and the script's path into memory. */
export const args = process.argv.slice(2);
process.argv = [process.argv[0], "/snapshot.mjs"];
for (const name of Object.keys(process.env)) delete process.env[name];
process.env.TZ = "UTC";

// Calling functions across suspended stacks is written into memory where the host can; browsers
// differ in it.
delete WebAssembly.Suspending;
delete WebAssembly.Suspender;
delete WebAssembly.promising;

/** A repeatable sequence in place of randomness. The page seeds again after restoring. */
let state = 1;
function fill(array) {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  for (let index = 0; index < bytes.length; index += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[index] = state >>> 16;
  }
  return array;
}

globalThis.crypto.getRandomValues = fill;
createRequire(import.meta.url)("node:crypto").randomFillSync = fill;
