// What the page may ask of Python. Types only: the client itself is made by `page.ts`.
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

/** State of the one Python of this tab. `done` and `total` count bytes of what is loading. */
export type PythonState =
  | { name: "idle" }
  | { name: "loading"; stage: string; done: number; total: number }
  | { name: "ready" }
  | { name: "running"; id: number }
  | { name: "stopped" }
  | { name: "failed"; reason: string };

/** Each kind of request with its payload, its answer and the events that come before it. */
export interface Calls {
  run: { request: RunRequest; response: RunReport; event: never };
  grade: { request: GradeRequest; response: GradeReport; event: never };
  "lab-train": { request: TrainRequest; response: LabResult; event: TrainPoint };
  "lab-rollout": { request: RolloutRequest; response: RolloutView; event: never };
}

export interface CallOptions<K extends keyof Calls> {
  /** Seconds after which the request is given up. */
  limitS?: number;
  onEvent?: (event: Calls[K]["event"]) => void;
  onOutput?: (text: string) => void;
  signal?: AbortSignal;
}

export interface PythonClient {
  readonly state: PythonState;
  /** Call `listener` with each new state. Returns the end. */
  watch(listener: (state: PythonState) => void): () => void;
  /** Start loading on intent; does nothing on a phone or with data saving on. */
  warm(): void;
  /** Ask Python. Rejects when it was stopped, took too long or could not be started. */
  request<K extends keyof Calls>(
    kind: K,
    payload: Calls[K]["request"],
    options?: CallOptions<K>,
  ): Promise<Calls[K]["response"]>;
}
