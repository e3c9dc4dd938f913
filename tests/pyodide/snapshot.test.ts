// The snapshot is the same wherever it is built, and nothing of that place is in it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../contract/examples.ts";
import { shippedPyodide } from "./pyodide.ts";

const WEB = join(ROOT, "plugins/coursewright/web");
const DIST = join(ROOT, "plugins/coursewright/src/coursewright/assets/dist");

test("two folders and two environments give the same bytes, without a trace of either", () => {
  const top = mkdtempSync(join(tmpdir(), "coursewright-"));
  const places = [join(top, "here"), join(top, "a much longer name", "there")];
  const [one, other] = places.map((place, index) => build(place, { LANG: `x${index}` }));
  for (const name of ["stdlib.zip", "snapshot.pack"]) {
    const [bytes, others] = [one, other].map((out) => readFileSync(join(out ?? "", name)));
    assert.ok(bytes && others && bytes.length > 1_000_000);
    assert.ok(bytes.equals(others), name);
    for (const trace of [top, ROOT.replace(/\/$/, ""), process.execPath, "snapshot-out"]) {
      assert.equal(bytes.indexOf(trace), -1, `${trace} in ${name}`);
    }
  }
  rmSync(top, { recursive: true });
});

function build(place: string, environment: Record<string, string>): string {
  for (const folder of ["build", "src/worker"]) {
    cpSync(join(WEB, folder), join(place, folder), { recursive: true, dereference: true });
  }
  cpSync(shippedPyodide(), join(place, "pyodide"), { recursive: true });
  const wheel = readdirSync(DIST).find((name) => name.endsWith(".whl")) ?? "";
  const out = join(place, "snapshot-out");
  mkdirSync(out);
  const script = join(place, "build/snapshot.mjs");
  const args = [script, join(place, "pyodide"), join(DIST, wheel), out];
  execFileSync(process.execPath, args, { env: { ...process.env, ...environment } });
  return out;
}
