import assert from "node:assert/strict";
import { test } from "node:test";
import { placeBox } from "../../plugins/coursewright/web/src/elements/term-place.ts";

const SCREEN = { width: 360, height: 640 };
const BOX = { width: 300, height: 100 };
const HEADER = 48;

test("a box stands below its words and inside the window", () => {
  const words = { left: 200, top: 100, bottom: 120 };
  const place = placeBox(words, BOX, SCREEN, HEADER);
  assert.ok(place.top > words.bottom);
  assert.ok(place.left >= 0 && place.left + BOX.width <= SCREEN.width);
});

test("a box stands above its words where there is no room below", () => {
  const words = { left: 20, top: 560, bottom: 580 };
  const place = placeBox(words, BOX, SCREEN, HEADER);
  assert.ok(place.top + BOX.height < words.top);
  assert.equal(place.left, words.left);
});

test("a box that fits nowhere stands below, where the page can be scrolled to it", () => {
  const words = { left: 0, top: 100, bottom: 120 };
  const place = placeBox(words, { width: 340, height: 600 }, SCREEN, HEADER);
  assert.ok(place.top > words.bottom);
  assert.ok(place.left >= 0);
});
