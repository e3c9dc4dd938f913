// A lab's state and how each event changes it. Nothing here knows elements, Python or storage.
import type { PythonState } from "../../python-client.ts";
import type { LabResult, LabSpec, TrainPoint } from "../../schema.ts";
import { grow } from "./curve.ts";
import type { OutcomeName } from "./outcomes.ts";
import { defaults, type Fault, type Setting, type Settings, sameSettings } from "./settings.ts";

export type Phase = "idle" | "loading" | "running" | "ready" | "stopped" | "failed";

/** How far Python has come while it loads. */
export type Loading = Extract<PythonState, { name: "loading" }>;

/** The result on show. Until `revealed` its outcome is withheld: the learner predicts first. */
export interface Shown {
  result: LabResult;
  from: "build" | "live" | "stored";
  prediction: OutcomeName | undefined;
  revealed: boolean;
}

export interface LabState {
  phase: Phase;
  /** Whether a training run was started and has not ended. */
  training: boolean;
  /** The phase to go back to after an episode was asked for; undefined when none was. */
  rest: Phase | undefined;
  loading: Loading | undefined;
  /** What the next run uses. */
  settings: Settings;
  faults: Readonly<Record<string, Fault>>;
  /** What the learner expects of the next run. */
  prediction: OutcomeName | undefined;
  /** The curve of the run under way, or of the last one. */
  points: readonly TrainPoint[];
  shown: Shown;
  /** Settings of the trained agent: Python holds it, or trains it again the same when asked. */
  agent: Settings | undefined;
  /** Why the last run failed: ends a key of the strings table, `lab.failed.<reason>`. */
  failure: string;
}

export type LabEvent =
  | { type: "set"; name: string; value: Setting }
  | { type: "fault"; name: string; fault: Fault }
  | { type: "predict"; outcome: OutcomeName }
  | { type: "reveal" }
  | { type: "train" }
  | { type: "ask" }
  | { type: "answered" }
  | { type: "loading"; loading: Loading }
  | { type: "loaded" }
  | { type: "point"; point: TrainPoint }
  | { type: "done"; result: LabResult }
  | { type: "stopped" }
  | { type: "failed"; reason: string }
  | { type: "recall"; result: LabResult | undefined; prediction: OutcomeName | undefined }
  | { type: "reset" };

export function initial(spec: LabSpec): LabState {
  return {
    phase: "idle",
    training: false,
    rest: undefined,
    loading: undefined,
    settings: defaults(spec.experiment, spec.fix),
    faults: {},
    prediction: undefined,
    points: [],
    shown: { result: spec.measured, from: "build", prediction: undefined, revealed: false },
    agent: undefined,
    failure: "",
  };
}

/** Tell whether something is under way that Stop can end. */
export function isBusy(state: LabState): boolean {
  return state.phase === "loading" || state.phase === "running";
}

/** Tell whether the result on show is the learner's own, for the settings that are set now. */
export function isCurrent(state: LabState): boolean {
  return state.shown.from !== "build" && sameSettings(state.settings, state.shown.result.settings);
}

/** Tell whether the prediction is closed, because its outcome has been shown. */
export function isSettled(state: LabState): boolean {
  return isCurrent(state) && state.shown.revealed;
}

/** Return the state after an event. */
export function next(spec: LabSpec, state: LabState, event: LabEvent): LabState {
  switch (event.type) {
    case "set":
      return withSetting(state, event.name, event.value);
    case "fault":
      return { ...state, faults: { ...state.faults, [event.name]: event.fault } };
    case "predict":
      return predicted(state, event.outcome);
    case "reveal":
      return { ...state, shown: { ...state.shown, revealed: true } };
    case "train":
      return { ...state, ...IDLE, phase: "running", training: true, points: [], agent: undefined };
    case "ask":
      return state.training ? state : { ...state, rest: state.rest ?? state.phase };
    case "loading":
      return isWaiting(state) ? { ...state, phase: "loading", loading: event.loading } : state;
    case "loaded":
      return isWaiting(state)
        ? { ...state, phase: state.rest ?? "running", loading: undefined }
        : state;
    case "answered":
      return state.training ? state : { ...state, ...IDLE, phase: state.rest ?? state.phase };
    case "point":
      return state.training ? { ...state, points: grow(state.points, event.point) } : state;
    case "done":
      return finished(state, event.result);
    case "stopped":
      return { ...state, ...IDLE, phase: state.training ? "stopped" : (state.rest ?? state.phase) };
    case "failed":
      return { ...state, ...IDLE, phase: "failed", failure: event.reason };
    case "recall":
      return recalled(spec, state, event.result, event.prediction);
    case "reset":
      return initial(spec);
  }
}

const IDLE = { training: false, rest: undefined, loading: undefined, failure: "" } as const;

function isWaiting(state: LabState): boolean {
  return state.training || state.rest !== undefined;
}

function withSetting(state: LabState, name: string, value: Setting): LabState {
  const faults = { ...state.faults };
  delete faults[name];
  const settings = { ...state.settings, [name]: value };
  // Other settings are another question: the old prediction stays with the old result.
  const prediction =
    isSettled(state) && !sameSettings(settings, state.settings) ? undefined : state.prediction;
  return { ...state, settings, faults, prediction };
}

function predicted(state: LabState, outcome: OutcomeName): LabState {
  if (isSettled(state)) return state;
  const prediction = outcome;
  if (!isCurrent(state)) return { ...state, prediction };
  return { ...state, prediction, shown: { ...state.shown, prediction, revealed: true } };
}

function finished(state: LabState, result: LabResult): LabState {
  const { prediction } = state;
  return {
    ...state,
    ...IDLE,
    phase: "ready",
    agent: result.settings,
    shown: { result, from: "live", prediction, revealed: prediction !== undefined },
  };
}

function recalled(
  spec: LabSpec,
  state: LabState,
  result: LabResult | undefined,
  prediction: OutcomeName | undefined,
): LabState {
  if (state.training) return state;
  const start = initial(spec);
  if (!result) return { ...start, prediction };
  const known = Object.keys(start.settings).filter((name) => name in result.settings);
  const kept = known.map((name) => [name, result.settings[name]]);
  return {
    ...start,
    settings: { ...start.settings, ...Object.fromEntries(kept), ...spec.fix },
    prediction,
    agent: result.settings,
    shown: { result, from: "stored", prediction, revealed: true },
  };
}
