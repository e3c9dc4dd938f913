// The words of one lab: the page's table, with the experiment's own name for what is sought.
import { getSite } from "../../site.ts";
import { t } from "../../strings.ts";

type Values = Record<string, string | number>;

export class LabWords {
  readonly #thing: string;

  /** @param experiment - Its name may have a word of its own, `lab.thing.<experiment>`. */
  constructor(experiment: string) {
    const own = `lab.thing.${experiment}`;
    this.#thing = t(own in getSite().strings ? own : "lab.thing");
  }

  /**
   * Return the words for `lab.<key>`; `{thing}` is the coin, or what stands for it. Numbers are
   * written as the page's language groups them; a name that looks like one is given as text.
   */
  t(key: string, values: Values = {}): string {
    const written = Object.entries(values).map(([name, value]) => [name, grouped(value)]);
    return t(`lab.${key}`, { thing: this.#thing, ...Object.fromEntries(written) });
  }

  /** Return a declared label: the words of a key of the table, or else `text` as it is. */
  label(key: string, text = key): string {
    return key in getSite().strings ? t(key, { thing: this.#thing }) : text;
  }
}

function grouped(value: string | number): string {
  if (typeof value === "string") return value;
  return value.toLocaleString(document.documentElement.lang || "en");
}
