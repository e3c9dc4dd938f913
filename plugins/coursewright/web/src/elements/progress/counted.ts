// Numbers as the page's language groups them.
import { tn } from "../../strings.ts";

/** Write a whole number, such as 16,928. */
export function grouped(n: number): string {
  return n.toLocaleString(document.documentElement.lang || "en");
}

/** Like `tn`, for numbers that may be large. */
export function counted(key: string, n: number, values: Record<string, number> = {}): string {
  const written = Object.entries(values).map(([name, value]) => [name, grouped(value)]);
  return tn(key, n, { ...Object.fromEntries(written), n: grouped(n) });
}
