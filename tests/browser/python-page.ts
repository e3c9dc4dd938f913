// Python of a page, asked by script: what elements ask, without an element.
import type { Page } from "puppeteer-core";
import type { Coursewright } from "../../plugins/coursewright/web/src/site.ts";

export interface Ran {
  stdout: string;
  /** Type and message of the error that ended the code, or nothing. */
  error: string;
}

/** Run code and return what it printed, or the reason for which there is no report. */
export function run(page: Page, code: string, limitS = 10): Promise<Ran> {
  const ask = async (text: string, limit: number) => {
    const { python } = window.coursewright as Coursewright;
    try {
      const report = await python.request("run", { code: text }, { limitS: limit });
      const { error } = report;
      return { stdout: report.stdout, error: error ? `${error.type}: ${error.message}` : "" };
    } catch (error) {
      return { stdout: "", error: String(error) };
    }
  };
  return page.evaluate(ask, code, limitS);
}

/** Gather what a page says in its console from now on. */
export function listen(page: Page): string[] {
  const heard: string[] = [];
  page.on("console", (message) => heard.push(message.text()));
  return heard;
}

/** Grade code with one set of checks; returns whether it passed, or why there is no report. */
export function grade(page: Page, code: string, checks: string): Promise<boolean | string> {
  const ask = async (text: string, asserts: string) => {
    const { python } = window.coursewright as Coursewright;
    const payload = { code: text, checks: asserts, hidden_checks: "" };
    return python.request("grade", payload).then(
      (report) => report.passed,
      (error: { reason: string }) => error.reason,
    );
  };
  return page.evaluate(ask, code, checks);
}
