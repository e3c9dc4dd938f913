// Where Python's files come from: over http the worker fetches them by address; from a folder,
// where nothing can be fetched, the same bytes come as text in scripts, and the worker from a Blob.
import { PART_NAMES, type PartName, type Parts } from "./protocol.ts";
import type { Coursewright } from "./site.ts";
import { WorkerClient, type WorkerLike } from "./worker-client.ts";

const WORKER = "python-worker";

/** Names of files in the assets table. */
const files = {
  part: (name: PartName) => `python-${name}.bin`,
  /** A script that sets `window.coursewright.parts[name]` to the file's bytes in base64. */
  asScript: (name: string) => `${name}.file.js`,
};

/** What is used of the site; read at the first need, when the page is complete. */
type Site = Pick<Coursewright, "assets" | "base" | "load">;

/** Make the client of this page, and keep `data-cw-python` at its state. */
export function makePython(site: () => Site): WorkerClient {
  const fromFolder = location.protocol === "file:";
  const client = new WorkerClient({
    open: () => (fromFolder ? openFromFolder(site()) : openFromHost(site())),
    mayWarm: () => !isPhone() && !savesData(),
  });
  const root = document.documentElement;
  root.dataset.cwPython = client.state.name;
  client.watch((state) => {
    root.dataset.cwPython = state.name;
  });
  return client;
}

async function openFromHost(site: Site): Promise<{ worker: WorkerLike; parts: Parts }> {
  const worker = new Worker(address(site, `${WORKER}.js`));
  const entries = PART_NAMES.map((name) => [name, address(site, files.part(name))] as const);
  return { worker, parts: Object.fromEntries(entries) as Parts };
}

async function openFromFolder(site: Site): Promise<{ worker: WorkerLike; parts: Parts }> {
  const names = [`${WORKER}.js`, ...PART_NAMES.map((name) => files.part(name))];
  await Promise.all(names.map((name) => site.load(files.asScript(name))));
  const entries = PART_NAMES.map((name) => [name, bytesOf(files.part(name)).buffer] as const);
  const text = await inflated(bytesOf(`${WORKER}.js`));
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const worker = new Worker(url);
  // Firefox reads the Blob later than the constructor returns.
  worker.addEventListener("message", () => URL.revokeObjectURL(url), { once: true });
  return { worker, parts: Object.fromEntries(entries) as Parts };
}

function address(site: Site, name: string): string {
  return new URL(site.assets[name] ?? name, site.base).href;
}

/** Decoded parts, kept for the next worker: the text is let go. */
const decoded = new Map<string, Uint8Array<ArrayBuffer>>();

function bytesOf(name: string): Uint8Array<ArrayBuffer> {
  const known = decoded.get(name);
  if (known) return known;
  const parts = window.coursewright?.parts ?? {};
  const text = parts[name];
  if (text === undefined) throw new Error(`${name} did not arrive`);
  const bytes = fromBase64(text);
  delete parts[name];
  decoded.set(name, bytes);
  return bytes;
}

interface Base64Decoder {
  fromBase64?(text: string): Uint8Array<ArrayBuffer>;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const decoder = Uint8Array as Base64Decoder;
  if (decoder.fromBase64) return decoder.fromBase64(text);
  const binary = atob(text); // browsers before 2025; takes seconds
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

function isPhone(): boolean {
  return matchMedia("(hover: none) and (pointer: coarse)").matches;
}

function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}
