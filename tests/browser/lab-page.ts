// What the browser tests do with a lab: set it, train it, read what it measured, and train the same
// in CPython.
import { execFileSync } from "node:child_process";
import type { Page } from "puppeteer-core";
import type { LabResult } from "../../plugins/coursewright/web/src/schema.ts";

/** Asks the same door that the page's worker asks. */
const TRAIN = `
import json, sys
from lessonlab import bridge
from lessonlab.schema import PROTOCOL_VERSION
request = {"version": PROTOCOL_VERSION, "kind": "lab-train", "payload": json.load(sys.stdin)}
answer = json.loads(bridge.handle(json.dumps(request)))
while answer.get("more"):
    answer = json.loads(bridge.resume())
print(json.dumps(answer["result"]))
`;

/** Train with the Python that runs the tests. */
export function trainHere(experiment: string, settings: LabResult["settings"]): LabResult {
  const python = process.env.COURSEWRIGHT_PYTHON;
  if (!python) throw new Error("run the browser tests with `python3 dev.py test browser`");
  const input = JSON.stringify({ experiment, settings });
  return JSON.parse(execFileSync(python, ["-c", TRAIN], { input, encoding: "utf8" }));
}

/** Go to a lab and wait until it is drawn. */
export async function reach(page: Page, lab: string): Promise<void> {
  await page.$eval(lab, (section) => section.scrollIntoView());
  await page.waitForSelector(`${lab} [data-cw-action="train"]`);
}

/** Data that the lab carries as JSON. */
export async function read<T>(page: Page, lab: string, name: string): Promise<T> {
  const text = await page.$eval(
    lab,
    (section, key) => (section instanceof HTMLElement ? section.dataset[key] : undefined),
    name,
  );
  return JSON.parse(text ?? "");
}

/** What the lab measured last. */
export function result(page: Page, lab: string): Promise<LabResult> {
  return read<LabResult>(page, lab, "cwResult");
}

export function said(page: Page, lab: string): Promise<string> {
  return page.$eval(`${lab} [role="status"]`, (status) => status.textContent ?? "");
}

/** Type into a control as a reader does. */
export async function enter(page: Page, lab: string, name: string, value: string): Promise<void> {
  const control = `${lab} [data-cw-param="${name}"]`;
  await page.waitForSelector(control);
  await click(page, control, 3);
  await page.keyboard.type(value);
}

/** Click in the middle of the window, where no sticky header lies above. */
export async function click(page: Page, selector: string, count = 1): Promise<void> {
  await page.$eval(selector, (it) => it.scrollIntoView({ block: "center" }));
  await page.locator(selector).click({ count });
}

export function press(page: Page, lab: string, action: string): Promise<void> {
  return click(page, `${lab} [data-cw-action="${action}"]`);
}

export async function until(page: Page, lab: string, state: string): Promise<void> {
  await page.waitForSelector(`${lab}[data-cw-state="${state}"]`);
}

/** Train to the end; returns the result. */
export async function train(page: Page, lab: string, episodes: number): Promise<LabResult> {
  await enter(page, lab, "episodes", String(episodes));
  await press(page, lab, "train");
  await until(page, lab, "ready");
  return result(page, lab);
}
