import uPlot from "uplot";
import * as words from "../words/en/shared/page.ts";
import "uplot/dist/uPlot.min.css";
import { colour, make, onSchemeChange } from "./dom.ts";
import { number } from "./format.ts";

/** One line of a chart. */
export interface Line {
  readonly label: string;
  /** Name of a colour in theme.css. */
  readonly colour: string;
  readonly width?: number;
  readonly dash?: readonly number[];
  /** Opacity, default 1. */
  readonly alpha?: number;
  /** Whether it is a mark instead of data: its value is not shown under the pointer. */
  readonly silent?: boolean;
  /** Marks every point. Default false. */
  readonly points?: boolean;
  /** Whether a y of null is a gap. Default false: the line continues to the next point. */
  readonly gaps?: boolean;
}

export interface ChartOptions {
  readonly label: string;
  readonly lines: readonly Line[];
  readonly height?: number;
  /** Range of the y axis that is always shown, even if the data need less. */
  readonly y?: {
    readonly min?: number;
    readonly max?: number;
    /** Whether values beyond `min` and `max` are clipped, so that the others remain readable. Default false. */
    readonly cut?: boolean;
  };
  readonly yValue?: (value: number) => string;
  /** Formats a value under the pointer. Default: three significant digits. */
  readonly read?: (value: number) => string;
  /** Called with x when a pointer presses the chart or is dragged over it. */
  readonly pick?: (x: number) => void;
  /** Titles of the axes. */
  readonly titles: { readonly x: string; readonly y: string };
}

/** Points of one line, x ascending. */
export interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Points of a line; y is null in gaps. */
export interface GappedPoints {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
}

/**
 * Lines over a common x axis, as wide as their host, in the page's colours, with the values under the pointer below.
 * While there are no points, the axes are hidden, because their numbers would mean nothing.
 */
export class Chart {
  readonly #plot: uPlot;
  readonly #host: HTMLElement;
  readonly #reading = make("p", { class: "reading", attributes: { "aria-hidden": "true" } });

  constructor(host: HTMLElement, options: ChartOptions) {
    const { label, lines, height = 220, y = {}, yValue, titles } = options;
    this.#host = host;
    host.classList.add("chart", "empty");
    host.setAttribute("role", "img");
    host.setAttribute("aria-label", label);
    this.#plot = new uPlot(
      {
        width: Math.max(host.clientWidth, 100),
        height,
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false } },
        hooks: { setCursor: [() => this.#read(options)], setData: [() => this.#read(options)] },
        padding: [10, 18, 0, 0],
        scales: {
          x: { time: false, range: (_, low, high) => [low ?? 0, high ?? 100] },
          y: {
            range: (_, min, max) =>
              y.cut ? [y.min ?? min ?? 0, y.max ?? max ?? 1] : yRange(min, max, y),
          },
        },
        axes: [
          axis({ size: 32, space: 60, title: titles.x }),
          axis({ size: 50, space: 30, title: titles.y, ...(yValue && { value: yValue }) }),
        ],
        series: [{}, ...lines.map(series)],
      },
      [[], ...lines.map(() => [])],
      host,
    );
    host.append(this.#reading);
    this.#read(options);
    if (options.pick) this.#pickable(options.pick);
    new ResizeObserver(() => this.#fit()).observe(host);
    onSchemeChange(() => this.#plot.redraw());
  }

  /** Shows these points, one entry for each line. `spoken` is the chart's text for screen readers. */
  set(lines: readonly GappedPoints[], spoken: string): void {
    const tables = lines.map(({ x, y }): uPlot.AlignedData => [[...x], [...y]]);
    this.#host.classList.toggle(
      "empty",
      lines.every(({ x }) => x.length === 0),
    );
    this.#plot.setData(uPlot.join(tables));
    this.#host.setAttribute("aria-label", spoken);
  }

  /** Shows the values at the pointer, or how to see them. */
  #read({ lines, titles, read = number }: ChartOptions): void {
    if (this.#host.classList.contains("empty")) {
      this.#reading.textContent = words.nothingIsMeasuredYet;
      return;
    }
    const at = this.#plot?.cursor.idx;
    const [xs, ...ys] = this.#plot?.data ?? [];
    const x = at === null || at === undefined ? undefined : xs?.[at];
    if (at === null || at === undefined || x === undefined) {
      this.#reading.textContent = words.pointAtChartToRead;
      return;
    }
    const values = lines.flatMap(({ label, silent }, i) => {
      const value = silent ? undefined : nearest(ys[i] ?? [], at);
      return value === undefined ? [] : [`${label} ${read(value)}`];
    });
    this.#reading.textContent = `${titles.x} ${number(x)}: ${values.join(", ")}`;
  }

  /** A press, and the pointer's movement until its release; a finger that moves up or down scrolls the page instead. */
  #pickable(pick: (x: number) => void): void {
    const { over } = this.#plot;
    const at = (event: PointerEvent) => {
      if (event.buttons % 2 === 1) pick(this.#plot.posToVal(event.offsetX, "x"));
    };
    over.style.touchAction = "pan-y";
    over.addEventListener("pointerdown", (event) => {
      over.setPointerCapture(event.pointerId);
      at(event);
    });
    over.addEventListener("pointermove", at);
  }

  #fit(): void {
    const width = this.#host.clientWidth;
    if (width > 0 && width !== this.#plot.width)
      this.#plot.setSize({ width, height: this.#plot.height });
  }
}

/** The value of a line at an x, or the last one before it, because lines have points at different x. */
function nearest(values: uPlot.AlignedData[number], at: number): number | undefined {
  for (let i = at; i >= 0; i--) {
    const value = values[i];
    if (value !== null && value !== undefined) return value;
  }
  return undefined;
}

function series({
  label,
  colour: name,
  width = 2,
  dash,
  alpha = 1,
  points = false,
  gaps = false,
}: Line) {
  return {
    label,
    width,
    alpha,
    spanGaps: !gaps,
    stroke: () => colour(name),
    ...(dash && { dash: [...dash] }),
    points: { show: points, size: 6, fill: () => colour(name) },
  } satisfies uPlot.Series;
}

function axis({
  size,
  space,
  value,
  title,
}: {
  size: number;
  space: number;
  title: string;
  value?: (value: number) => string;
}) {
  return {
    size,
    label: title,
    labelSize: 18,
    labelGap: 0,
    labelFont: "12px system-ui, sans-serif",
    space,
    font: "12px system-ui, sans-serif",
    stroke: () => colour("muted"),
    grid: { stroke: () => colour("line"), width: 1 },
    ticks: { show: false },
    ...(value && { values: (_: uPlot, splits: number[]) => splits.map(value) }),
  } satisfies uPlot.Axis;
}

/** The data's range, widened to `min` and `max`; an empty chart shows 0 to 1. */
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
