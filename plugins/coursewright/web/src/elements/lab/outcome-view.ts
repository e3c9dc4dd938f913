// What happened: one bar of three pieces for each test, the same as a table, and the prediction
// beside it. Colours and patterns come from the style sheet, by outcome.
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { LabResult, Outcomes } from "../../schema.ts";
import type { Shown } from "./machine.ts";
import {
  compare,
  dominant,
  OUTCOMES,
  type OutcomeName,
  percent,
  type Segment,
  segments,
  TESTS,
  type TestName,
} from "./outcomes.ts";
import type { LabWords } from "./words.ts";

/** State what was found with the coin moved, beside what the learner expected. */
export function verdictView({ result, prediction }: Shown, words: LabWords): TemplateResult {
  const { outcomes, n } = result;
  return html`<p class="cw-lab__finding">
      ${words.t(`finding.${dominant(outcomes)}`, { n, ...percents(outcomes) })}
    </p>
    ${prediction ? comparison(prediction, result, words) : nothing}`;
}

/** Show every test of a result. */
export function testsView(
  id: string,
  result: LabResult,
  words: LabWords,
  asTable: boolean,
  toggle: () => void,
): TemplateResult {
  const title = words.t("tests.title", { n: result.n });
  return html`<figure class="cw-outcome" aria-labelledby=${`${id}-tests`}>
      <figcaption id=${`${id}-tests`} class="cw-lab__finding">${title}</figcaption>
      ${asTable ? table(result, words) : TESTS.map((test) => bar(test, result[test], words))}
    </figure>
    ${tableSwitch(words, asTable, toggle)}`;
}

/** A switch between a chart and its table. */
export function tableSwitch(words: LabWords, on: boolean, toggle: () => void): TemplateResult {
  return html`<button
    type="button"
    class="cw-lab__switch"
    role="switch"
    aria-checked=${on ? "true" : "false"}
    @click=${toggle}
  >
    ${words.t("as_table")}
  </button>`;
}

function comparison(prediction: OutcomeName, result: LabResult, words: LabWords): TemplateResult {
  const { right, share, happened, happenedShare } = compare(prediction, result);
  const part = (key: string, outcome: OutcomeName, rate: number) => html`<div>
    <dt>${words.t(key)}</dt>
    <dd>
      ${mark(outcome)} ${words.t(`predict.${outcome}`)}
      <span class="cw-outcome__share">${words.t("compare.share", { percent: percent(rate) })}</span>
    </dd>
  </div>`;
  return html`<dl class="cw-outcome__prediction">
    ${part("compare.expected", prediction, share)}
    ${part(right ? "compare.happened_so" : "compare.happened", happened, happenedShare)}
  </dl>`;
}

function mark(outcome: OutcomeName): TemplateResult {
  return html`<span class="cw-outcome__mark" data-cw-outcome=${outcome} aria-hidden="true"></span>`;
}

function bar(test: TestName, outcomes: Outcomes, words: LabWords): TemplateResult {
  // The words below say it all: the bar itself is for the eye.
  const piece = ({ outcome, share }: Segment) =>
    html`<span class="cw-outcome__piece" data-cw-outcome=${outcome} style=${`flex-grow:${share}`}></span>`;
  const value = (name: OutcomeName) =>
    html`<li>
      ${mark(name)} ${words.t(`short.${name}`)}
      ${words.t("percent", { percent: percent(outcomes[name]) })}
    </li>`;
  return html`<div class="cw-outcome__row" data-cw-test=${test}>
    <p class="cw-outcome__name">${words.t(`test.${test}`)}</p>
    <div class="cw-outcome__bar" aria-hidden="true">${segments(outcomes)
      .filter(({ share }) => share > 0)
      .map(piece)}</div>
    <ul class="cw-outcome__values">
      ${OUTCOMES.map(value)}
    </ul>
  </div>`;
}

function table(result: LabResult, words: LabWords): TemplateResult {
  const { n, episodes } = result;
  const caption = words.t("table.caption", { n, episodes, seed: String(result.seed) });
  return html`<table class="cw-lab__table">
    <caption>${caption}</caption>
    <thead>
      <tr>
        <th scope="col">${words.t("table.test")}</th>
        ${OUTCOMES.map((name) => html`<th scope="col">${words.t("table.column", { outcome: words.t(`outcome.${name}`) })}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${TESTS.map(
        (test) => html`<tr>
          <th scope="row">${words.t(`test.${test}`)}</th>
          ${OUTCOMES.map((name) => html`<td>${percent(result[test][name])}</td>`)}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function percents(outcomes: Outcomes): Record<string, string> {
  return Object.fromEntries(OUTCOMES.map((name) => [name, percent(outcomes[name])]));
}
