// What tests/contract holds.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export interface Example {
  name: string;
  kind: string;
  payload: object;
  answers: object[];
}

/** Every example of tests/contract. */
export function contractExamples(): Example[] {
  const folder = join(ROOT, "tests/contract");
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return files.sort().flatMap((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
}
