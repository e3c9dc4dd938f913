// One Python worker from its birth to its end: boots it, says what it says, knows whether a
// learner's code has run in it. Which worker does what is the client's business.
import {
  type BootMessage,
  type FileName,
  isWorkerMessage,
  type PackageFacts,
  type PageMessage,
  type PartName,
  type Parts,
  PROTOCOL_VERSION,
  type ProgressMessage,
  type WorkerMessage,
} from "./protocol.ts";

/** A boot without any sign of life for so long has failed. */
export const STALL_MS = 90_000;

/** How often the page tells of bytes that it has read itself. */
const TELL_MS = 50;

export interface WorkerLike {
  postMessage(message: PageMessage): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** A new worker, and where its parts are. */
export interface Opened {
  worker: WorkerLike;
  parts: Parts;
  /**
   * Compile Python's module in the page; absent when one is kept. To be called when the worker has
   * been heard: until then the page has to help it start. `arrived` gets the bytes of each piece.
   */
  compile?: (arrived: (bytes: number) => void) => Promise<WebAssembly.Module>;
}

export interface HostSetup {
  /** Make a worker and say where its parts are, apart from those that are kept. */
  open(kept: readonly PartName[], signal: AbortSignal): Promise<Opened>;
  /** Return an address that a worker can read until `end` is called; that tells it to stop. */
  makeSignal(): { url: string; end: () => void };
  /** Get a part that a worker asks for; nothing when there is none. */
  part(name: FileName): Promise<ArrayBuffer | undefined>;
  /** What the course brings of its own. */
  packages?(): readonly PackageFacts[];
}

/** What one worker has made and the next can start from: costs memory, saves half a second. */
export interface Kept {
  module?: WebAssembly.Module;
  snapshot?: ArrayBuffer;
  /** Texts of the last run, for what it imported. */
  sources?: string[];
}

export interface HostEvents {
  progress(host: Host, message: Extract<WorkerMessage, { type: "progress" }>): void;
  ready(host: Host, message: Extract<WorkerMessage, { type: "ready" }>): void;
  /** It did not start, or it broke outside a request. It has been ended. */
  failed(host: Host, detail: string): void;
  /** Anything about a request. */
  said(host: Host, message: Extract<WorkerMessage, { id: number }>): void;
}

export class Host {
  readonly #events: HostEvents;
  readonly #setup: HostSetup;
  #worker: WorkerLike | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #probe: { url: string; end: () => void };
  readonly #ending = new AbortController();
  #compile: Opened["compile"];
  /** What the worker has told of its own bytes, and how many the page has read meanwhile. */
  #told: ProgressMessage | undefined;
  #bytes = 0;
  /** Whether it can do requests. */
  ready = false;
  /** Whether a learner's code has run in it, so that its answers are no longer ours alone. */
  touched = false;

  constructor(setup: HostSetup, kept: Kept, events: HostEvents) {
    this.#setup = setup;
    this.#events = events;
    this.#probe = setup.makeSignal();
    const names: PartName[] = [];
    if (kept.module) names.push("wasm");
    if (kept.snapshot) names.push("snapshot");
    setup.open(names, this.#ending.signal).then(
      (opened) => this.#opened(opened, kept),
      (error: unknown) => this.#fail(String(error)),
    );
  }

  post(message: PageMessage): void {
    this.#worker?.postMessage(message);
  }

  /** End the worker, whatever it does. */
  end(): void {
    clearTimeout(this.#timer);
    this.#ending.abort();
    this.#probe.end();
    this.ready = false;
    this.#worker?.terminate();
  }

  get #ended(): boolean {
    return this.#ending.signal.aborted;
  }

  #opened({ worker, parts, compile }: Opened, { module, snapshot, sources }: Kept): void {
    this.#worker = worker;
    this.#compile = compile;
    if (this.#ended) {
      worker.terminate();
      return;
    }
    worker.onmessage = ({ data }) => {
      if (!this.#ended && isWorkerMessage(data)) this.#heard(data);
    };
    worker.onerror = (event) => {
      event.preventDefault?.();
      this.#fail(event.message ?? "");
    };
    this.#watch();
    const message: BootMessage = {
      type: "boot",
      version: PROTOCOL_VERSION,
      stopUrl: this.#probe.url,
      parts: { ...parts, ...(snapshot && { snapshot }) },
      packages: this.#setup.packages?.() ?? [],
      sources: sources ?? [],
    };
    worker.postMessage(module ? { ...message, module } : message);
  }

  #heard(message: WorkerMessage): void {
    this.#compileOnce();
    if (message.type === "progress") {
      this.#told = message;
      this.#tell();
    } else if (message.type === "need") {
      void this.#give(message.part);
    } else if (message.type === "ready") {
      clearTimeout(this.#timer);
      this.ready = true;
      this.#probe.end();
      this.#events.ready(this, message);
    } else if (message.type === "failed") {
      this.#fail(message.detail);
    } else {
      this.#events.said(this, message);
    }
  }

  #compileOnce(): void {
    const compile = this.#compile;
    this.#compile = undefined;
    let told = 0;
    compile?.((bytes) => {
      this.#bytes += bytes;
      if (performance.now() - told < TELL_MS) return;
      told = performance.now();
      this.#tell();
    })
      .then((module) => {
        if (!this.#ended) this.post({ type: "module", module });
      })
      .catch((error: unknown) => this.#fail(String(error)));
  }

  /** Tell how far both have come; the worker's total includes what the page reads. */
  #tell(): void {
    if (this.#ended || !this.#told) return;
    if (!this.ready) this.#watch();
    const { done, total, stage } = this.#told;
    const all = stage === "fetch" ? Math.min(total, done + this.#bytes) : done;
    this.#events.progress(this, { ...this.#told, done: all });
  }

  async #give(part: FileName): Promise<void> {
    const bytes = await this.#setup.part(part);
    this.post({ type: "part", part, ...(bytes && { bytes }) });
  }

  #watch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fail("nothing was heard of it"), STALL_MS);
  }

  #fail(detail: string): void {
    if (this.#ended) return;
    this.end();
    this.#events.failed(this, detail);
  }
}
