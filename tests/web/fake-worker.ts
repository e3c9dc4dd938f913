// A worker that says only what a test makes it say.
import type { PageMessage, WorkerMessage } from "../../plugins/coursewright/web/src/protocol.ts";
import type { PythonState } from "../../plugins/coursewright/web/src/python-client.ts";
import {
  type ClientSetup,
  WorkerClient,
  type WorkerLike,
} from "../../plugins/coursewright/web/src/worker-client.ts";

export const MODULE = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
export const REPORT = { stdout: "", truncated: false, error: null };

export class FakeWorker implements WorkerLike {
  readonly heard: PageMessage[] = [];
  ended = false;
  onmessage: ((event: MessageEvent<unknown>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;

  postMessage(message: PageMessage): void {
    this.heard.push(message);
  }

  terminate(): void {
    this.ended = true;
  }

  says(message: WorkerMessage | object): void {
    this.onmessage?.({ data: message } as MessageEvent<unknown>);
  }

  breaks(message: string): void {
    this.onerror?.({ message } as ErrorEvent);
  }

  ready(): void {
    this.says({ type: "ready", module: MODULE });
  }

  /** Answer the request that was sent last. */
  answers(response: object, heapBytes = 0): void {
    this.says({ type: "result", id: this.last().id, response, heapBytes });
  }

  last(): Extract<PageMessage, { type: "request" }> {
    const request = this.heard.findLast((message) => message.type === "request");
    if (!request) throw new Error("no request was sent");
    return request;
  }
}

export interface Trial {
  readonly client: WorkerClient;
  /** Every worker that was made, in order. */
  readonly workers: FakeWorker[];
  /** Signals that were taken away. */
  readonly ended: string[];
  /** Names of the states it went through. */
  readonly states: string[];
}

/** A client whose workers are fakes. */
export function trial(setup: Partial<ClientSetup> = {}): Trial {
  const workers: FakeWorker[] = [];
  const open = () => {
    const worker = new FakeWorker();
    workers.push(worker);
    return Promise.resolve({ worker, parts: { wasm: "w", snapshot: "n", stdlib: "s" } });
  };
  const ended: string[] = [];
  const client = new WorkerClient({
    open,
    part: () => Promise.resolve(undefined),
    mayWarm: () => true,
    maySpare: () => false,
    makeSignal: () => ({ url: "blob:x", end: () => ended.push("blob:x") }),
    ...setup,
  });
  const states: string[] = [];
  client.watch((state: PythonState) => states.push(state.name));
  return { client, workers, states, ended };
}

/** Let promises settle. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

/** Return the worker that is up, after it said that it is ready. */
export async function bootedWorker({ workers }: Trial): Promise<FakeWorker> {
  await settle();
  const worker = workers.at(-1);
  if (!worker) throw new Error("no worker was made");
  worker.ready();
  await settle();
  return worker;
}
