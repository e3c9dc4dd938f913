// The tutor in figures: how soon the first answer comes, what a lesson's index weighs, and how many
// of the questions in tutor-questions.json are answered rightly or refused. Run by hand, from web/:
// COURSEWRIGHT_ROOT=… COURSEWRIGHT_PYTHON=… node --import ./build/resolve.mjs
//   ../../../tests/benchmarks/tutor.ts
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Ranking } from "../../plugins/coursewright/web/src/tutor/ranking.ts";
import { type Reply, reply } from "../../plugins/coursewright/web/src/tutor/reply.ts";
import { type BrowserName, browserNamed, LESSON, rootOf, SITE, visit } from "../browser/harness.ts";

/**
 * `holds` is in what answers, or one of these is. Questions with a `set` are in other words than the
 * lesson's: those for `tuning` were looked at while the tutor was made, those `held-out` were not.
 */
interface Asked {
  lesson: string;
  set?: "tuning" | "held-out";
  ask: string;
  verdict: Reply["verdict"];
  holds?: string | string[];
}

const NONE = { answerable: 0, answered: 0, right: 0, other: 0, kept: 0 };
type Counts = typeof NONE;

const RUNS = 5;
const QUESTION = "What happens when column and row are removed?";
const root = process.env.COURSEWRIGHT_ROOT ?? "";

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Milliseconds from Enter to the reply: with nothing loaded, and for the question after it. */
async function time(browser: BrowserName, world: "http" | "file"): Promise<[number, number]> {
  const { page, finish } = await visit(browser, await rootOf(world), LESSON);
  const ask = (text: string) =>
    page.evaluate(async (question) => {
      const field = document.querySelector<HTMLInputElement>("form[data-cw-tutor] input");
      const log = document.querySelector("cw-tutor [role=log]");
      if (!field || !log) return 0;
      field.value = question;
      const start = performance.now();
      const told = new Promise<number>((resolve) => {
        new MutationObserver(() => resolve(performance.now() - start)).observe(log, {
          childList: true,
        });
      });
      field.form?.requestSubmit();
      return told;
    }, text);
  const first = await ask(QUESTION);
  const second = await ask("Which optimizer was used?");
  await finish();
  return [first, second];
}

function weigh(path: string): string {
  const data = readFileSync(path);
  const kB = (bytes: number) => (bytes / 1000).toFixed(1).padStart(7);
  return `${kB(data.length)} kB ${kB(gzipSync(data, { level: 9 }).length)} kB gzip`;
}

function tutorOf(lesson: string) {
  const script = fileURLToPath(new URL("../web/lesson_index.py", import.meta.url));
  const source = join(root, "docs/lessons", `${lesson}.md`);
  const python = process.env.COURSEWRIGHT_PYTHON ?? "python3";
  const { index, open } = JSON.parse(execFileSync(python, [script, source], { encoding: "utf8" }));
  return { ranking: new Ranking(index), open };
}

function judge(lesson: string, asked: Asked[], counts: Counts): void {
  const { ranking, open } = tutorOf(lesson);
  for (const { ask, verdict, holds = [] } of asked) {
    const given = reply(ranking, ask, open);
    if (verdict !== "answer") {
      counts.other += 1;
      counts.kept += given.verdict === "answer" ? 0 : 1;
      continue;
    }
    counts.answerable += 1;
    if (given.verdict !== "answer") continue;
    counts.answered += 1;
    const shown = [...given.quotes, ...(given.also ? [given.also] : [])];
    const text = shown.flatMap((quote) => quote.passages.flatMap((it) => it.sentences)).join(" ");
    const told = [holds].flat();
    counts.right += told.length === 0 || told.some((part) => text.includes(part)) ? 1 : 0;
  }
}

function report(name: string, { answerable, answered, right, other, kept }: Counts): void {
  const precision = Math.round((100 * right) / Math.max(1, answered + other - kept));
  print(
    `${name}: ${answerable} answerable, ${answered} answered, ${right} rightly; ` +
      `${kept} of ${other} others not answered; ${precision} % of all answers right`,
  );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const file = new URL("tutor-questions.json", import.meta.url);
const questions: Asked[] = JSON.parse(readFileSync(file, "utf8"));
for (const set of new Set(questions.map((it) => it.set))) {
  const counts = { ...NONE };
  const those = questions.filter((it) => it.set === set);
  for (const lesson of new Set(those.map((it) => it.lesson)))
    judge(
      lesson,
      those.filter((it) => it.lesson === lesson),
      counts,
    );
  report(set ?? "in the lesson's words", counts);
}

const assets = join(SITE, "assets/coursewright");
const bundle = readdirSync(assets).find((name) => /^tutor\.\w+\.js$/.test(name)) ?? "";
print(`${"the tutor's script".padEnd(28)} ${weigh(join(assets, bundle))}`);
for (const name of readdirSync(join(assets, "lessons")))
  print(`${name.replace(/\.\w+\.js$/, "").padEnd(28)} ${weigh(join(assets, "lessons", name))}`);

for (const browser of ["chromium", "firefox"] as const) {
  for (const world of ["http", "file"] as const) {
    const times: [number, number][] = [];
    for (let run = 0; run < RUNS; run += 1) times.push(await time(browser, world));
    const [first, second] = [0, 1].map((place) => median(times.map((it) => it[place] ?? 0)));
    print(
      `${browser}, ${world}: first answer ${first?.toFixed(0)} ms, next ${second?.toFixed(0)} ms ` +
        `(median of ${RUNS})`,
    );
  }
  await (await browserNamed(browser)).close();
}
process.exit(0); // the servers would wait for the end of a test
