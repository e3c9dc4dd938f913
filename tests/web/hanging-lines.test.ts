import assert from "node:assert/strict";
import { test } from "node:test";
import { hangClass } from "../../plugins/coursewright/web/src/elements/hanging-lines.ts";

test("a line of the editor hangs by its indentation, as code in the text does", () => {
  const columns = (line: string) => hangClass(line).split("cw-hang-")[1];
  assert.equal(columns("x = 1"), "0");
  assert.equal(columns(`${" ".repeat(7)}x = 1`), "6");
  assert.equal(columns(`${" ".repeat(40)}x = 1`), "16");
  assert.equal(columns(""), "0");
});
