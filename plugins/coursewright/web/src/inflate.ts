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

/** Return all that comes as one. */
export async function gathered(stream: ReadableStream<Bytes>): Promise<Bytes> {
  const chunks: Bytes[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    chunks.push(step.value);
    size += step.value.length;
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
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
