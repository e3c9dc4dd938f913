// The words a reader sees, by key. The table comes with the page; its source is strings/en.json.
import { getSite } from "./site.ts";

type Values = Record<string, string | number>;

/** Return the words for `key` with `{placeholders}` filled in. A missing key is shown as it is. */
export function t(key: string, values: Values = {}): string {
  return fill(getSite().strings, key, values);
}

/** Like `t`, for a counted thing: takes `key.one` or `key.other` by the page's language. */
export function tn(key: string, n: number, values: Values = {}): string {
  const form = new Intl.PluralRules(document.documentElement.lang || "en").select(n);
  const { strings } = getSite();
  const wanted = `${key}.${form}`;
  return fill(strings, wanted in strings ? wanted : `${key}.other`, { n, ...values });
}

/** Look up and fill in, without the page. */
export function fill(table: Record<string, string>, key: string, values: Values): string {
  const text = table[key];
  if (text === undefined) {
    console.error(`no words for ${key}`);
    return key;
  }
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
