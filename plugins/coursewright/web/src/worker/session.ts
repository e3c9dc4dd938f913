// Does the page's requests, one at a time, in a Python that is up.
import { nextMessage } from "../inflate.ts";
import { PROTOCOL_VERSION, type RequestMessage, textsOf, type WorkerMessage } from "../protocol.ts";
import type { PythonReason } from "../python-client.ts";
import type { Booted } from "./boot.ts";
import { Guard } from "./guard.ts";
import { Output } from "./output.ts";
import { PackageError } from "./packages.ts";
import { StopSignal } from "./stop-signal.ts";

// Taken before a learner's program can reach them.
const { parse, stringify } = JSON;
const { hasOwn } = Object;

/** Kinds of work that run a learner's code. */
const OF_LEARNERS: ReadonlySet<string> = new Set(["run", "grade"]);

/** What browsers say when calls within C have filled the stack. */
const TOO_DEEP = /Maximum call stack|too much recursion/;

/** What the bridge answers; see lessonlab.bridge. */
type Answer =
  | { result: { error?: object | null } }
  | { more: true; event: object | null }
  | { error: Fault };

interface Fault {
  reason: PythonReason;
  detail: string;
}

export class Session {
  readonly #python: Booted;
  readonly #post: (message: WorkerMessage) => void;
  readonly #guard = new Guard(() => this.#poll());
  #output: Output | undefined;
  #stopSignal: StopSignal | undefined;
  #current = 0;
  #preparing: Promise<void> | undefined;

  constructor(python: Booted, post: (message: WorkerMessage) => void) {
    this.#python = python;
    this.#post = post;
    python.pyodide.setInterruptBuffer(this.#guard.buffer);
  }

  /** Memory of the interpreter, which only grows. */
  get heapBytes(): number {
    return this.#python.pyodide._module.HEAP8.byteLength;
  }

  /** Give up request `id` if it is still under way. */
  stop(id: number): void {
    if (id !== this.#current) return;
    this.#python.bridge.drop();
    this.#fail(id, { reason: "stopped", detail: "" });
  }

  /** Bring what code with these sources imports, as long as nobody asks for anything. */
  prepare(sources: string[]): void {
    const { library, packages } = this.#python;
    if (!packages || sources.length === 0) return;
    const ready = () => packages.readyFor(sources);
    // A request that needs it will try again and say so.
    this.#preparing = Promise.resolve(library?.prepare())
      .then(ready)
      .catch(() => {});
  }

  /** Do a request; resolves when its last message has been posted. */
  async run(request: RequestMessage): Promise<void> {
    const { id, kind, payload } = request;
    const { bridge, library, packages } = this.#python;
    this.#current = id;
    const texts = textsOf(payload);
    await this.#preparing;
    library?.tryAgain();
    if (OF_LEARNERS.has(kind)) await library?.prepare();
    try {
      await packages?.readyFor(texts);
    } catch (error) {
      // Code that cannot even be read says so itself when it runs.
      const lost = error instanceof PackageError && this.#current === id;
      if (lost) this.#fail(id, { reason: "packages", detail: error.message });
    }
    if (this.#current !== id) return;
    const signal = new StopSignal(request.stopUrl, this.#python.listens);
    this.#stopSignal = signal;
    this.#post({ type: "started", id, listens: this.#python.listens });
    const deadline = performance.now() + request.limitMs;
    const output = new Output((text) => this.#post({ type: "output", id, text }));
    this.#output = output;
    const message = stringify({ version: PROTOCOL_VERSION, kind, payload });
    let next = () => bridge.handle(message, output.write);
    while (this.#current === id) {
      const answer = this.#answer(deadline, next);
      output.flush();
      if (signal.given) {
        this.#fail(id, { reason: "stopped", detail: "" });
      } else if (library?.lost) {
        // Python has taken it for a damaged file: whatever came of that is no fault of the code.
        bridge.drop();
        this.#fail(id, { reason: "library", detail: "" });
      } else if (this.#guard.late && hidesInterrupt(answer)) {
        this.#fail(id, { reason: "limit", detail: "the code caught the interrupt" });
      } else if (has(answer, "result")) {
        this.#end({ type: "result", id, response: answer.result, heapBytes: this.heapBytes });
      } else if (has(answer, "error")) {
        this.#fail(id, answer.error);
      } else {
        if (answer.event) this.#post({ type: "event", id, event: answer.event });
        next = () => bridge.resume();
        await nextMessage();
      }
    }
  }

  /** Look around while Python runs: send output, and tell whether to stop. */
  #poll(): boolean {
    this.#output?.tick();
    return this.#stopSignal?.look() ?? false;
  }

  #answer(deadline: number, next: () => string): Answer {
    try {
      return parse(this.#guard.until(deadline, next)) as Answer;
    } catch (error) {
      const detail = String(error);
      return { error: { reason: TOO_DEEP.test(detail) ? "recursion" : "crashed", detail } };
    }
  }

  #fail(id: number, fault: Fault): void {
    this.#end({ type: "error", id, ...fault, heapBytes: this.heapBytes });
  }

  #end(message: WorkerMessage): void {
    this.#current = 0;
    this.#stopSignal = undefined; // its address is taken away, which must not stop what comes next
    this.#post(message);
  }
}

/** Tell which of the answers it is, whatever was done to the objects' common ancestor. */
function has<K extends string>(
  answer: Answer,
  key: K,
): answer is Extract<Answer, Record<K, object>> {
  return hasOwn(answer, key);
}

/** Tell whether code that was interrupted came to an end as if it had not been. */
function hidesInterrupt(answer: Answer): boolean {
  return has(answer, "result") && !(hasOwn(answer.result, "error") && answer.result.error);
}
