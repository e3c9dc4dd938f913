// The promises of the colours, worked out from the style sheet itself: contrast on the grounds of
// Material's two palettes, and outcome colours that stay apart in grey.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const sheet = await readFile(
  new URL("../../plugins/coursewright/web/styles/tokens.css", import.meta.url),
  "utf8",
);
const [lightRules = "", darkRules = ""] = sheet.split('[data-md-color-scheme="slate"]');

/** Grounds on which text and marks may stand: Material's paper and its code ground. */
const PALETTES = [
  { name: "light", rules: lightRules, grounds: ["#ffffff", "#f5f5f5"] },
  { name: "dark", rules: darkRules, grounds: ["#1e2129", "#262a35"] },
];
const OUTCOMES = ["coin", "old-place", "failed"];

for (const { name, rules, grounds } of PALETTES) {
  test(`${name}: verdicts read as text, outcomes as marks`, () => {
    for (const ground of grounds) {
      for (const token of ["right", "not-yet"]) {
        assert.ok(contrast(colour(rules, token), ground) >= 4.5, `${token} on ${ground}`);
      }
      for (const token of OUTCOMES) {
        assert.ok(contrast(colour(rules, token), ground) >= 3, `${token} on ${ground}`);
      }
    }
  });

  test(`${name}: outcomes stay apart in grey`, () => {
    for (const [index, one] of OUTCOMES.entries()) {
      for (const other of OUTCOMES.slice(index + 1)) {
        const apart = contrast(colour(rules, one), colour(rules, other));
        assert.ok(apart >= 1.4, `${one} and ${other}: ${apart.toFixed(2)}`);
      }
    }
  });

  test(`${name}: blue and orange stay apart for red-green blindness`, () => {
    const [, , coin] = channels(colour(rules, "coin"));
    const [, , oldPlace] = channels(colour(rules, "old-place"));
    // Red and green fall together there; blue and lightness are what is left.
    assert.ok(Math.abs(coin - oldPlace) >= 0.25, `${coin} and ${oldPlace}`);
  });
}

function colour(rules: string, token: string): string {
  const found = rules.match(new RegExp(`--cw-${token}: (#[0-9a-f]{6});`))?.[1];
  assert.ok(found, `--cw-${token} is a colour`);
  return found;
}

/** Red, green and blue as linear light in [0, 1]. */
function channels(hex: string): [number, number, number] {
  const at = (index: number) => {
    const value = Number.parseInt(hex.slice(index, index + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [at(1), at(3), at(5)];
}

/** Contrast as WCAG 2.2 defines it, from 1 to 21. */
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [one, other].map(luminance).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = channels(hex);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
