// The content security policy by itself, in each form that a build writes: sent as a header, in the
// page over http, in the page from a folder. That the course works under it is what all other
// tests show; here is what it forbids, in the page and in its workers, and that the hashes are
// those that browsers compute.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "puppeteer-core";
import { BROWSERS, LESSON, policyOf, rootOf, SITE, serve, visit } from "./harness.ts";
import { comesTo, PATIENCE_MS } from "./patience.ts";

const META = /<meta http-equiv="Content-Security-Policy"[^>]*>/;
const SEARCH = /workers\/search\.[^/]*\.js$/;
/**
 * A worker that tries what it must not and says which directive forbade it, or, after some
 * milliseconds, that nothing did.
 */
const probe = (patienceMs: number) => `
addEventListener("securitypolicyviolation", (event) => postMessage(event.effectiveDirective));
fetch("https://elsewhere.invalid/").catch(() => setTimeout(postMessage, ${patienceMs}, "nothing"));`;
const FORBIDDEN = [
  "base-uri",
  "connect-src",
  "form-action",
  "frame-src",
  "img-src",
  "object-src",
  "script-src",
  "script-src-attr",
  "script-src-elem",
  "style-src-elem",
];

const FORMS = ["header", "page", "folder"] as const;

function rootFor(form: (typeof FORMS)[number]): Promise<string> {
  if (form === "folder") return rootOf("file");
  return serve(
    SITE,
    "",
    (path, body) => {
      // A worker with an address of its own obeys the header that came with it, no page.
      if (SEARCH.test(path)) return Buffer.from(probe(form === "header" ? PATIENCE_MS : 50));
      const isBare = form === "header" && path.endsWith(".html");
      return isBare ? Buffer.from(String(body).replace(META, "")) : body;
    },
    form === "header" ? policyOf(SITE) : "",
  );
}

/** Try what a page must not do; `tried` gathers what runs all the same, and what forbids. */
function tryEverything(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const ran: string[] = [];
    const forbidden = new Set<string>();
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) =>
      forbidden.add(effectiveDirective),
    );
    const tried = () => ({ ran, forbidden: [...forbidden].sort() });
    Object.assign(window, { ran, tried });
    const elsewhere = "https://elsewhere.invalid/";
    const add = (name: string, values: object) =>
      document.body.appendChild(Object.assign(document.createElement(name), values));
    add("script", { textContent: "ran.push('inline script')" });
    add("script", { src: `${elsewhere}script.js` });
    add("link", { rel: "stylesheet", href: `${elsewhere}style.css` });
    add("img", { src: `${elsewhere}image.png` });
    add("iframe", { src: elsewhere });
    add("object", { data: elsewhere });
    document.head.appendChild(Object.assign(document.createElement("base"), { href: elsewhere }));
    if (document.baseURI.startsWith(elsewhere)) ran.push("base");
    const button = document.createElement("button");
    button.setAttribute("onclick", "ran.push('handler')");
    button.click();
    await fetch(elsewhere).catch(() => {});
    const form = add("form", { action: elsewhere, target: "nowhere" }) as HTMLFormElement;
    try {
      form.submit();
    } catch {
      // Firefox says it by an exception, too.
    }
    // Within a driver's own call a page's rules for code from strings are put aside.
    await new Promise((resolve) => setTimeout(resolve, 0));
    setTimeout("ran.push('code from a string')", 0);
    await new Promise((resolve) => setTimeout(resolve, 100));
  });
}

/** Start a worker and return the first thing that it says. */
function firstWord(page: Page, address: string, text: string): Promise<string> {
  return page.evaluate(
    (url, code) => {
      const from = url || URL.createObjectURL(new Blob([code]));
      const worker = new Worker(from);
      return new Promise<string>((resolve) => {
        worker.onmessage = ({ data }) => resolve(String(data));
        worker.onerror = ({ message }) => resolve(`error: ${message}`);
      });
    },
    address,
    text,
  );
}

for (const name of BROWSERS) {
  for (const form of FORMS) {
    test(`${name}, policy in the ${form}: what it forbids does not happen`, async () => {
      const root = await rootFor(form);
      const seen = await visit(name, root, LESSON, { expected: /./ });
      await tryEverything(seen.page);
      // Browsers tell of what they forbid when they come to it.
      const tried = () => seen.page.evaluate("tried()");
      await comesTo({ ran: [], forbidden: FORBIDDEN } as unknown, tried);
      const word = await firstWord(seen.page, "", probe(PATIENCE_MS));
      assert.equal(word, "connect-src", "a worker from a Blob");
      if (form !== "folder") {
        const address = await seen.page.evaluate(() => {
          const config = document.querySelector("#__config")?.textContent ?? "";
          return new URL(JSON.parse(config).search, location.href).href;
        });
        const expected = form === "header" ? "connect-src" : "nothing";
        assert.equal(await firstWord(seen.page, address, ""), expected);
      }
      await seen.page.browserContext().close();
    });
  }
}

/** Scripts as authors, themes and generators write them: each adds its number to `ran`. */
const ODD = `<!DOCTYPE html><html><head><title>Odd <script></title><link rel="icon" href="data:,">
<SCRIPT>ran = [1]</SCRIPT>
<script type="text/JavaScript" data-x="<script>">ran.push(2)</script
>
<script type=module>ran.push(3)</script>
<script>
ran.push(4)\r
</script>
<script language=javascript> ran.push(5); // größer </script>
<script></script> <script type="application/json">{"a": 1}</script>
<script type="application/ld+json">{}</script> <script type="text/template"><b></script>
<!-- <script>ran.push("comment")</script> -->
<!--> <script>ran.push(6)</script>
<script>ran.push(7); "<!-- <script>"; "</script>"; "-->"</script>
<style>p::before { content: "<script>ran.push('style')</script>" }</style>
<script src="own.js">ran.push("beside src")</script>
<script nomodule>ran.push("nomodule")</script>
<noscript><script>ran.push("noscript")</script></noscript>
</head><body>
<p title=it's>A</p><script type="">ran.push(9)</script>
<textarea><script>ran.push("textarea")</script></textarea>
<svg><title/><script>ran.push(10)</script></svg>
<iframe srcdoc="&lt;script&gt;parent.ran.push(11)&lt;/script&gt;"></iframe>
</body></html>`;

for (const name of BROWSERS) {
  test(`${name}: every inline script runs by its hash, and no hash is idle`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "coursewright-"));
    writeFileSync(join(folder, "index.html"), ODD);
    writeFileSync(join(folder, "own.js"), "ran.push(8)");
    const policy = policyOf(folder);
    assert.equal(policy.match(/'sha256-/g)?.length, 10);
    const root = await serve(folder, "", undefined, policy);
    const seen = await visit(name, root, "index.html");
    await seen.page.waitForFunction("ran.includes(11) && ran.includes(3)");
    const ran = (await seen.page.evaluate("ran")) as number[];
    assert.deepEqual(
      ran.toSorted((a, b) => a - b),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    );
    await seen.finish();
    rmSync(folder, { recursive: true });
  });
}
