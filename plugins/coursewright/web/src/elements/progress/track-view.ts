// The lessons of a track as a table that is made when it is opened.
import { getSite, type LessonLink } from "../../site.ts";
import { type LessonRecord, sumOf } from "../../store/record.ts";
import { t } from "../../strings.ts";
import { make } from "../dom.ts";
import { grouped } from "./counted.ts";

type Row = readonly [LessonLink, LessonRecord];

const COLUMNS = ["state", "answered", "right", "labs"] as const;

/**
 * Make a track.
 *
 * @param toggled - Called when the reader opens or shuts it.
 */
export function makeTrack(
  title: string,
  rows: readonly Row[],
  open: boolean,
  toggled: (open: boolean) => void,
): HTMLElement {
  const track = make("details", { class: "cw-record__track" });
  const summary = make("summary");
  const sum = sumOf(rows.map(([, record]) => record));
  const facts = t("record.track", {
    done: grouped(sum.mark),
    total: grouped(rows.length),
  });
  summary.append(make("strong", {}, title), make("span", {}, facts));
  track.append(summary);
  const fill = () => {
    if (!track.querySelector("table")) track.append(makeTable(title, rows));
  };
  track.open = open;
  if (open) fill();
  track.addEventListener("toggle", () => {
    if (track.open) fill();
    toggled(track.open);
  });
  return track;
}

function makeTable(title: string, rows: readonly Row[]): HTMLElement {
  const table = make("table", { class: "cw-record__table" });
  const head = make("tr");
  head.append(make("th", { scope: "col" }, t("record.column.lesson")));
  for (const name of COLUMNS) head.append(make("th", { scope: "col" }, t(`record.column.${name}`)));
  const header = make("thead");
  header.append(head);
  const body = make("tbody");
  body.append(...rows.map(makeRow));
  table.append(make("caption", { class: "cw-spoken" }, title), header, body);
  return table;
}

function makeRow([{ id, title, url }, record]: Row): HTMLElement {
  const row = make("tr", { "data-cw-record": id, "data-cw-mark": record.mark });
  const name = make("th", { scope: "row" });
  const link = url && make("a", { href: new URL(url, getSite().base).href }, title);
  name.append(link || title);
  row.append(name, ...COLUMNS.map((column) => makeCell(column, record)));
  return row;
}

function makeCell(column: (typeof COLUMNS)[number], record: LessonRecord): HTMLElement {
  const { mark, questions, answered, right, labs } = record;
  const label = { "data-label": t(`record.column.${column}`) };
  if (column === "state") {
    const cell = make("td", label);
    const words = t(`mark.${mark}`);
    cell.append(
      make("span", mark === "none" ? {} : { class: "cw-mark", "data-cw-mark": mark }, words),
    );
    return cell;
  }
  const values = {
    answered: questions ? t("record.of", { n: answered, total: questions }) : "",
    right: questions ? t("record.of", { n: right, total: questions }) : "",
    labs: labs ? String(labs) : "",
  };
  return make("td", label, values[column] || t("record.nothing"));
}
