import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { colour, onSchemeChange } from "./dom.ts";

/** One line of a chart. */
export interface Line {
  readonly label: string;
  /** Name of a colour in theme.css. */
  readonly colour: string;
  readonly width?: number;
  readonly dash?: readonly number[];
  /** Opacity, default 1. */
  readonly alpha?: number;
  /** Marks every point. Default false. */
  readonly points?: boolean;
}

export interface ChartOptions {
  readonly label: string;
  readonly lines: readonly Line[];
  readonly height?: number;
  /** Range of the y axis that is shown even if the data needs less. */
  readonly y?: { readonly min?: number; readonly max?: number };
  readonly yValue?: (value: number) => string;
}

/** Points of one line, x rising. */
export interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Lines over a common x axis, as wide as their host, in the colours of the page. */
export class Chart {
  readonly #plot: uPlot;
  readonly #host: HTMLElement;

  constructor(host: HTMLElement, { label, lines, height = 220, y = {}, yValue }: ChartOptions) {
    this.#host = host;
    host.classList.add("chart");
    host.setAttribute("role", "img");
    host.setAttribute("aria-label", label);
    this.#plot = new uPlot(
      {
        width: Math.max(host.clientWidth, 100),
        height,
        legend: { show: false },
        cursor: { show: false },
        padding: [10, 18, 0, 0],
        scales: {
          x: { time: false, range: (_, low, high) => [low ?? 0, high ?? 100] },
          y: { range: (_, min, max) => yRange(min, max, y) },
        },
        axes: [
          axis({ size: 32, space: 60 }),
          axis({ size: 50, space: 30, ...(yValue && { value: yValue }) }),
        ],
        series: [{}, ...lines.map(series)],
      },
      [[], ...lines.map(() => [])],
      host,
    );
    new ResizeObserver(() => this.#fit()).observe(host);
    onSchemeChange(() => this.#plot.redraw());
  }

  /** Shows these points, one entry for each line. `spoken` is what a screen reader says of the chart. */
  set(lines: readonly Points[], spoken: string): void {
    const tables = lines.map(({ x, y }): uPlot.AlignedData => [[...x], [...y]]);
    this.#plot.setData(uPlot.join(tables));
    this.#host.setAttribute("aria-label", spoken);
  }

  #fit(): void {
    const width = this.#host.clientWidth;
    if (width > 0 && width !== this.#plot.width)
      this.#plot.setSize({ width, height: this.#plot.height });
  }
}

function series({ label, colour: name, width = 2, dash, alpha = 1, points = false }: Line) {
  return {
    label,
    width,
    alpha,
    spanGaps: true,
    stroke: () => colour(name),
    ...(dash && { dash: [...dash] }),
    points: { show: points, size: 6, fill: () => colour(name) },
  } satisfies uPlot.Series;
}

function axis({
  size,
  space,
  value,
}: {
  size: number;
  space: number;
  value?: (value: number) => string;
}) {
  return {
    size,
    space,
    font: "12px system-ui, sans-serif",
    stroke: () => colour("muted"),
    grid: { stroke: () => colour("line"), width: 1 },
    ticks: { show: false },
    ...(value && { values: (_: uPlot, splits: number[]) => splits.map(value) }),
  } satisfies uPlot.Axis;
}

/** Data's range, widened to what must be seen; an empty chart shows 0 to 1. */
function yRange(
  low: number | null,
  high: number | null,
  { min, max }: { readonly min?: number; readonly max?: number },
): uPlot.Range.MinMax {
  const bottom = Math.min(low ?? min ?? 0, min ?? Infinity);
  const top = Math.max(high ?? max ?? 1, max ?? -Infinity);
  const room = (top - bottom || 1) * 0.05;
  return [
    min === undefined || bottom < min ? bottom - room : bottom,
    top === max ? top : top + room,
  ];
}
