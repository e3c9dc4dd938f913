// The training curve on a canvas. Takes colours and font from the page, also when they change.
import uPlot from "uplot";
import type { CurveData } from "./curve.ts";

const HEIGHT_PX = 190;

export interface ChartLabels {
  x: string;
  y: string;
}

/** A line that grows. Made for an element, whose width it follows; `dispose` when it leaves. */
export class CurveChart {
  readonly #host: HTMLElement;
  readonly #plot: uPlot;
  readonly #size: ResizeObserver;
  readonly #palette: MutationObserver;
  #episodes = 1;

  constructor(host: HTMLElement, labels: ChartLabels) {
    this.#host = host;
    this.#plot = new uPlot(this.#options(labels), [[], []], host);
    this.#size = new ResizeObserver(() => this.#fit());
    this.#size.observe(host);
    // Material marks a change of palette on the body.
    this.#palette = new MutationObserver(() => this.#plot.redraw(false, true));
    this.#palette.observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
  }

  /** @param episodes - Length of the whole run: the axis does not move while the curve grows. */
  draw(data: CurveData, episodes: number): void {
    this.#episodes = Math.max(1, episodes);
    this.#plot.setData([data.episodes, data.percent]);
  }

  dispose(): void {
    this.#size.disconnect();
    this.#palette.disconnect();
    this.#plot.destroy();
  }

  #fit(): void {
    const width = this.#host.clientWidth;
    if (width > 0 && width !== this.#plot.width) this.#plot.setSize({ width, height: HEIGHT_PX });
  }

  #options(labels: ChartLabels): uPlot.Options {
    const token = (name: string) => () =>
      getComputedStyle(this.#host).getPropertyValue(name).trim();
    const font = `12px ${getComputedStyle(this.#host).fontFamily}`;
    const axis = {
      stroke: token("--cw-chart-text"),
      grid: { stroke: token("--cw-chart-grid"), width: 1 },
      ticks: { show: false },
      font,
      labelFont: font,
      labelGap: 2,
    };
    return {
      width: Math.max(200, this.#host.clientWidth),
      height: HEIGHT_PX,
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: () => [0, this.#episodes] },
        y: { range: [0, 100] },
      },
      axes: [
        { ...axis, label: labels.x, labelSize: 18, size: 28, space: 56 },
        { ...axis, label: labels.y, labelSize: 18, size: 36, splits: [0, 25, 50, 75, 100] },
      ],
      series: [{}, { stroke: token("--cw-coin"), width: 2.5, points: { show: false } }],
    };
  }
}
