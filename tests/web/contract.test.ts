// The examples of tests/contract have the types that the page believes in.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const web = join(root, "plugins/coursewright/web");
const contract = join(root, "tests/contract");

interface Example {
  name: string;
  kind: string;
  payload: object;
  answers: { result?: object; event?: object | null; error?: object }[];
}

/** One example as TypeScript in which every part is held against its type. */
function typed({ kind, payload, answers }: Example, index: number): string[] {
  const call = `Calls[${JSON.stringify(kind)}]`;
  const holds = (value: object, type: string) => `${JSON.stringify(value)} satisfies ${type}`;
  const parts = answers.flatMap(({ result, event, error }) => [
    ...(result ? [holds(result, `${call}["response"]`)] : []),
    ...(event ? [holds(event, `${call}["event"]`)] : []),
    ...(error ? [holds(error, "{ reason: PythonReason; detail: string }")] : []),
  ]);
  return [holds(payload, `${call}["request"]`), ...parts].map(
    (part, place) => `export const example_${index}_${place} = ${part};`,
  );
}

test("every example of the contract type-checks", () => {
  const files = readdirSync(contract).filter((name) => name.endsWith(".json"));
  const examples: Example[] = files.flatMap((name) =>
    JSON.parse(readFileSync(join(contract, name), "utf8")),
  );
  assert.ok(examples.length > 0);
  const folder = mkdtempSync(join(web, "node_modules/.contract-"));
  try {
    const client = relative(folder, join(web, "src/python-client.ts"));
    const types = `import type { Calls, PythonReason } from "${client}";`;
    const lines = [types, ...examples.flatMap(typed), "export type Used = PythonReason;"];
    writeFileSync(join(folder, "examples.ts"), `${lines.join("\n")}\n`);
    const options = { extends: "../../tsconfig.page.json", include: ["*.ts"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(options));
    const compiler = join(web, "node_modules/typescript/bin/tsc");
    execFileSync(process.execPath, [compiler, "-p", folder], { stdio: "pipe", encoding: "utf8" });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
