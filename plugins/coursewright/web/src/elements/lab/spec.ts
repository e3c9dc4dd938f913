// Reads what comes as JSON: a lab's specification, a stored result, a stored prediction. What is
// malformed is undefined, never half used.
import type { LabRecord, LabResult, LabSpec, Outcomes } from "../../schema.ts";
import { isOutcome, OUTCOMES, type OutcomeName, TESTS } from "./outcomes.ts";

/** Read `data-cw-spec`. */
export function parseSpec(text: string | undefined): LabSpec | undefined {
  const value = parse(text);
  return isSpec(value) ? value : undefined;
}

/** Read `data-cw-result`, or a result from the store. */
export function parseResult(text: string | undefined): LabResult | undefined {
  const value = parse(text);
  return isResult(value) ? value : undefined;
}

/** Read what the store keeps of a lab. A result of another experiment is left. */
export function parseRecord(
  record: LabRecord,
  experiment: string,
): { result: LabResult | undefined; prediction: OutcomeName | undefined } {
  const result = parseResult(record.result?.value);
  const prediction = parse(record.prediction?.value);
  return {
    result: result?.experiment === experiment ? result : undefined,
    prediction: isOutcome(prediction) ? prediction : undefined,
  };
}

function parse(text: string | undefined): unknown {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function isSpec(value: unknown): value is LabSpec {
  return (
    isRecord(value) &&
    typeof value.id === "string" &&
    isRecord(value.experiment) &&
    typeof value.experiment.name === "string" &&
    Array.isArray(value.experiment.params) &&
    value.experiment.params.every((param) => isRecord(param) && typeof param.name === "string") &&
    isRecord(value.fix) &&
    Array.isArray(value.expose) &&
    isResult(value.measured)
  );
}

function isResult(value: unknown): value is LabResult {
  return (
    isRecord(value) &&
    typeof value.experiment === "string" &&
    typeof value.weights_sha256 === "string" &&
    isRecord(value.settings) &&
    [value.seed, value.episodes, value.n].every(Number.isInteger) &&
    TESTS.every((test) => isOutcomes(value[test]))
  );
}

function isOutcomes(value: unknown): value is Outcomes {
  return isRecord(value) && OUTCOMES.every((name) => isShare(value[name]));
}

function isShare(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value <= 1;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
