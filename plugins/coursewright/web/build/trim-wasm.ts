// Takes out of Pyodide's WebAssembly what nothing of ours can use. It is made to be linked with
// further libraries at run time: 8,560 exports and 280 addresses of WebGL functions, which every
// start enters into tables one by one. Knows the binary format, not what the names mean.

type Bytes = Uint8Array<ArrayBuffer>;

const HEADER = 8;
const SECTION = { import: 2, global: 6, export: 7 };
const KIND = { function: 0, global: 3 };
const I32 = 0x7f;
const MUTABLE = 1;
/** `i32.const 0; end` */
const ZERO = [0x41, 0, 0x0b];

/**
 * Return a copy without the exports that `keeps` (given a name) refuses.
 */
export function withoutExports(wasm: Bytes, keeps: (name: string) => boolean): Bytes {
  return rewritten(wasm, SECTION.export, (reader) => {
    const kept: Bytes[] = [];
    for (let left = reader.number(); left > 0; left -= 1) {
      const from = reader.at;
      const name = reader.text();
      reader.at += 1; // its kind
      reader.number();
      if (keeps(name)) kept.push(reader.since(from));
    }
    return [leb(kept.length), ...kept];
  });
}

/**
 * Return a copy in which every imported global is a global of its own, with the value 0. All of
 * them must be variables that hold an address and come from a module that `allows` admits.
 */
export function withoutImportedGlobals(
  wasm: Bytes,
  allows: (module: string, name: string) => boolean,
): Bytes {
  let globals = 0;
  const imported = rewritten(wasm, SECTION.import, (reader) => {
    const kept: Bytes[] = [];
    for (let left = reader.number(); left > 0; left -= 1) {
      const from = reader.at;
      const module = reader.text();
      const name = reader.text();
      const kind = reader.byte();
      if (kind === KIND.function) {
        reader.number();
        kept.push(reader.since(from));
      } else if (kind === KIND.global && allows(module, name)) {
        const isAddress = reader.byte() === I32 && reader.byte() === MUTABLE;
        if (!isAddress) throw new Error(`${module}.${name} is no variable with an address`);
        globals += 1;
      } else {
        throw new Error(`Pyodide has changed: it imports ${module}.${name}`);
      }
    }
    return [leb(kept.length), ...kept];
  });
  // Imported globals are counted before all others, so the numbers of all stay as they are.
  return rewritten(imported, SECTION.global, (reader) => {
    const own = reader.number();
    const zeros = Array.from({ length: globals }, () => Buffer.from([I32, MUTABLE, ...ZERO]));
    return [leb(own + globals), ...zeros, reader.rest()];
  });
}

/** Return a copy with the contents of one section replaced by what `change` makes of them. */
function rewritten(wasm: Bytes, section: number, change: (body: Reader) => Bytes[]): Bytes {
  const parts = [wasm.subarray(0, HEADER)];
  const reader = new Reader(wasm, HEADER);
  while (reader.at < wasm.length) {
    const from = reader.at;
    const id = reader.byte();
    const length = reader.number();
    const start = reader.at;
    reader.at += length;
    if (id !== section) {
      parts.push(reader.since(from));
      continue;
    }
    const body = Buffer.concat(change(new Reader(wasm.subarray(start, reader.at), 0)));
    parts.push(Buffer.from([id]), leb(body.length), body);
  }
  return Buffer.concat(parts);
}

/** An unsigned number as WebAssembly writes it: seven bits a byte, the lowest first. */
function leb(number: number): Bytes {
  const bytes: number[] = [];
  let left = number;
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) | 128);
  return Buffer.from([...bytes, left]);
}

class Reader {
  readonly bytes: Bytes;
  at: number;

  constructor(bytes: Bytes, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  byte(): number {
    this.at += 1;
    return this.bytes[this.at - 1] ?? 0;
  }

  number(): number {
    let value = 0;
    let unit = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * unit;
      if (byte < 128) return value;
      unit *= 128;
    }
  }

  text(): string {
    const length = this.number();
    this.at += length;
    return Buffer.from(this.since(this.at - length)).toString();
  }

  since(from: number): Bytes {
    return this.bytes.subarray(from, this.at);
  }

  rest(): Bytes {
    return this.bytes.subarray(this.at);
  }
}
