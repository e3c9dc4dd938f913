// Takes from the worker what a program of a learner has no business with, for good: the network,
// storage, other workers, messages, and code from strings. Called when Python stands and before
// anything of a learner runs. What our own code still needs it has taken beforehand.

/** The language itself. */
const LANGUAGE = [
  ...["globalThis", "undefined", "NaN", "Infinity", "Object", "Function", "Array", "ArrayBuffer"],
  ...[
    "DataView",
    "Boolean",
    "Number",
    "BigInt",
    "String",
    "Symbol",
    "Date",
    "RegExp",
    "Math",
    "JSON",
  ],
  ...["Map", "Set", "WeakMap", "WeakSet", "WeakRef", "FinalizationRegistry", "Promise", "Proxy"],
  ...["Reflect", "Iterator", "Intl", "Error", "AggregateError", "EvalError", "RangeError"],
  ...["ReferenceError", "SyntaxError", "TypeError", "URIError", "SuppressedError"],
  ...["Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array"],
  ...["Uint32Array", "Float16Array", "Float32Array", "Float64Array", "BigInt64Array"],
  ...["BigUint64Array", "parseInt", "parseFloat", "isNaN", "isFinite", "constructor"],
];

/** What Emscripten and Pyodide use while Python runs. */
const USED = ["self", "WebAssembly", "TextDecoder", "TextEncoder", "performance", "crypto"].concat([
  "console",
  "queueMicrotask",
  "loadPyodide",
]);

const KEPT: ReadonlySet<PropertyKey> = new Set([...LANGUAGE, ...USED]);

/** Objects through which answers pass. */
const FROZEN: readonly object[] = [
  ...[JSON, Reflect, WebAssembly, Function.prototype, Promise.prototype, MessagePort.prototype],
  ...[Map.prototype, Set.prototype, WeakMap.prototype, Array.prototype, String.prototype],
  ...[ArrayBuffer.prototype, Object.getPrototypeOf(Uint8Array.prototype)],
  ...[Uint8Array.prototype, Int8Array.prototype, TextDecoder.prototype, TextEncoder.prototype],
];

/** Close the worker's globals. */
export function lockDown(): void {
  forbidCodeFromStrings();
  for (const shared of FROZEN) Object.freeze(shared);
  Object.preventExtensions(Object.prototype);
  let level: object | null = globalThis;
  while (level !== null && level !== Object.prototype) {
    for (const name of Reflect.ownKeys(level)) {
      if (!KEPT.has(name) && typeof name === "string") take(level, name);
    }
    level = Object.getPrototypeOf(level);
  }
}

function take(owner: object, name: string): void {
  if (Reflect.deleteProperty(owner, name)) return;
  Reflect.defineProperty(owner, name, { value: undefined });
}

function forbidCodeFromStrings(): void {
  function refuse(): never {
    throw new TypeError("code from strings is not available here");
  }
  refuse.prototype = Function.prototype; // Pyodide asks whether something is a function
  const value = { value: Object.freeze(refuse), writable: false, configurable: false };
  const kinds = [() => {}, async () => {}, function* () {}, async function* () {}];
  for (const kind of kinds)
    Object.defineProperty(Object.getPrototypeOf(kind), "constructor", value);
  Object.defineProperty(globalThis, "Function", value);
}
