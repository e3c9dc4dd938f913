// axe, no rule left out, on a page or a part of it.
import assert from "node:assert/strict";
import axe, { type AxeResults } from "axe-core";
import type { Page } from "puppeteer-core";
import { drawn } from "./patience.ts";

interface Axe {
  run(context: string): Promise<AxeResults>;
}

/** Run every rule and fail with rule, place and reason of each finding. */
export async function assertAccessible(page: Page, part = "html", where = ""): Promise<void> {
  await drawn(page);
  await page.evaluate(axe.source);
  const found = await page.evaluate(async (part) => {
    // Colours halfway between two are nobody's.
    for (const animation of document.getAnimations())
      if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) animation.finish();
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run(part);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
    );
  }, part);
  assert.deepEqual(found, [], where);
}
