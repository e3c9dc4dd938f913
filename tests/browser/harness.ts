// Real browsers on the real site: system Chromium and Firefox, over http, under a sub-path and
// from a folder. A page error, a console error, a request to another origin or anything that the
// site's content security policy forbids fails the test: each page over http comes with the policy
// that a build would write for a header.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { after } from "node:test";
import { pathToFileURL } from "node:url";
import puppeteer, { type Browser, type LaunchOptions, type Page } from "puppeteer-core";
import { holdTimers } from "./held-timers.ts";
import { PATIENCE_MS, patient } from "./patience.ts";

export type BrowserName = "chromium" | "firefox";
export type WorldName = "http" | "subpath" | "file";

const root = process.env.COURSEWRIGHT_ROOT;
if (!root) throw new Error("run the browser tests with `python3 dev.py test browser`");
export const SITE = process.env.COURSEWRIGHT_SITE ?? join(root, "site");
export const LESSON = "lessons/goal-misgeneralization.html";
export const BROWSERS: readonly BrowserName[] = ["chromium", "firefox"];
export const WORLDS: readonly WorldName[] = ["http", "subpath", "file"];

const EXECUTABLES: Record<BrowserName, string[]> = {
  chromium: ["chromium", "chromium-browser", "google-chrome"],
  firefox: ["firefox-esr", "firefox"],
};
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".txt": "text/plain; charset=utf-8",
};

/** Where browsers tell the server what a policy has forbidden, in workers too. */
const REPORTS = "/policy-reports";
const POLICY_OF = `import sys, pathlib
from coursewright.security.site import policy_of
print(policy_of(pathlib.Path(sys.argv[1])), end="")`;

const browsers = new Map<BrowserName, Promise<Browser>>();
const servers: Server[] = [];
/** What browsers have told and no visit has taken yet. */
const reports: string[] = [];

after(async () => {
  for (const browser of browsers.values()) await (await browser).close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  assert.deepEqual(reports, [], "the policy forbade something");
});

/** The exact policy of a built site, made by the code that writes it for hosts. */
export function policyOf(folder: string): string {
  const python = process.env.COURSEWRIGHT_PYTHON ?? "python3";
  return execFileSync(python, ["-c", POLICY_OF, folder], { encoding: "utf8" });
}

const policies = new Map<string, string>();

function sentPolicy(folder: string): string {
  const policy = policies.get(folder) ?? policyOf(folder);
  policies.set(folder, policy);
  return `${policy}; report-uri ${REPORTS}`;
}

/** The browser of that name, started once for a test file. */
export function browserNamed(name: BrowserName): Promise<Browser> {
  const running = browsers.get(name);
  if (running) return running;
  const started = launch(name);
  browsers.set(name, started);
  return started;
}

function launch(name: BrowserName): Promise<Browser> {
  const common: LaunchOptions = {
    executablePath: findExecutable(EXECUTABLES[name]),
    headless: true,
    timeout: PATIENCE_MS,
    protocolTimeout: 2 * PATIENCE_MS,
    env: { ...process.env, LANGUAGE: "en_US" },
  };
  if (name === "chromium") {
    const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
    return puppeteer.launch({ ...common, browser: "chrome", args: [...args, "--lang=en-US"] });
  }
  // Drivers relax Firefox's rules for local files by default; a reader's Firefox does not.
  const extraPrefsFirefox = {
    "remote.prefs.recommended": false,
    "security.fileuri.strict_origin_policy": true,
    "app.update.disabledForTesting": true,
    "datareporting.policy.dataSubmissionEnabled": false,
    "browser.shell.checkDefaultBrowser": false,
    "intl.accept_languages": "en-US",
    "intl.locale.requested": "en-US",
  };
  return puppeteer.launch({ ...common, browser: "firefox", extraPrefsFirefox });
}

function findExecutable(names: string[]): string {
  const folders = (process.env.PATH ?? "").split(":");
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = paths.find((path) => existsSync(path));
  if (!found) throw new Error(`none of ${names.join(", ")} is on PATH`);
  return found;
}

/**
 * Serve a folder, optionally under a prefix such as `/some/path`; returns the root address.
 *
 * @param alter - Returns what to send in place of a file; nothing for "not found".
 * @param policy - The policy to send; nothing for none.
 * @param send - Sends an answer's body and ends it.
 */
export async function serve(
  folder = SITE,
  prefix = "",
  alter: (path: string, body: Buffer) => Buffer | undefined = (_, body) => body,
  policy = sentPolicy(folder),
  send: (response: ServerResponse, body: Buffer) => unknown = (response, body) =>
    response.end(body),
): Promise<string> {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://site").pathname);
    if (path === REPORTS) {
      for await (const report of request) reports.push(String(report));
      response.end();
      return;
    }
    const inside = path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;
    const file =
      inside && join(folder, normalize(inside.endsWith("/") ? `${inside}index.html` : inside));
    try {
      if (!file) throw new Error("outside the prefix");
      const body = alter(file, await readFile(file));
      if (!body) throw new Error("taken away");
      response.writeHead(200, {
        "content-type": TYPES[extname(file)] ?? "application/octet-stream",
        ...(policy && { "content-security-policy": policy }),
      });
      await send(response, body);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" });
      response.end("not found");
    }
  });
  // A connection must not end in the moment in which a slow browser uses it again.
  server.keepAliveTimeout = PATIENCE_MS;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}/`;
}

/** The address of the site's root in a world. */
export function rootOf(world: WorldName, folder = SITE): Promise<string> {
  if (world === "file") return Promise.resolve(`${pathToFileURL(folder).href}/`);
  return serve(folder, world === "subpath" ? "/some/path" : "");
}

export interface Visit {
  readonly page: Page;
  readonly root: string;
  /** Addresses of every request so far. */
  readonly requests: string[];
  /** Fails when the page logged an error or asked another origin; then closes the page. */
  finish(): Promise<void>;
}

export interface VisitOptions {
  width?: number;
  height?: number;
  dark?: boolean;
  scripts?: boolean;
  /** Messages that this test provokes on purpose. */
  expected?: RegExp;
  /** Lengths, in milliseconds, of timers that ring when the test says so; see held-timers.ts. */
  held?: readonly number[];
}

/** Open a page of the site in a fresh storage, watching for errors and foreign requests. */
export async function visit(
  name: BrowserName,
  root: string,
  path: string,
  options: VisitOptions = {},
): Promise<Visit> {
  // What a page saves must not land in the folder of whoever runs the tests.
  const downloadBehavior = { policy: "deny" } as const;
  const context = await (await browserNamed(name)).createBrowserContext({ downloadBehavior });
  const page = patient(await context.newPage());
  const errors: string[] = [];
  const requests: string[] = [];
  const note = (text: string) => {
    if (!options.expected?.test(text)) errors.push(text);
  };
  page.on("pageerror", (error) =>
    note(`page error: ${error instanceof Error ? error.stack : error}`),
  );
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warn") note(`console: ${message.text()}`);
  });
  page.on("request", (request) => requests.push(request.url()));
  await page.setViewport({ width: options.width ?? 1280, height: options.height ?? 900 });
  if (options.held) await holdTimers(page, options.held);
  if (options.scripts === false) await page.setJavaScriptEnabled(false);
  if (options.dark)
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
  await page.goto(root + path, { waitUntil: "load" });
  return {
    page,
    root,
    requests,
    async finish() {
      const foreign = requests.filter((url) => !isOwn(url, root));
      await context.close();
      for (const report of reports.splice(0)) note(`policy: ${report}`);
      assert.deepEqual(errors, [], "the page reported errors");
      assert.deepEqual(foreign, [], "the page asked another origin");
    },
  };
}

/** Another tab of a page's browser and storage, in front, at an address. */
export async function openTab(page: Page, address: string): Promise<Page> {
  const tab = patient(await page.browserContext().newPage());
  await tab.goto(address, { waitUntil: "load" });
  return tab;
}

/** Give the page the site map of a course that knows its address; instant navigation needs one. */
export async function mapSite(page: Page, root: string): Promise<void> {
  const addresses = ["index.html", LESSON].map((path) => `<url><loc>${root}${path}</loc></url>`);
  const body = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${addresses.join("")}</urlset>`;
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const isMap = request.url().endsWith("/sitemap.xml");
    void (isMap ? request.respond({ contentType: "application/xml", body }) : request.continue());
  });
  await page.reload({ waitUntil: "networkidle0" });
  // Once the page has read the map, and had time to work with it, links are its own.
  await page.waitForFunction(() =>
    performance.getEntriesByType("resource").some((entry) => {
      const { name, responseEnd } = entry as PerformanceResourceTiming;
      return name.endsWith("/sitemap.xml") && responseEnd > 0;
    }),
  );
  await page.evaluate(async () => {
    for (let turn = 0; turn < 2; turn += 1)
      await new Promise((resolve) => requestIdleCallback(resolve));
  });
}

function isOwn(url: string, root: string): boolean {
  if (/^(data|blob|about):/.test(url)) return true;
  return root.startsWith("file:") ? url.startsWith("file:") : url.startsWith(new URL(root).origin);
}
