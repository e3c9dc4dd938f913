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
  type WorkerMessage,
} from "./protocol.ts";

/** A boot without any sign of life for so long has failed. */
export const STALL_MS = 90_000;

export interface WorkerLike {
  postMessage(message: PageMessage): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface HostSetup {
  /** Make a worker and say where its parts are, apart from those that are kept. */
  open(kept: readonly PartName[]): Promise<{ worker: WorkerLike; parts: Parts }>;
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
  #ended = false;
  /** Whether it can do requests. */
  ready = false;
  /** Whether a learner's code has run in it, so that its answers are no longer ours alone. */
  touched = false;

  constructor(setup: HostSetup, kept: Kept, events: HostEvents) {
    this.#setup = setup;
    this.#events = events;
    const names: PartName[] = [];
    if (kept.module) names.push("wasm");
    if (kept.snapshot) names.push("snapshot");
    setup.open(names).then(
      ({ worker, parts }) => this.#opened(worker, parts, kept),
      (error: unknown) => this.#fail(String(error)),
    );
  }

  post(message: PageMessage): void {
    this.#worker?.postMessage(message);
  }

  /** End the worker, whatever it does. */
  end(): void {
    clearTimeout(this.#timer);
    this.#ended = true;
    this.ready = false;
    this.#worker?.terminate();
  }

  #opened(worker: WorkerLike, parts: Parts, { module, snapshot, sources }: Kept): void {
    this.#worker = worker;
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
      parts: { ...parts, ...(snapshot && { snapshot }) },
      packages: this.#setup.packages?.() ?? [],
      sources: sources ?? [],
    };
    worker.postMessage(module ? { ...message, module } : message);
  }

  #heard(message: WorkerMessage): void {
    if (message.type === "progress") {
      if (!this.ready) this.#watch();
      this.#events.progress(this, message);
    } else if (message.type === "need") {
      void this.#give(message.part);
    } else if (message.type === "ready") {
      clearTimeout(this.#timer);
      this.ready = true;
      this.#events.ready(this, message);
    } else if (message.type === "failed") {
      this.#fail(message.detail);
    } else {
      this.#events.said(this, message);
    }
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
