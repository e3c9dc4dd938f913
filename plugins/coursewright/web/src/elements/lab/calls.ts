// What a lab asks of Python, with answers instead of exceptions. Only the last question counts:
// the answer to an older one is superseded.
import { type PythonClient, reasonOf } from "../../python-client.ts";
import type {
  LabResult,
  RolloutRequest,
  RolloutView,
  TrainPoint,
  TrainRequest,
} from "../../schema.ts";

/** Seconds after which a question is given up, also on a slow phone. */
const TRAIN_LIMIT_S = 600;
const ROLLOUT_LIMIT_S = 60;

/** `reason` is "stopped", "superseded", or ends a key of the strings table, `lab.failed.<reason>`. */
export type Answer<T> = { ok: true; value: T } | { ok: false; reason: string };

export class LabCalls {
  readonly #python: PythonClient | undefined;
  #current: AbortController | undefined;

  constructor(python: PythonClient | undefined) {
    this.#python = python;
  }

  train(request: TrainRequest, onPoint: (point: TrainPoint) => void): Promise<Answer<LabResult>> {
    this.#current?.abort();
    return this.#ask((python, signal) =>
      python.request("lab-train", request, { limitS: TRAIN_LIMIT_S, onEvent: onPoint, signal }),
    );
  }

  /** An episode before this one is left to end: giving it up would cost more than it takes. */
  rollout(request: RolloutRequest): Promise<Answer<RolloutView>> {
    return this.#ask((python, signal) =>
      python.request("lab-rollout", request, { limitS: ROLLOUT_LIMIT_S, signal }),
    );
  }

  /** Give up what is under way. */
  stop(): void {
    this.#current?.abort();
  }

  async #ask<T>(
    call: (python: PythonClient, signal: AbortSignal) => Promise<T>,
  ): Promise<Answer<T>> {
    if (!this.#python) return { ok: false, reason: "boot" };
    const own = new AbortController();
    this.#current = own;
    try {
      const value = await call(this.#python, own.signal);
      return this.#current === own ? { ok: true, value } : { ok: false, reason: "superseded" };
    } catch (error) {
      if (this.#current !== own) return { ok: false, reason: "superseded" };
      const reason = reasonOf(error);
      if (reason !== "stopped") console.warn("coursewright: the lab's Python failed", error);
      return { ok: false, reason };
    }
  }
}
