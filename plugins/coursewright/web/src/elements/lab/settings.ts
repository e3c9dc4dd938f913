// From an experiment's declared parameters to the settings of a run: what controls to draw, what
// a learner's entry means, and what is wrong with it. Knows no elements.
import type { ExperimentSpec, LabSpec, ParamSpec } from "../../schema.ts";

export type Setting = ParamSpec["default"];
export type Settings = Record<string, Setting>;

/** Why an entry is no setting. `code` ends a key of the strings table, `lab.fault.<code>`. */
export interface Fault {
  code: "number" | "whole" | "range" | "choice";
  low: number;
  high: number;
}

export type Entry = { ok: true; value: Setting } | { ok: false; fault: Fault };

/** Steps up to which a slider stands beside the number. */
const SLIDER_STEPS = 200;

/** Return the parameters that get a control, in the author's order. */
export function exposed(spec: LabSpec): ParamSpec[] {
  const params = new Map(spec.experiment.params.map((param) => [param.name, param]));
  return spec.expose.flatMap((name) => params.get(name) ?? []);
}

/** Return every setting of the experiment: its defaults, overruled by what the author holds. */
export function defaults(experiment: ExperimentSpec, fix: Settings): Settings {
  const own = experiment.params.map((param): [string, Setting] => [param.name, param.default]);
  return { ...Object.fromEntries(own), ...fix };
}

/** Return a control's bounds and step, with the step that the kind implies when none is given. */
export function bounds(param: ParamSpec): { low: number; high: number; step: number } {
  const low = param.low ?? 0;
  const high = param.high ?? 0;
  return { low, high, step: param.step || (param.kind === "int" ? 1 : (high - low) / 100) };
}

/** Tell whether a slider can reach every value of a number. */
export function hasSlider(param: ParamSpec): boolean {
  const { low, high, step } = bounds(param);
  const isNumber = param.kind === "int" || param.kind === "float";
  return isNumber && high > low && (high - low) / step <= SLIDER_STEPS;
}

/**
 * Read what stands in a control.
 *
 * @param raw - The text of a number or select, or whether a checkbox is ticked.
 */
export function read(param: ParamSpec, raw: string | boolean): Entry {
  if (param.kind === "bool") return { ok: true, value: raw === true };
  const { low, high } = bounds(param);
  const refuse = (code: Fault["code"]): Entry => ({ ok: false, fault: { code, low, high } });
  const text = String(raw).trim();
  if (param.kind === "choice") {
    return param.choices?.includes(text) ? { ok: true, value: text } : refuse("choice");
  }
  const value = text === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) return refuse("number");
  if (param.kind === "int" && !Number.isInteger(value)) return refuse("whole");
  if (value < low || value > high) return refuse("range");
  return { ok: true, value };
}

/** Tell whether two runs have the same settings. */
export function sameSettings(one: Settings, other: Settings): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => one[name] === other[name]);
}
