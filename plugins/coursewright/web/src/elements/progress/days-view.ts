// When a reader has answered: one row a day, its length drawn and its numbers written.
import type { Day } from "../../store/record.ts";
import { t, tn } from "../../strings.ts";
import { make } from "../dom.ts";
import { counted, grouped } from "./counted.ts";

/** Days shown, the latest ones. */
const SHOWN = 14;

/** Make the time line. `undated` answers are old and kept as a number only. */
export function makeDays(days: readonly Day[], undated: number): HTMLElement[] {
  const answers = days.reduce((n, day) => n + day.answers, 0);
  if (answers + undated === 0) return [make("p", {}, t("record.no_days"))];
  const most = Math.max(...days.map((day) => day.answers));
  const found = `${counted("record.answers", answers)} ${counted("record.on_days", days.length)}`;
  const table = make("table", { class: "cw-record__days-table" });
  const head = make("tr");
  for (const name of ["day", "answers", "right"])
    head.append(make("th", { scope: "col" }, t(`record.column.${name}`)));
  const header = make("thead");
  header.append(head);
  const body = make("tbody");
  body.append(...days.slice(0, SHOWN).map((day) => makeDay(day, most)));
  table.append(make("caption", {}, found), header, body);
  const notes: HTMLElement[] = [];
  const rest = days.slice(SHOWN);
  if (rest.length > 0) notes.push(make("p", {}, tn("record.earlier", rest.length)));
  if (undated > 0) notes.push(make("p", {}, counted("record.undated", undated)));
  return [table, ...notes];
}

function makeDay({ date, answers, right }: Day, most: number): HTMLElement {
  const row = make("tr", { "data-cw-day": date });
  const cell = make("td");
  const bar = make("span", { class: "cw-record__bar", "aria-hidden": "true" });
  bar.style.width = `${(100 * answers) / most}%`;
  cell.append(bar, make("span", {}, grouped(answers)));
  row.append(make("th", { scope: "row" }, dayWords(date)), cell, make("td", {}, grouped(right)));
  return row;
}

function dayWords(date: string): string {
  const options = { weekday: "short", day: "numeric", month: "short", year: "numeric" } as const;
  const language = document.documentElement.lang || "en";
  return new Date(`${date}T12:00`).toLocaleDateString(language, options);
}
