// WebKit as Debian packs it: a small browser without a screen of its own, told what to do over
// http by the W3C's WebDriver protocol. No library speaks for it here: a few requests suffice.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const BROWSERS = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser";
/** The name under which the protocol hands over an element. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const LOOK_MS = 50;
const PATIENCE_MS = 60_000;
/** Keys, as the protocol writes them. */
export const KEYS = { enter: "\uE007", control: "\uE009", delete: "\uE017" } as const;

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Call the driver; throws what it complains of. */
async function call(url: string, method: string, body?: object): Promise<Json> {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await response.json()) as { value: Json };
  if (!response.ok) throw new Error(`${method} ${url}: ${JSON.stringify(value)}`);
  return value;
}

/** One browser with one page. */
export class WebKit {
  readonly #session: string;
  readonly #end: () => void;

  private constructor(session: string, end: () => void) {
    this.#session = session;
    this.#end = end;
  }

  /** Start a screen in memory, the driver on it, and with that the browser. */
  static async start(): Promise<WebKit> {
    const [binary] = globSync(BROWSERS);
    if (!binary) throw new Error("WebKit is not installed: run `python3 dev.py test webkit`");
    const home = mkdtempSync(join(tmpdir(), "coursewright-webkit-"));
    const screen = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x1000x24"], {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    });
    const [display] = await once(screen.stdio[3] as NonNullable<ChildProcess["stdout"]>, "data");
    const port = await freePort();
    const driver = spawn("WebKitWebDriver", [`--port=${port}`], {
      stdio: "ignore",
      env: {
        ...process.env,
        DISPLAY: `:${String(display).trim()}`,
        HOME: home,
        XDG_RUNTIME_DIR: home,
        GDK_BACKEND: "x11",
        // Else the browser's language is "C", which is none, and the chart's library stumbles.
        LANG: "en_US.UTF-8",
        // Root may make no namespaces in a container; the pages are our own.
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
      },
    });
    const end = () => {
      driver.kill();
      screen.kill();
      if (existsSync(home)) rmSync(home, { recursive: true, force: true });
    };
    const root = `http://127.0.0.1:${port}`;
    await untilUp(root);
    const options = { "webkitgtk:browserOptions": { binary, args: ["--automation"] } };
    const { sessionId } = (await call(`${root}/session`, "POST", {
      capabilities: { alwaysMatch: options },
    })) as { sessionId: string };
    return new WebKit(`${root}/session/${sessionId}`, end);
  }

  async stop(): Promise<void> {
    await call(this.#session, "DELETE");
    this.#end();
  }

  async open(url: string): Promise<void> {
    await call(`${this.#session}/url`, "POST", { url });
  }

  /** Run a function in the page; it sees its arguments and nothing else of ours. */
  async run<A extends Json[], R>(work: (...args: A) => R, ...args: A): Promise<R> {
    const body = { script: `return (${work})(...arguments)`, args };
    return (await call(`${this.#session}/execute/sync`, "POST", body)) as R;
  }

  /** Wait until a function is true in the page. */
  async until<A extends Json[]>(holds: (...args: A) => boolean, ...args: A): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (!(await this.run(holds, ...args))) {
      if (Date.now() > end) throw new Error(`never true: ${holds} with ${args}`);
      await pause(LOOK_MS);
    }
  }

  /** Wait until an element is there and can be seen, and bring it into the middle. */
  async seen(selector: string): Promise<void> {
    await this.until((wanted) => {
      const element = document.querySelector(wanted);
      element?.scrollIntoView({ block: "center", behavior: "instant" });
      return element?.checkVisibility() ?? false;
    }, selector);
  }

  async click(selector: string): Promise<void> {
    await this.seen(selector);
    await call(`${await this.#element(selector)}/click`, "POST", {});
  }

  /** Type into an element; `KEYS` holds what no letter stands for. */
  async type(selector: string, text: string): Promise<void> {
    await this.seen(selector);
    await call(`${await this.#element(selector)}/value`, "POST", { text });
  }

  text(selector: string): Promise<string> {
    return this.run((wanted) => document.querySelector(wanted)?.textContent ?? "", selector);
  }

  async #element(selector: string): Promise<string> {
    const body = { using: "css selector", value: selector };
    const found = await call(`${this.#session}/element`, "POST", body);
    return `${this.#session}/element/${(found as Record<string, string>)[ELEMENT]}`;
  }
}

async function untilUp(root: string): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await call(`${root}/status`, "GET");
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await pause(LOOK_MS);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (typeof address !== "object" || address === null) throw new Error("no port is free");
  return address.port;
}
