// Undoes our own gzip as bytes come, in the page and in the worker.

const Stream = globalThis.ReadableStream;
const Inflate = globalThis.DecompressionStream;
const Channel = globalThis.MessageChannel;

export type Bytes = Uint8Array<ArrayBuffer>;

export interface Inflated {
  stream: ReadableStream<Bytes>;
  /** Whether gzip's own checksum is compared at the end; else the host has inflated it. */
  checked: boolean;
}

/** So many bytes are inflated at once; more would keep a page from hearing anything else. */
const PIECE_BYTES = 64 * 1024;

/**
 * Undo our own gzip, unless the host already has.
 *
 * @param arrived - Called with the number of bytes of each piece; what it returns is waited for.
 */
export async function inflated(
  source: ReadableStream<Bytes>,
  arrived: (bytes: number) => void | Promise<void>,
): Promise<Inflated> {
  const reader = source.getReader();
  let step = await reader.read();
  const zipped = step.value?.[0] === 0x1f && step.value[1] === 0x8b;
  let at = 0;
  const counted = new Stream<Bytes>({
    async pull(controller) {
      if (step.value && at >= step.value.length) {
        step = await reader.read();
        at = 0;
      }
      if (step.done) {
        controller.close();
        return;
      }
      const piece = step.value.subarray(at, at + PIECE_BYTES);
      at += piece.length;
      await arrived(piece.length);
      controller.enqueue(piece);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  const stream = zipped ? counted.pipeThrough(new Inflate("gzip")) : counted;
  return { stream, checked: zipped };
}

/**
 * Return all that comes as one; its buffer may have room left.
 *
 * @param expected - So many bytes are made room for at first.
 */
export async function gathered({ stream, checked }: Inflated, expected = 0): Promise<Bytes> {
  let whole = new Uint8Array(expected);
  let size = 0;
  const reader = stream.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    const end = size + step.value.length;
    if (end > whole.length) {
      const larger = new Uint8Array(Math.max(end, 2 * whole.length));
      larger.set(whole.subarray(0, size));
      whole = larger;
    }
    whole.set(step.value, size);
    size = end;
    if (checked) letGo(step.value); // what was not inflated may be somebody's own
  }
  return whole.subarray(0, size);
}

/** Give a piece's memory back at once: new memory for the next piece would cost more than its copy. */
function letGo({ buffer, byteLength }: Bytes): void {
  if (byteLength === buffer.byteLength)
    (buffer as { transfer?(size: number): ArrayBuffer }).transfer?.(0);
}

/** Not by a Blob: a browser may send its bytes to another process and back. */
export function streamOf(bytes: Bytes): ReadableStream<Bytes> {
  return new Stream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}

/** Let messages that have arrived be heard. A timer would be slowed down to 4 ms a turn. */
export function nextMessage(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new Channel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
