// Where Python's files come from: over http the worker fetches them by address; from a folder,
// where nothing can be fetched, the same bytes come as text in scripts, and the worker from a Blob.
import { type FileName, PART_NAMES, type PartName, type Parts } from "./protocol.ts";
import { compileModule } from "./python-module.ts";
import type { Coursewright } from "./site.ts";
import { type Opened, WorkerClient, type WorkerLike } from "./worker-client.ts";

/** What is used of the site; read at the first need, when the page is complete. */
type Site = Pick<Coursewright, "assets" | "base" | "load" | "packages">;

/** Name of a part, or of the worker's text, in the assets table; address of a package's file. */
function fileOf({ packages = [] }: Site, name: FileName | "worker"): string {
  const file = packages.find((entry) => `package:${entry.name}` === name)?.file;
  return file ?? `python-${name}.bin`;
}

/** A page that nobody has looked at for so long gives its workers back. */
const REST_AFTER_MS = 5 * 60_000;

/** Make the client of this page, and keep `data-cw-python` at its state. */
export function makePython(site: () => Site): WorkerClient {
  const fromFolder = location.protocol === "file:";
  const client = new WorkerClient({
    open: (kept, signal) =>
      fromFolder ? openFromFolder(site(), kept) : openFromHost(site(), kept, signal),
    part: (name) => (fromFolder ? copyOf(site(), name) : Promise.resolve(undefined)),
    packages: () => (site().packages ?? []).map(({ file: _, ...facts }) => facts),
    mayWarm: () => !isPhone() && !savesData(),
    maySpare: () => !isPhone() && !savesData() && !hasLittleMemory(),
    makeSignal,
  });
  const root = document.documentElement;
  root.dataset.cwPython = client.state.name;
  client.watch((state) => {
    root.dataset.cwPython = state.name;
  });
  restWhenHidden(client);
  return client;
}

function restWhenHidden(client: WorkerClient): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  // A page that was left may be kept whole for the way back, its workers included.
  window.addEventListener("pagehide", () => client.leave());
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(() => client.rest(), REST_AFTER_MS);
  });
}

/** A running worker hears no message, but it notices that an address can no longer be read. */
function makeSignal(): { url: string; end: () => void } {
  const url = URL.createObjectURL(new Blob(["run"]));
  return { url, end: () => URL.revokeObjectURL(url) };
}

async function openFromHost(
  site: Site,
  kept: readonly PartName[],
  signal: AbortSignal,
): Promise<Opened> {
  const address = (name: FileName | "worker") => {
    const file = fileOf(site, name);
    return new URL(site.assets[file] ?? file, site.base).href;
  };
  scriptUrl ??= fetch(address("worker")).then(async (response) => {
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    return urlOf(await response.arrayBuffer());
  });
  const packages = (site.packages ?? []).map(({ name }): FileName => `package:${name}`);
  const names = [...PART_NAMES, ...packages];
  const parts = Object.fromEntries(names.map((name) => [name, address(name)])) as Parts;
  if (kept.includes("wasm")) return { worker: await startWorker(), parts };
  const arriving = fetch(address("wasm"), { signal });
  arriving.catch(() => {}); // seen by whoever compiles it
  const compile: Opened["compile"] = async (arrived) => compileModule(await arriving, arrived);
  return { worker: await startWorker(), parts, compile };
}

async function openFromFolder(site: Site, kept: readonly PartName[]): Promise<Opened> {
  for (const name of kept) decoded.delete(fileOf(site, name));
  scriptUrl ??= bytesOf(site, "worker").then(({ buffer }) => urlOf(buffer));
  const starting = startWorker();
  const snapshot = kept.includes("snapshot") ? undefined : copyOf(site, "snapshot");
  const arriving = kept.includes("wasm") ? undefined : bytesOf(site, "wasm");
  arriving?.catch(() => {}); // seen by whoever compiles it
  const compile: Opened["compile"] = async (arrived) => {
    const module = await compileModule((await arriving) as Uint8Array<ArrayBuffer>, arrived);
    // The worker will ask for it next, and has enough to do meanwhile.
    void copyOf(site, "stdlib");
    return module;
  };
  const [worker, bytes] = await Promise.all([starting, snapshot]);
  const parts = { ...(bytes && { snapshot: bytes }) };
  return { worker, parts, ...(arriving && { compile }) };
}

/** Address of the worker's text, inflated; kept for the next worker. */
let scriptUrl: Promise<string> | undefined;

/** Start a worker that is spoken to through a port of its own, which code in it cannot reach. */
async function startWorker(): Promise<WorkerLike> {
  try {
    return throughPort(new Worker(await (scriptUrl as Promise<string>)));
  } catch (error) {
    scriptUrl = undefined; // the next request tries again
    throw error;
  }
}

function throughPort(worker: Worker): WorkerLike {
  const { port1, port2 } = new MessageChannel();
  let listener: WorkerLike["onmessage"] = null;
  // A compiled module cannot pass a port everywhere (Chromium, local pages). It goes and comes
  // before any code of a learner can run, and nothing that comes later by this way is heard.
  worker.onmessage = (event: MessageEvent<unknown>) => {
    worker.onmessage = null;
    listener?.(event);
  };
  return {
    postMessage(message) {
      if (message.type === "boot") worker.postMessage(message, [port2]);
      else if (message.type === "module") worker.postMessage(message);
      else port1.postMessage(message);
    },
    terminate() {
      port1.close();
      worker.terminate();
    },
    set onmessage(heard: WorkerLike["onmessage"]) {
      listener = heard;
      port1.onmessage = heard;
    },
    set onerror(broken: WorkerLike["onerror"]) {
      worker.onerror = broken;
    },
  };
}

async function urlOf(bytes: ArrayBuffer): Promise<string> {
  const [first, second] = new Uint8Array(bytes, 0, 2);
  const gzip = first === 0x1f && second === 0x8b; // else the host has inflated it
  const text = gzip
    ? await new Response(
        new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")),
      ).arrayBuffer()
    : bytes;
  return URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
}

/** Return a file's bytes for a worker to own; nothing when they cannot be had. */
function copyOf(site: Site, name: FileName): Promise<ArrayBuffer | undefined> {
  return bytesOf(site, name).then(
    (bytes) => bytes.buffer,
    () => undefined,
  );
}

/** Decoded parts, kept for the next worker: the text is let go. */
const decoded = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

function bytesOf(site: Site, part: FileName | "worker"): Promise<Uint8Array<ArrayBuffer>> {
  const name = fileOf(site, part);
  const bytes = decoded.get(name) ?? decode(site, name);
  decoded.set(name, bytes);
  bytes.catch(() => decoded.delete(name)); // the next who asks tries again
  return bytes;
}

async function decode(site: Site, name: string): Promise<Uint8Array<ArrayBuffer>> {
  // A script that sets `window.coursewright.parts[name]` to the file's bytes in base64.
  await site.load(`${name}.file.js`);
  const parts = window.coursewright?.parts ?? {};
  const text = parts[name];
  if (text === undefined) throw new Error(`${name} did not arrive`);
  const bytes = fromBase64(text);
  delete parts[name];
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

function isPhone(): boolean {
  return matchMedia("(hover: none) and (pointer: coarse)").matches;
}

/** Only some browsers tell; those that do not are not on small devices. */
function hasLittleMemory(): boolean {
  const { deviceMemory } = navigator as { deviceMemory?: number };
  return deviceMemory !== undefined && deviceMemory < 4;
}

function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}
