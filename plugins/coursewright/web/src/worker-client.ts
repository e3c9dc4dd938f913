// The page's side of Python: keeps requests waiting, times them, stops them, and chooses the worker
// for each. One worker does everything; where memory allows, a second one waits booted, takes over
// when the first is lost, and does graded runs, which no code of a learner may have gone before.
// Knows neither the page nor where files are.
import { isResponse, type ReadyMessage, type RequestEvent, textsOf } from "./protocol.ts";
import {
  type CallOptions,
  type Calls,
  type PythonClient,
  PythonError,
  type PythonReason,
  type PythonState,
} from "./python-client.ts";
import { PythonWatch } from "./python-watch.ts";
import { Host, type HostSetup, type Kept, STALL_MS } from "./worker-host.ts";
import { type Job, limitMsOf, type Running } from "./worker-job.ts";

export type { Opened, WorkerLike } from "./worker-host.ts";

/** The worker interrupts code at its limit; this much later the page ends the worker. */
const GRACE_MS = 1000;
/** A worker that can hear Stop is ended when it has not done so after this time. */
const STOP_GRACE_MS = 250;
/** Python never gives memory back: a worker that holds more than this is replaced. */
const HEAP_LIMIT_BYTES = 512 * 2 ** 20;
/** A spare is booted when Python has had nothing to do for so long. */
const SPARE_AFTER_MS = 400;

/** After these a worker is of no more use. */
const FATAL: readonly PythonReason[] = ["crashed", "recursion"];

export interface ClientSetup extends HostSetup {
  /** Whether loading on mere intent is welcome. */
  mayWarm(): boolean;
  /** Whether there is memory for a second worker. */
  maySpare(): boolean;
}

export class WorkerClient extends PythonWatch implements PythonClient {
  readonly #setup: ClientSetup;
  #state: PythonState = { name: "idle" };
  #waiting: Job[] = [];
  #running: Running | undefined;
  #main: Host | undefined;
  #spare: Host | undefined;
  readonly #kept: Kept = {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #spareTimer: ReturnType<typeof setTimeout> | undefined;
  #slow = false;
  #lastId = 0;

  constructor(setup: ClientSetup) {
    super();
    this.#setup = setup;
  }

  get state(): PythonState {
    return this.#state;
  }

  warm(): void {
    if (this.#state.name === "idle" && this.#setup.mayWarm()) this.#bootMain();
  }

  /** Give all workers back, unless one is needed now. The next request starts another. */
  rest(): void {
    if (!this.#running && this.#waiting.length === 0 && this.#main) this.leave();
  }

  /** Give all workers back, whatever they do; what was asked ends as stopped. */
  leave(): void {
    const jobs = this.#waiting;
    this.#waiting = [];
    if (this.#running) {
      jobs.unshift(this.#running.job);
      this.#end(this.#running);
    }
    clearTimeout(this.#spareTimer);
    for (const host of [this.#main, this.#spare]) host?.end();
    this.#main = undefined;
    this.#spare = undefined;
    this.#enter({ name: "idle" });
    for (const job of jobs) job.reject(new PythonError("stopped"));
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

  /** Start on the first request that waits, or see to it that a worker comes. */
  #next(): void {
    const [job] = this.#waiting;
    if (!job || this.#running) return;
    const host = this.#hostFor(job.kind);
    if (!host.ready) {
      this.#enterLoading();
      return;
    }
    this.#waiting.shift();
    clearTimeout(this.#spareTimer);
    const limitMs = limitMsOf(job);
    const long = job.kind.startsWith("lab-");
    const signal = this.#setup.makeSignal();
    if (!long) host.touched = true;
    this.#running = { job, host, signal, listens: long, stopping: false };
    const { id, kind, payload } = job;
    if (!long) this.#kept.sources = textsOf(payload);
    host.post({ type: "request", id, kind, payload, limitMs, stopUrl: signal.url });
    this.#enter({ name: "running", id });
    // Its time begins when the worker says so, which may take packages a while.
    const grace = this.#setup.packages?.().length ? STALL_MS : GRACE_MS;
    this.#alarm(limitMs + grace, () => this.#replace("limit"));
  }

  /** Return the worker that has to do a request; it may not be ready yet. */
  #hostFor(kind: keyof Calls): Host {
    if (kind !== "grade" || !this.#main?.touched) return this.#bootMain();
    if (this.#setup.maySpare()) return this.#bootSpare();
    this.#main.end();
    this.#main = undefined;
    return this.#bootMain();
  }

  #bootMain(): Host {
    if (!this.#main) {
      this.#main = this.#spare ?? this.#boot();
      this.#spare = undefined;
    }
    // A learner who has stopped a run need not watch the next worker start.
    if (!this.#main.ready && this.#state.name !== "stopped") this.#enterLoading();
    return this.#main;
  }

  #bootSpare(): Host {
    this.#spare ??= this.#boot();
    return this.#spare;
  }

  #boot(): Host {
    return new Host(this.#setup, this.#kept, {
      progress: (host, { stage, done, total }) => {
        const running = host === this.#running?.host ? this.#running : undefined;
        // What the code imports is on its way; the time of the run has not begun.
        if (running && !running.stopping) this.#alarm(STALL_MS, () => this.#replace("packages"));
        const shown = host === this.#main || this.#waiting.length > 0;
        if (running || (shown && this.#state.name === "loading")) {
          this.#enter({ name: "loading", stage, done, total });
        }
      },
      ready: (host, message) => this.#booted(host, message),
      failed: (host, detail) => this.#failed(host, detail),
      said: (host, message) => {
        if (host === this.#running?.host && message.id === this.#running.job.id) {
          this.#heard(this.#running, message);
        }
      },
    });
  }

  #booted(host: Host, { module, snapshot, slow }: ReadyMessage): void {
    this.#kept.module = module;
    if (snapshot) this.#kept.snapshot = snapshot;
    if (slow !== undefined && !this.#slow) {
      this.#slow = true;
      console.warn(`coursewright: Python was started without its snapshot: ${slow}`);
    }
    if (host === this.#main || this.#waiting.length > 0) this.#idle();
  }

  #heard(running: Running, message: RequestEvent): void {
    const { job, host } = running;
    if (message.type === "started") this.#started(running, message.listens);
    else if (message.type === "output") job.options.onOutput?.(message.text);
    else if (message.type === "event") job.options.onEvent?.(message.event as never);
    else if (message.type === "error" && FATAL.includes(message.reason)) {
      this.#replace(message.reason, message.detail);
    } else {
      this.#end(running);
      if (message.type === "error") {
        job.reject(new PythonError(message.reason, message.detail));
      } else if (isResponse(job.kind, message.response)) {
        job.resolve(message.response);
      } else {
        job.reject(new PythonError("version", `an unexpected answer to ${job.kind}`));
      }
      // What has graded once has run a learner's code; what the main worker knows is kept.
      if (host === this.#spare || message.heapBytes > HEAP_LIMIT_BYTES) this.#drop(host);
      this.#idle();
    }
  }

  #started(running: Running, listens: boolean): void {
    running.listens ||= listens;
    if (running.stopping) return;
    if (this.#state.name === "loading") this.#enter({ name: "running", id: running.job.id });
    this.#alarm(limitMsOf(running.job) + GRACE_MS, () => this.#replace("limit"));
  }

  #stop(job: Job): void {
    if (this.#waiting.includes(job)) {
      this.#waiting = this.#waiting.filter((other) => other !== job);
      job.reject(new PythonError("stopped"));
    }
    const running = this.#running;
    if (job !== running?.job) return;
    running.stopping = true;
    this.#alarm(running.listens ? STOP_GRACE_MS : 0, () => this.#replace("stopped"));
    running.signal.end();
    running.host.post({ type: "stop", id: job.id });
  }

  /** End the worker that runs and what it was doing; another takes its place. */
  #replace(reason: PythonReason, detail = ""): void {
    const running = this.#running;
    if (!running) return;
    this.#end(running);
    this.#drop(running.host);
    this.#enter({ name: "stopped" });
    running.job.reject(new PythonError(reason, detail));
    if (this.#bootMain().ready) this.#idle();
    this.#next();
  }

  #end({ signal }: Running): void {
    clearTimeout(this.#timer);
    signal.end();
    this.#running = undefined;
  }

  #drop(host: Host): void {
    host.end();
    if (host === this.#main) this.#main = undefined;
    if (host === this.#spare) this.#spare = undefined;
  }

  #failed(host: Host, detail: string): void {
    const wasReady = host === this.#running?.host || this.#state.name === "ready";
    if (host === this.#running?.host) {
      this.#replace("crashed", detail);
      return;
    }
    const needed = host === this.#main || this.#waiting.length > 0;
    this.#drop(host);
    if (!needed) return; // a spare that does not come is no loss
    if (wasReady && this.#waiting.length === 0) {
      this.#enter({ name: "idle" });
      return;
    }
    console.warn(`coursewright: Python could not be started: ${detail}`);
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#enter({ name: "failed", reason: "boot" });
    for (const job of waiting) job.reject(new PythonError("boot", detail));
  }

  #idle(): void {
    if (this.#running) return;
    if (this.#bootMain().ready) this.#enter({ name: "ready" });
    this.#next();
    clearTimeout(this.#spareTimer);
    if (this.#running || !this.#main?.touched || !this.#setup.maySpare()) return;
    this.#spareTimer = setTimeout(() => this.#bootSpare(), SPARE_AFTER_MS);
  }

  #enterLoading(): void {
    if (this.#state.name === "loading") return;
    const quick = this.#kept.module !== undefined;
    this.#enter({ name: "loading", stage: quick ? "start" : "fetch", done: 0, total: 0 });
  }

  #alarm(ms: number, ring: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(ring, ms);
  }

  #enter(state: PythonState): void {
    this.#state = state;
    this.tell(state);
  }
}
