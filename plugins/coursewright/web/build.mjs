// Bundles everything a page loads into COURSEWRIGHT_DIST. Called by hatch_build.py, which has
// already written schema.json there. Any failure ends with a non-zero exit code.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { collectLicences } from "./build/licences.mjs";
import { writeSchemaTypes } from "./build/schema-types.mjs";
import { buildPython } from "./build/worker.mjs";

const web = fileURLToPath(new URL(".", import.meta.url));
const dist = process.env.COURSEWRIGHT_DIST;
if (!dist) throw new Error("COURSEWRIGHT_DIST is not set: run `python hatch_build.py`");

await mkdir(dist, { recursive: true });
await writeSchemaTypes(join(dist, "schema.json"), join(web, "src/schema.ts"));

const results = await Promise.all([
  // Classic scripts: the only form that loads the same over http and from a folder.
  build({
    absWorkingDir: web,
    entryPoints: {
      page: "src/page.ts",
      python: "src/python.ts",
      editor: "src/editor.ts",
      lab: "src/lab.ts",
      meter: "src/meter.ts",
      progress: "src/progress.ts",
      term: "src/term.ts",
      tutor: "src/tutor.ts",
      "iframe-worker": "src/iframe-worker.ts",
    },
    outdir: dist,
    bundle: true,
    format: "iife",
    target: ["es2022", "firefox115", "chrome110", "safari16.4"],
    minify: true,
    metafile: true,
    legalComments: "none",
    logLevel: "warning",
  }),
  build({
    absWorkingDir: web,
    entryPoints: { coursewright: "styles/coursewright.css" },
    outdir: dist,
    bundle: true,
    minify: true,
    metafile: true,
    assetNames: "[name]",
    loader: { ".woff2": "file" },
    logLevel: "warning",
  }),
]);

const inputs = results.flatMap((result) => Object.keys(result.metafile.inputs));
inputs.push(...(await buildPython(web, dist)));
await writeFile(join(dist, "licences.txt"), await collectLicences(web, inputs));
