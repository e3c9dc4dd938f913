// The training curve in the page: its title, the chart or its table, and the switch between them.

import { ref } from "lit/directives/ref.js";
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { TrainPoint } from "../../schema.ts";
import { type Finding, tableRows } from "./curve.ts";
import { tableSwitch } from "./outcome-view.ts";
import { percent } from "./outcomes.ts";
import type { LabWords } from "./words.ts";

export function curveView(
  id: string,
  points: readonly TrainPoint[],
  { code, episode, rate }: Finding,
  words: LabWords,
  asTable: boolean,
  events: { toggle(): void; canvas(element: Element | undefined): void },
): TemplateResult {
  const title = words.t(`curve.${code}`, { episode, percent: percent(rate) });
  return html`<figure class="cw-curve" aria-labelledby=${`${id}-curve`}>
      <figcaption id=${`${id}-curve`} class="cw-lab__finding">${title}</figcaption>
      ${
        asTable
          ? table(points, words)
          : html`<div class="cw-curve__canvas" role="img" aria-label=${title} ${ref(events.canvas)}></div>`
      }
    </figure>
    ${points.length > 0 || asTable ? tableSwitch(words, asTable, events.toggle) : nothing}`;
}

function table(points: readonly TrainPoint[], words: LabWords): TemplateResult {
  return html`<div class="cw-curve__scroll" tabindex="0" role="group" aria-label=${words.t("curve.table")}>
    <table class="cw-lab__table">
      <thead>
        <tr>
          <th scope="col">${words.t("curve.x")}</th>
          <th scope="col">${words.t("curve.y")}</th>
        </tr>
      </thead>
      <tbody>
        ${tableRows(points).map(
          (point) => html`<tr>
            <th scope="row">${point.episode}</th>
            <td>${percent(point.coin_rate)}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
