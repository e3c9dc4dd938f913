// Collects the licence texts of every npm package whose code or font went into a bundle.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const ALWAYS = ["pyodide"]; // shipped as files, not through a bundle

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
  return `${name} ${version} (${license})\n\n${text}`;
}
