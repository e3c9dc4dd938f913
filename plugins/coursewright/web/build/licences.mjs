// Collects the licence texts of every npm package whose code or font went into a bundle.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const ALWAYS = ["pyodide"]; // shipped as files, not through a bundle

/** What we ship in another form than its authors do. Licences such as the MPL ask to be told. */
const CHANGED = {
  pyodide:
    "Changed for Coursewright: what links further WebAssembly libraries is left out, and the " +
    "standard library is compiled. The unchanged files are in the npm package of this version; " +
    "what changes them is in Coursewright's folder plugins/coursewright/web/build.",
};

export async function collectLicences(web, inputs) {
  const names = new Set(ALWAYS);
  for (const input of inputs) {
    const match = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (match) names.add(match[1]);
  }
  const parts = [];
  for (const name of [...names].sort())
    parts.push(await licenceOf(join(web, "node_modules", name)));
  return `${parts.join(`\n\n${"-".repeat(72)}\n\n`)}\n`;
}

async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(
    await readFile(join(folder, "package.json"), "utf8"),
  );
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|ofl)/i.test(file));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  const text = texts.join("\n").trim() || "(the package carries no licence file)";
  const heading = [`${name} ${version} (${license})`, CHANGED[name]].filter(Boolean);
  return [...heading, text].join("\n\n");
}
