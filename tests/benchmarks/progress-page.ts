// How quick the progress page and the home page are for a reader of 2,116 lessons. By hand:
//   cd plugins/coursewright/web && COURSEWRIGHT_ROOT=../../.. node --import ./build/resolve.mjs \
//     ../../../tests/benchmarks/progress-page.ts
// Needs a built site. Times are medians of five loads in Chromium, in milliseconds from the start
// of the navigation.
import type { Page } from "puppeteer-core";
import { browserNamed, rootOf } from "../browser/harness.ts";

const LESSONS = 2116;
const TRACKS = 12;
const QUESTIONS = 8;
const RUNS = 5;

interface Facts {
  site: { id: string };
}

/** Put a large course in place of the built one, in the script with its lessons. */
async function enlarge(page: Page): Promise<void> {
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    if (!request.url().endsWith("/site.js")) return void request.continue();
    const lessons = Array.from({ length: LESSONS }, (_, n) => ({
      id: `lesson-${n}`,
      url: `lessons/lesson-${n}.html`,
      title: `Lesson number ${n}`,
      track: `Track ${Math.floor((n * TRACKS) / LESSONS)}`,
      questions: QUESTIONS,
    }));
    const facts = JSON.stringify({ site: { id: "large", name: "Large" }, lessons });
    const body = `Object.assign(window.coursewright,${facts});`;
    return void request.respond({ contentType: "text/javascript", body });
  });
}

/** Fill the storage; returns the number of characters in it. */
function fill(page: Page): Promise<number> {
  return page.evaluate(
    (lessons, questions) => {
      const { site } = (window as unknown as { coursewright: Facts }).coursewright;
      const day = 24 * 3600 * 1000;
      const start = Date.now() - 200 * day;
      for (let n = 0; n < lessons; n += 1) {
        const ids = Array.from({ length: questions }, (_, q) => `question-${q}`);
        const answered = n % 3 === 0 ? ids.slice(1) : ids; // the last lesson is not done
        const records = answered.map((id, q) => {
          const at = start + (n % 200) * day + q * 60_000;
          const stamp = `dev-${at.toString(36)}-ab${q}c`;
          const verdict = q % 3 ? "correct" : "incorrect";
          const attempt = { id: stamp, at, verdict, answer: '"b"', meaning: "0123456789" };
          return [id, { attempts: [attempt], counts: {}, draft: null, reset_at: 0 }];
        });
        const visited = { value: JSON.stringify(ids), at: start + n, device: "dev" };
        const questionsOf = Object.fromEntries(records);
        const value = { version: 1, questions: questionsOf, labs: {}, visited, reset_at: 0 };
        localStorage.setItem(`coursewright:${site.id}:lesson:lesson-${n}`, JSON.stringify(value));
      }
      return Object.entries(localStorage).reduce(
        (sum, [key, text]) => sum + key.length + text.length,
        0,
      );
    },
    LESSONS,
    QUESTIONS,
  );
}

/** Load a page and resolve to the time at which a selector has text. */
async function timeTo(page: Page, address: string, selector: string): Promise<number> {
  await page.goto(address, { waitUntil: "load" });
  await page.waitForFunction(
    (selector) => document.querySelector(selector)?.textContent,
    { polling: "mutation" },
    selector,
  );
  return page.evaluate(() => performance.now());
}

/** Press a button and resolve to the time until the summary says something else. */
function timeOf(page: Page, action: string): Promise<number> {
  return page.evaluate(
    (action) =>
      new Promise<number>((resolve) => {
        const summary = document.querySelector(".cw-record__summary");
        const start = performance.now();
        if (summary)
          new MutationObserver(() => resolve(performance.now() - start)).observe(summary, {
            childList: true,
          });
        document.querySelector<HTMLElement>(`[data-cw-action=${action}]`)?.click();
      }),
    action,
  );
}

function median(values: number[]): string {
  return (values.sort((a, b) => a - b)[values.length >> 1] ?? 0).toFixed(0);
}

const browser = await browserNamed("chromium");
const page = await browser.newPage();
const root = await rootOf("http");
await enlarge(page);
await page.goto(`${root}index.html`, { waitUntil: "load" });
const characters = await fill(page);
console.warn(`${LESSONS} lessons, ${(characters / 1e6).toFixed(1)} million characters stored`);
for (const [path, selector] of [
  ["progress.html", ".cw-record__summary"],
  ["index.html", "[data-cw-view=continue]"],
] as const) {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) times.push(await timeTo(page, root + path, selector));
  console.warn(`${path}: drawn after ${median(times)} ms`);
}
await timeTo(page, `${root}progress.html`, ".cw-record__summary");
for (const action of ["reset-all", "undo"])
  console.warn(`${action}: ${(await timeOf(page, action)).toFixed(0)} ms`);
await browser.close();
process.exit(0); // the server of the site would keep running
