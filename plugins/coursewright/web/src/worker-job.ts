// One request of the page to Python, while it waits and while it runs.
import type { CallOptions, Calls, PythonError } from "./python-client.ts";
import type { Host } from "./worker-host.ts";

const LIMIT_S = 10;

export interface Job {
  readonly id: number;
  readonly kind: keyof Calls;
  readonly payload: object;
  readonly options: CallOptions<keyof Calls>;
  readonly resolve: (response: object) => void;
  readonly reject: (error: PythonError) => void;
}

export interface Running {
  readonly job: Job;
  readonly host: Host;
  readonly signal: { url: string; end: () => void };
  /** Whether the worker looks at the signal while it runs, or hears messages. */
  listens: boolean;
  stopping: boolean;
}

/** Return the time that a request may run, in milliseconds. */
export function limitMsOf(job: Job): number {
  return (job.options.limitS ?? LIMIT_S) * 1000;
}
