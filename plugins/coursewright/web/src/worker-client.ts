// The page's side of the one Python worker of this tab: keeps requests waiting, times them, stops
// them, and replaces a worker that does not listen. Knows neither the page nor where files are.

import type { ErrorMessage, ResultMessage, WorkerMessage } from "./protocol.ts";
import {
  isResponse,
  isWorkerMessage,
  type PageMessage,
  type PartName,
  type Parts,
  PROTOCOL_VERSION,
} from "./protocol.ts";
import type { PythonClient, PythonState } from "./python-client.ts";
import { type CallOptions, type Calls, PythonError, type PythonReason } from "./python-client.ts";

const LIMIT_S = 10;
/** The worker interrupts code at its limit; this much later the page ends the worker. */
const GRACE_MS = 1000;
/** Long work hears Stop between two parts; this much later the page ends the worker. */
const STOP_GRACE_MS = 300;
/** A boot without any sign of life for so long has failed. */
const STALL_MS = 90_000;
/** Python never gives memory back: a worker that holds more than this is replaced. */
const HEAP_LIMIT_BYTES = 512 * 2 ** 20;

export interface WorkerLike {
  postMessage(message: PageMessage): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface ClientSetup {
  /** Make a worker and say where its parts are; rejects when a file cannot be loaded. */
  open(): Promise<{ worker: WorkerLike; parts: Parts }>;
  /** Get a part that a worker asks for; nothing when there is none. */
  part(name: PartName): Promise<ArrayBuffer | undefined>;
  /** Whether loading on mere intent is welcome. */
  mayWarm(): boolean;
}

interface Job {
  readonly id: number;
  readonly kind: keyof Calls;
  readonly payload: object;
  readonly options: CallOptions<keyof Calls>;
  readonly resolve: (response: object) => void;
  readonly reject: (error: PythonError) => void;
}

export class WorkerClient implements PythonClient {
  readonly #setup: ClientSetup;
  readonly #listeners = new Set<(state: PythonState) => void>();
  #state: PythonState = { name: "idle" };
  #waiting: Job[] = [];
  #running: Job | undefined;
  #worker: WorkerLike | undefined;
  #ready = false;
  #opening = false;
  /** Compiled by the first worker; makes the next one start at once. */
  #module: WebAssembly.Module | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #slow = false;
  #lastId = 0;

  constructor(setup: ClientSetup) {
    this.#setup = setup;
  }

  get state(): PythonState {
    return this.#state;
  }

  watch(listener: (state: PythonState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  warm(): void {
    if (this.#state.name === "idle" && this.#setup.mayWarm()) this.#boot();
  }

  request<K extends keyof Calls>(
    kind: K,
    payload: Calls[K]["request"],
    options: CallOptions<K> = {},
  ): Promise<Calls[K]["response"]> {
    return new Promise((resolve, reject) => {
      this.#lastId += 1;
      const job = { id: this.#lastId, kind, payload, options, resolve, reject } as Job;
      const { signal } = options;
      signal?.addEventListener("abort", () => this.#stop(job), { once: true });
      this.#waiting.push(job);
      if (signal?.aborted) this.#stop(job);
      this.#next();
    });
  }

  #next(): void {
    if (this.#running) return;
    if (!this.#worker || !this.#ready) {
      if (this.#waiting.length > 0) this.#boot();
      return;
    }
    const job = this.#waiting.shift();
    if (!job) return;
    const limitMs = (job.options.limitS ?? LIMIT_S) * 1000;
    this.#running = job;
    this.#enter({ name: "running", id: job.id });
    this.#alarm(limitMs + GRACE_MS, () => this.#replace("limit"));
    const { id, kind, payload } = job;
    this.#worker.postMessage({ type: "request", id, kind, payload, limitMs });
  }

  #boot(): void {
    // A learner who has stopped a run need not watch the next worker start, unless it is waited for.
    const quiet = this.#state.name === "stopped" && this.#waiting.length === 0;
    if (!quiet && this.#state.name !== "loading") {
      this.#enter({ name: "loading", stage: "fetch", done: 0, total: 0 });
    }
    if (this.#opening || this.#worker) return;
    this.#opening = true;
    this.#setup.open().then(
      ({ worker, parts }) => this.#opened(worker, parts),
      (error: unknown) => this.#failed("boot", String(error)),
    );
  }

  #opened(worker: WorkerLike, parts: Parts): void {
    this.#opening = false;
    this.#worker = worker;
    worker.onmessage = ({ data }) => {
      if (worker === this.#worker && isWorkerMessage(data)) this.#heard(data);
    };
    worker.onerror = (event) => {
      event.preventDefault?.();
      if (worker === this.#worker) this.#broke(event.message ?? "");
    };
    this.#watchBoot();
    const module = this.#module ? { module: this.#module } : {};
    worker.postMessage({ type: "boot", version: PROTOCOL_VERSION, parts, ...module });
  }

  #heard(message: WorkerMessage): void {
    if (message.type === "progress") {
      this.#watchBoot();
      const { stage, done, total } = message;
      if (this.#state.name === "loading") this.#enter({ name: "loading", stage, done, total });
    } else if (message.type === "need") {
      void this.#give(message.part);
    } else if (message.type === "ready") {
      this.#module = message.module;
      this.#tellSlow(message.slow);
      this.#ready = true;
      this.#idle();
    } else if (message.type === "failed") {
      this.#failed("boot", message.detail);
    } else if (message.id === this.#running?.id) {
      if (message.type === "output") this.#running.options.onOutput?.(message.text);
      else if (message.type === "event") this.#running.options.onEvent?.(message.event as never);
      else this.#answered(this.#running, message);
    }
  }

  async #give(part: PartName): Promise<void> {
    const worker = this.#worker;
    const bytes = await this.#setup.part(part);
    worker?.postMessage({ type: "part", part, ...(bytes && { bytes }) });
  }

  /** Say once why Python started the long way. */
  #tellSlow(reason: string | undefined): void {
    if (reason === undefined || this.#slow) return;
    this.#slow = true;
    console.warn(`coursewright: Python was started without its snapshot: ${reason}`);
  }

  #answered(job: Job, message: ResultMessage | ErrorMessage): void {
    if (message.type === "error" && message.reason === "crashed") {
      this.#replace("crashed", message.detail);
      return;
    }
    this.#running = undefined;
    if (message.type === "error") {
      job.reject(new PythonError(message.reason, message.detail));
    } else if (isResponse(job.kind, message.response)) {
      job.resolve(message.response);
    } else {
      job.reject(new PythonError("version", `an unexpected answer to ${job.kind}`));
    }
    if (message.heapBytes > HEAP_LIMIT_BYTES) this.#replace("stopped");
    else this.#idle();
  }

  #stop(job: Job): void {
    if (this.#waiting.includes(job)) {
      this.#waiting = this.#waiting.filter((other) => other !== job);
      job.reject(new PythonError("stopped"));
    }
    if (job !== this.#running) return;
    // Learner code hears nothing before it ends; long work of ours listens between two parts.
    const listens = job.kind.startsWith("lab-");
    this.#alarm(listens ? STOP_GRACE_MS : 0, () => this.#replace("stopped"));
    if (listens) this.#worker?.postMessage({ type: "stop", id: job.id });
  }

  /** End the worker and what it was doing, and start another. */
  #replace(reason: PythonReason, detail = ""): void {
    this.#discard();
    const job = this.#running;
    this.#running = undefined;
    this.#enter({ name: "stopped" });
    job?.reject(new PythonError(reason, detail));
    this.#boot();
  }

  #broke(detail: string): void {
    if (!this.#ready) {
      this.#failed("boot", detail);
    } else if (this.#running) {
      this.#replace("crashed", detail);
    } else {
      this.#discard();
      this.#enter({ name: "idle" });
    }
  }

  #failed(reason: PythonReason, detail: string): void {
    this.#discard();
    this.#opening = false;
    console.warn(`coursewright: Python could not be started: ${detail}`);
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#enter({ name: "failed", reason });
    for (const job of waiting) job.reject(new PythonError(reason, detail));
  }

  #discard(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#ready = false;
  }

  #idle(): void {
    clearTimeout(this.#timer);
    this.#enter({ name: "ready" });
    this.#next();
  }

  #watchBoot(): void {
    this.#alarm(STALL_MS, () => this.#failed("boot", "nothing was heard of it"));
  }

  #alarm(ms: number, ring: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(ring, ms);
  }

  #enter(state: PythonState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}
