// Compiles Python's WebAssembly in the page, while the worker inflates what Python starts from: two
// threads share what one would do in turn. Workers that follow start from the same module.
import { type Bytes, gathered, inflated, nextMessage, streamOf } from "./inflate.ts";

/** About what the module has, inflated. */
const MODULE_BYTES = 10 * 2 ** 20;

/** The page attends to its reader after so long. */
const TURN_MS = 12;

/**
 * Compile what comes, inflated or not; rejects when it does not come or is damaged.
 *
 * @param source - The answer of a host, or the bytes.
 * @param arrived - Called with the number of bytes of each piece.
 */
export async function compileModule(
  source: Response | Bytes,
  arrived: (bytes: number) => void,
): Promise<WebAssembly.Module> {
  let turned = performance.now();
  const arriving = await inflated(bodyOf(source), async (bytes) => {
    arrived(bytes);
    if (performance.now() - turned < TURN_MS) return;
    await nextMessage();
    turned = performance.now();
  });
  // Compiling as it comes takes Chromium longer than both in turn.
  return WebAssembly.compile(await gathered(arriving, MODULE_BYTES));
}

function bodyOf(source: Response | Bytes): ReadableStream<Bytes> {
  if (source instanceof Uint8Array) return streamOf(source);
  if (!source.ok || !source.body) throw new Error(`${source.url}: ${source.status}`);
  return source.body;
}
