// What the page may ask of Python, apart from how: the client is in worker-client.ts.
import type {
  GradeReport,
  GradeRequest,
  LabResult,
  RolloutRequest,
  RolloutView,
  RunReport,
  RunRequest,
  TrainPoint,
  TrainRequest,
} from "./schema.ts";

/**
 * What Python is doing before it is ready: bytes arrive, are compiled, the interpreter starts. Or,
 * when it is up, before a run: what the code imports arrives.
 */
export type LoadStage = "fetch" | "compile" | "start" | "packages";

/**
 * State of the one Python of this tab. `done` and `total` count bytes over the network while
 * `stage` is fetch or packages. `stopped` lasts until a new interpreter stands ready.
 */
export type PythonState =
  | { name: "idle" }
  | { name: "loading"; stage: LoadStage; done: number; total: number }
  | { name: "ready" }
  | { name: "running"; id: number }
  | { name: "stopped" }
  | { name: "failed"; reason: string };

/**
 * Why a request has no answer: the learner stopped it; it did not end at its limit and was ended
 * by force; Python could not be started; Python broke down; the two sides of the site are of
 * different versions; the request had another shape than its kind (a fault of ours); something
 * that the code imports did not arrive; nor did the standard library, of which Python needed a
 * module; calls went so deep that Python broke down.
 */
export type PythonReason =
  | "stopped"
  | "limit"
  | "boot"
  | "crashed"
  | "version"
  | "request"
  | "packages"
  | "library"
  | "recursion";

/**
 * A request without an answer. Bundles do not share classes: test with `reasonOf`, not with
 * `instanceof`. `detail` is for the console.
 */
export class PythonError extends Error {
  readonly reason: PythonReason;
  readonly detail: string;

  constructor(reason: PythonReason, detail = "") {
    super(`${reason}${detail && `: ${detail}`}`);
    this.name = "PythonError";
    this.reason = reason;
    this.detail = detail;
  }
}

/** Return why a request was rejected; anything that is no PythonError counts as a breakdown. */
export function reasonOf(error: unknown): PythonReason {
  const known = error instanceof Error && error.name === "PythonError" && "reason" in error;
  return known ? (error.reason as PythonReason) : "crashed";
}

/**
 * Each kind of request with its payload, its answer and the events that come before it. A run that
 * reached its limit is answered with a report whose error is KeyboardInterrupt. A rollout of an
 * agent that is not in memory trains it first, hence its events.
 */
export interface Calls {
  run: { request: RunRequest; response: RunReport; event: never };
  grade: { request: GradeRequest; response: GradeReport; event: never };
  "lab-train": { request: TrainRequest; response: LabResult; event: TrainPoint };
  "lab-rollout": { request: RolloutRequest; response: RolloutView; event: TrainPoint };
}

export interface CallOptions<K extends keyof Calls> {
  /** Seconds of running (loading and waiting not counted) after which it is given up. */
  limitS?: number;
  onEvent?: (event: Calls[K]["event"]) => void;
  /** What learner code prints, in pieces, while it runs. */
  onOutput?: (text: string) => void;
  /** Aborting is Stop. */
  signal?: AbortSignal;
}

export interface PythonClient {
  readonly state: PythonState;
  /** Call `listener` with each new state. Returns the end. */
  watch(listener: (state: PythonState) => void): () => void;
  /** Start loading on intent; does nothing on a phone or with data saving on. */
  warm(): void;
  /** Ask Python; requests are done one after the other. Rejects with a PythonError. */
  request<K extends keyof Calls>(
    kind: K,
    payload: Calls[K]["request"],
    options?: CallOptions<K>,
  ): Promise<Calls[K]["response"]>;
}
