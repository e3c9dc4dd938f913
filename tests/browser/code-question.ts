// A Python question of the flagship lesson as a reader uses it: type, run, check, read what is said.
import type { Page } from "puppeteer-core";
import type { Visit } from "./harness.ts";

export const QUESTION = "classify-episode";
export const RIGHT = `def outcome(level, cells):
    if level["coin"] in cells:
        return "coin"
    return "old place" if level["old_place"] in cells else "failed"`;

/** The question `QUESTION`. */
export class CodeQuestion {
  readonly page: Page;
  readonly form = `form[data-cw-question="${QUESTION}"]`;

  constructor({ page }: Visit) {
    this.page = page;
  }

  /** Go to the question within its quiz and wait until it is alive. */
  async open(): Promise<void> {
    await this.page.waitForSelector(".cw-quiz__step");
    await this.page.$eval(this.form, (form) => {
      const quiz = form.closest("cw-quiz");
      const index = [...(quiz?.querySelectorAll("form") ?? [])].indexOf(form as HTMLFormElement);
      const steps = [...(quiz?.querySelectorAll<HTMLElement>(".cw-quiz__step") ?? [])];
      steps[index]?.click();
      form.scrollIntoView();
    });
    await this.page.waitForSelector(`${this.form} [data-cw-action="plain"]`, { visible: true });
  }

  /** Type code in place of what is there, through the editor. */
  async write(code: string): Promise<void> {
    await this.page.focus(`${this.form} .cm-content`);
    await this.page.keyboard.down("Control");
    await this.page.keyboard.press("KeyA");
    await this.page.keyboard.up("Control");
    await this.page.keyboard.press("Delete");
    for (const [index, line] of code.split("\n").entries()) {
      if (index > 0) await this.page.keyboard.press("Enter");
      await this.page.keyboard.press("Home"); // the editor has indented for us
      await this.page.keyboard.type(line);
    }
  }

  /** Put code into the textarea, as a script or a plain text area would. */
  async fill(code: string): Promise<void> {
    const set = (area: Element, text: string) => {
      (area as HTMLTextAreaElement).value = text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    };
    await this.page.$eval(`${this.form} textarea[data-cw-editor]`, set, code);
  }

  /** The present code, without the spaces with which the editor indents a new line. */
  async code(): Promise<string> {
    const read = (area: Element) => (area as HTMLTextAreaElement).value;
    const code = await this.page.$eval(`${this.form} textarea[data-cw-editor]`, read);
    return code.replace(/ +$/gm, "");
  }

  async press(action: string): Promise<void> {
    await this.page.locator(`${this.form} [data-cw-action="${action}"]`).click();
  }

  /** Press and wait until what it started has ended; does something `meanwhile`. */
  async pressAndWait(action: "run" | "check", meanwhile = async () => {}): Promise<void> {
    // Stop is there exactly while something runs, which may be for a moment only.
    await this.page.$eval(`${this.form} [data-cw-action="stop"]`, (stop) => {
      const ended = new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          if (!(stop as HTMLElement).hidden) return;
          observer.disconnect();
          resolve();
        });
        observer.observe(stop, { attributeFilter: ["hidden"] });
      });
      (window as { ended?: Promise<void> }).ended = ended;
    });
    await this.press(action);
    await meanwhile();
    await this.page.evaluate(() => (window as { ended?: Promise<void> }).ended);
  }

  state(): Promise<string | undefined> {
    return this.page.$eval(this.form, (form) => (form as HTMLElement).dataset.cwState);
  }

  text(part: string): Promise<string> {
    return this.page.$eval(`${this.form} ${part}`, (found) => found.textContent ?? "");
  }

  status(): Promise<string> {
    return this.text("[role=status]");
  }

  output(): Promise<string> {
    return this.text("[data-cw-output]");
  }

  /** Resolves when Python is in one of these states. */
  async python(...states: string[]): Promise<void> {
    const reached = (names: string[]) =>
      names.includes(document.documentElement.dataset.cwPython ?? "");
    await this.page.waitForFunction(reached, {}, states);
  }
}
