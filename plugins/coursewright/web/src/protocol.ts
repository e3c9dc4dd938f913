// What page and worker say to each other. A discriminated union in each direction, checked on
// arrival at both ends. The worker does one request at a time; the page keeps the others waiting.
import type { Calls, LoadStage, PythonReason } from "./python-client.ts";
import { PROTOCOL_VERSION } from "./schema.ts";

export { PROTOCOL_VERSION };

export type CallKind = keyof Calls;

/** The files that Python is made of. */
export type PartName = "wasm" | "snapshot" | "stdlib";
export const PART_NAMES: readonly PartName[] = ["wasm", "snapshot", "stdlib"];

/** Any file that a worker may need: a part of Python, or a package of the course by its name. */
export type FileName = PartName | `package:${string}`;

/** Where each file is: an address to fetch, or, from a folder, the bytes themselves. */
export type Parts = Partial<Record<FileName, string | ArrayBuffer>>;

/** A package of the course: its author's own modules, or one from a registry. */
export interface PackageFacts {
  name: string;
  /** Names by which code imports it. */
  imports: string[];
  /** Names of the packages that it needs. */
  depends: string[];
  /** Length of its file. */
  bytes: number;
  /** Whether the author wrote it: such modules begin anew with each run. */
  own: boolean;
}

/**
 * First message to a new worker, sent once by the page. Answered by any number of `progress` and
 * `need`, then `ready` or `failed`. `module` is kept from an earlier worker; else it follows in a
 * message of its own. A part that is not given is asked for when it is needed, as are the files of
 * `packages`. When the worker is ready it gets what code with these `sources` imports: the next
 * code is likely to import the same.
 */
export interface BootMessage {
  type: "boot";
  version: number;
  parts: Parts;
  /** An address that can be read until the worker is ready, to find out whether it can be. */
  stopUrl: string;
  packages?: readonly PackageFacts[];
  sources?: string[];
  module?: WebAssembly.Module;
}

/** Sent once to a worker that has spoken and got no module with `boot`. */
export interface ModuleMessage {
  type: "module";
  module: WebAssembly.Module;
}

/**
 * Sent by the page to a worker that is ready and has no other request. Answered by any number of
 * `output` and `event`, then `result` or `error`, all with the same id. At `limitMs` of running the
 * worker interrupts the code; the page ends the worker when no answer comes soon after.
 */
export interface RequestMessage {
  type: "request";
  id: number;
  kind: CallKind;
  payload: object;
  limitMs: number;
  /** An address that can be read until the learner stops the request. */
  stopUrl: string;
}

/**
 * Sent by the page when the learner stops request `id`. Heard only between the parts of long work;
 * what runs looks at `stopUrl` instead, if it can (see `started`). Answered by `error` with reason
 * `stopped`; where no answer comes, the page ends the worker.
 */
export interface StopMessage {
  type: "stop";
  id: number;
}

/** The page's answer to `need`; without bytes the part cannot be had. */
export interface PartMessage {
  type: "part";
  part: FileName;
  bytes?: ArrayBuffer;
}

export type PageMessage = BootMessage | ModuleMessage | RequestMessage | StopMessage | PartMessage;

/**
 * Sent by the worker while it boots, and with stage `packages` before a request begins. Bytes over
 * the network, as in `PythonState`; a `total` of stage `fetch` includes the module.
 */
export interface ProgressMessage {
  type: "progress";
  stage: LoadStage;
  done: number;
  total: number;
}

/** Sent by the worker, also after its boot, when it lacks a part. Answered by one `part`. */
export interface NeedMessage {
  type: "need";
  part: FileName;
}

/**
 * Ends the boot. The page keeps the compiled `module` for a worker that follows this one. `slow`
 * says why the snapshot was of no use and Python was started the long way; else `snapshot` is what
 * was restored.
 */
export interface ReadyMessage {
  type: "ready";
  module: WebAssembly.Module;
  snapshot?: ArrayBuffer;
  slow?: string;
}

/** Ends the boot without success. The page ends the worker. */
export interface FailedMessage {
  type: "failed";
  detail: string;
}

/** Sent when a request begins. `listens` tells whether `stopUrl` is looked at while code runs. */
export interface StartedMessage {
  type: "started";
  id: number;
  listens: boolean;
}

/** Sent while learner code runs: the first thousand at once, then at most 20 a second. */
export interface OutputMessage {
  type: "output";
  id: number;
  text: string;
}

/** One step of long work, such as a point of a curve. */
export interface EventMessage {
  type: "event";
  id: number;
  event: object;
}

/**
 * Ends a request. `heapBytes` is the memory that Python holds and will not give back, here and in
 * `error`: the page replaces a worker that has grown too large.
 */
export interface ResultMessage {
  type: "result";
  id: number;
  response: object;
  heapBytes: number;
}

/** Ends a request without an answer. After `crashed` and `recursion` the worker is of
 * no more use. */
export interface ErrorMessage {
  type: "error";
  id: number;
  reason: PythonReason;
  detail: string;
  heapBytes: number;
}

/** What a worker says about a request. */
export type RequestEvent =
  | StartedMessage
  | OutputMessage
  | EventMessage
  | ResultMessage
  | ErrorMessage;

export type WorkerMessage =
  | ProgressMessage
  | NeedMessage
  | ReadyMessage
  | FailedMessage
  | RequestEvent;

/** What a field of a message has to be. */
type Plain = "string" | "number" | "boolean" | "object" | "buffer" | "module";
type Shape = Plain | `${Plain}?`;

const PAGE_SHAPES: Record<PageMessage["type"], Record<string, Shape>> = {
  boot: {
    version: "number",
    parts: "object",
    stopUrl: "string",
    packages: "object?",
    sources: "object?",
    module: "module?",
  },
  module: { module: "module" },
  request: {
    id: "number",
    kind: "string",
    payload: "object",
    limitMs: "number",
    stopUrl: "string",
  },
  stop: { id: "number" },
  part: { part: "string", bytes: "buffer?" },
};

const WORKER_SHAPES: Record<WorkerMessage["type"], Record<string, Shape>> = {
  progress: { stage: "string", done: "number", total: "number" },
  need: { part: "string" },
  ready: { module: "module", snapshot: "buffer?", slow: "string?" },
  failed: { detail: "string" },
  started: { id: "number", listens: "boolean" },
  output: { id: "number", text: "string" },
  event: { id: "number", event: "object" },
  result: { id: "number", response: "object", heapBytes: "number" },
  error: { id: "number", reason: "string", detail: "string", heapBytes: "number" },
};

/** Fields that an answer of each kind must have, with their types. */
const RESPONSE_SHAPES: Record<CallKind, Record<string, Shape | "array">> = {
  run: { stdout: "string", truncated: "boolean" },
  grade: { passed: "boolean", checks: "array", stdout: "string", truncated: "boolean" },
  "lab-train": { experiment: "string", outcomes: "object", weights_sha256: "string" },
  "lab-rollout": { level: "object", cells: "array", outcome: "string" },
};

/** Return every text in a payload: some of them are code. */
export function textsOf(payload: object): string[] {
  return Object.values(payload).filter((value): value is string => typeof value === "string");
}

/** Tell whether a message that reached the worker is one of the page's. */
export function isPageMessage(data: unknown): data is PageMessage {
  return hasShape(data, PAGE_SHAPES);
}

/** Tell whether a message that reached the page is one of the worker's. */
export function isWorkerMessage(data: unknown): data is WorkerMessage {
  return hasShape(data, WORKER_SHAPES);
}

/** Tell whether an answer has the fields that its kind promises. */
export function isResponse<K extends CallKind>(
  kind: K,
  response: object,
): response is Calls[K]["response"] {
  const fields = response as Record<string, unknown>;
  return Object.entries(RESPONSE_SHAPES[kind]).every(([name, shape]) =>
    shape === "array" ? Array.isArray(fields[name]) : typeof fields[name] === shape,
  );
}

function hasShape(data: unknown, shapes: Record<string, Record<string, Shape>>): boolean {
  if (typeof data !== "object" || data === null) return false;
  const fields = data as Record<string, unknown>;
  const type = fields.type;
  if (typeof type !== "string" || !Object.hasOwn(shapes, type)) return false;
  return Object.entries(shapes[type] ?? {}).every(([name, shape]) => fits(fields[name], shape));
}

function fits(value: unknown, shape: Shape): boolean {
  if (shape.endsWith("?")) {
    return value === undefined || fits(value, shape.slice(0, -1) as Shape);
  }
  if (shape === "module") return value instanceof WebAssembly.Module;
  if (shape === "buffer") return value instanceof ArrayBuffer;
  return shape === "object" ? typeof value === "object" && value !== null : typeof value === shape;
}
