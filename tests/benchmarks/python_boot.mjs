// One trial of python_boot.py: opens a fresh browser, starts Python once, and writes what it took
// as one line of JSON. `node python_boot.mjs BROWSER WORLD VARIANT SITE`.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import puppeteer from "puppeteer-core";
import { classicPyodide } from "../../plugins/coursewright/web/build/worker.mjs";
import { SlowLine } from "../browser/slow-line.ts";

const [browserName, world, variant, site] = process.argv.slice(2);
const PYODIDE = fileURLToPath(
  new URL("../../plugins/coursewright/web/node_modules/pyodide", import.meta.url),
);
const LESSON = "lessons/goal-misgeneralization.html";
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript" };
TYPES[".wasm"] = "application/wasm";
TYPES[".css"] = "text/css";
/** What a good host sends compressed. */
const COMPRESSED = /\.(html|m?js|css|json|svg|wasm)$/;
/** 10 Mbit/s; an answer begins after 100 ms. */
const line = world === "slow" ? new SlowLine(10, 100) : undefined;
const STOCK_FILES = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"];
const STOCK_HTTP = `import {loadPyodide} from "./pyodide.mjs";
onmessage = async () => {
  const py = await loadPyodide({indexURL: new URL(".", import.meta.url).href});
  postMessage(py.runPython("6 * 7"));
};`;
const STOCK_FILE = `onmessage = async ({data}) => {
  const answer = async (url) => String(url).endsWith(".wasm")
    ? new Response(data.wasm, {headers: {"content-type": "application/wasm"}})
    : new Response(data.stdlib);
  const py = await makePyodideLoader(answer, WebAssembly)({
    indexURL: "https://x.invalid/", stdLibURL: "https://x.invalid/std.zip",
    packageBaseUrl: "https://x.invalid/", lockFileContents: data.lock, createPyodideModule,
  });
  postMessage(py.runPython("6 * 7"));
};`;

const kept = new Map();
let bytes = 0;
const root = world === "file" ? `${pathToFileURL(site).href}/` : await serve();
if (variant !== "ours") await writeStock();
if (line) for (const name of STOCK_FILES) await contents(`/stock/${name}`).catch(() => {});
const browser = await launch();
const result = await { stock, hosted, ours }[variant]();
process.stdout.write(`${JSON.stringify(result)}\n`);
await browser.close();
process.exit(0);

async function stock() {
  const page = await open("stock/index.html");
  const ms = await page.evaluate(() => globalThis.start());
  return { first: ms, bytes, ...(!line && { memory: await memory() }) };
}

/** Stock in a page as large as ours; on an empty page it has that much less to carry. */
async function hosted() {
  const page = await open(LESSON);
  await page.addScriptTag({ url: `${root}stock/start.js` });
  await page.evaluate(() => globalThis.start());
  return { memory: await memory() };
}

async function ours() {
  const page = await open(LESSON);
  const before = bytes;
  const first = await timed(page);
  const used = bytes - before;
  if (line) return { first, bytes: used };
  const held = await memory();
  await pause(1500);
  const pair = await memory();
  await page.evaluate(() => ask("import os\nos._exit(1)"));
  const spare = await timed(page);
  await page.evaluate(() => ask("import os\nos._exit(1)"));
  const respawn = await timed(page);
  await page.close();
  const second = await timed(await open(LESSON));
  return { first, spare, respawn, second, bytes: used, memory: held, pair };
}

async function open(path) {
  const page = await browser.newPage();
  await page.goto(root + path, { waitUntil: "load" });
  await page.evaluate(() => {
    globalThis.ask = (code) =>
      globalThis.coursewright.python.request("run", { code }).catch(() => undefined);
  });
  await pause(1200);
  return page;
}

/** Milliseconds from the request to the first result. */
function timed(page) {
  return page.evaluate(async () => {
    const began = performance.now();
    const report = await globalThis.ask("print(6 * 7)");
    if (report?.stdout !== "42\n") throw new Error(JSON.stringify(report));
    return performance.now() - began;
  });
}

/** Proportional memory of the largest process that shows pages, in MB. */
async function memory() {
  const parent = browser.process().pid;
  const mark = browserName === "chromium" ? "--type=renderer" : "-contentproc";
  const sizes = readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid) && descends(pid, parent))
    .filter((pid) => text(`/proc/${pid}/cmdline`).includes(mark))
    .map((pid) => Number(/^Pss:\s+(\d+)/m.exec(text(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0));
  return Math.max(...sizes) / 1024;
}

function descends(pid, ancestor) {
  for (
    let at = pid;
    at && at !== "1";
    at = /^PPid:\s+(\d+)/m.exec(text(`/proc/${at}/status`))?.[1]
  ) {
    if (Number(at) === ancestor) return true;
  }
  return false;
}

function text(path) {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return ""; // the process has ended meanwhile
  }
}

async function writeStock() {
  const folder = join(site, "stock");
  await mkdir(folder, { recursive: true });
  const get = (name) => readFile(join(PYODIDE, name));
  for (const name of [...STOCK_FILES, "pyodide-lock.json"]) {
    await writeFile(join(folder, name), await get(name));
  }
  await writeFile(join(folder, "worker.mjs"), STOCK_HTTP);
  const parts = {
    worker: Buffer.from(`${await classicPyodide(PYODIDE)}\n${STOCK_FILE}`),
    wasm: await get("pyodide.asm.wasm"),
    stdlib: await get("python_stdlib.zip"),
  };
  for (const [name, data] of Object.entries(parts)) {
    await writeFile(join(folder, `${name}.js`), `part("${name}","${data.toString("base64")}");`);
  }
  const lock = JSON.parse(await get("pyodide-lock.json"));
  const script = `const parts = {}, base = document.currentScript.src.replace(/[^/]*$/, "");
const lock = ${JSON.stringify({ info: lock.info, packages: {} })};
const part = (name, text) => { parts[name] = Uint8Array.fromBase64(text); };
const load = (name) => new Promise((done) => {
  const script = document.createElement("script");
  script.src = base + name + ".js"; script.onload = done; document.head.append(script);
});
async function start() {
  const began = performance.now();
  let worker;
  if (location.protocol === "file:") {
    await Promise.all(["worker", "wasm", "stdlib"].map(load));
    worker = new Worker(URL.createObjectURL(new Blob([parts.worker])));
  } else worker = new Worker(base + "worker.mjs", {type: "module"});
  worker.postMessage({wasm: parts.wasm, stdlib: parts.stdlib, lock});
  await new Promise((done) => { worker.onmessage = done; });
  return performance.now() - began;
}`;
  await writeFile(join(folder, "start.js"), script);
  const page = '<!doctype html><script src="start.js"></script>';
  await writeFile(join(folder, "index.html"), page);
}

/** What a host sends of a file; it compresses each once. */
async function contents(path) {
  const known = kept.get(path);
  if (known) return known;
  const body = await readFile(join(site, path));
  const zipped = line !== undefined && COMPRESSED.test(path);
  const sent = { body: zipped ? gzipSync(body, { level: 9 }) : body, zipped };
  kept.set(path, sent);
  return sent;
}

async function serve() {
  const server = createServer(async (request, response) => {
    try {
      const path = decodeURIComponent(new URL(request.url, "http://x").pathname);
      const { body, zipped } = await contents(path);
      const type = TYPES[extname(path)] ?? "application/octet-stream";
      const head = { "content-type": type, "cache-control": "max-age=3600" };
      if (zipped) head["content-encoding"] = "gzip";
      response.writeHead(200, head);
      bytes += body.length;
      if (line) await line.send(response, body);
      else response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${server.address().port}/`;
}

function launch() {
  const names =
    browserName === "chromium" ? ["chromium", "google-chrome"] : ["firefox-esr", "firefox"];
  const folders = process.env.PATH.split(":");
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const executablePath = paths.find((path) => existsSync(path));
  const extraPrefsFirefox = {
    "remote.prefs.recommended": false,
    "security.fileuri.strict_origin_policy": true,
  };
  return puppeteer.launch({
    browser: browserName === "chromium" ? "chrome" : "firefox",
    executablePath,
    headless: true,
    args: browserName === "chromium" ? ["--no-sandbox", "--disable-gpu"] : [],
    ...(browserName === "firefox" && { extraPrefsFirefox }),
  });
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
