// html-validate on our own fragments of the built site: what stands inside <cw-lesson>. The theme's
// markup around it is not ours.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { HtmlValidate } from "html-validate";
import { LESSON, SITE } from "./harness.ts";

const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    "no-trailing-whitespace": "off", // what templates leave between elements
    "no-inline-style": "off", // Markdown aligns the columns of a table by it
    "wcag/h32": "off", // the submit button comes with the script that does something with it
    "form-dup-name": ["error", { shared: ["radio", "checkbox"] }],
  },
});

test("the lesson's markup is valid", async () => {
  const page = await readFile(join(SITE, LESSON), "utf8");
  const fragment =
    page.slice(page.indexOf("<cw-lesson"), page.indexOf("</cw-lesson>")) + "</cw-lesson>";
  const { results } = await validator.validateString(fragment);
  const found = results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line }) => `${ruleId}: ${message} (line ${line})`),
  );
  assert.deepEqual(found, []);
});
