import { powerOfTen } from "../../shared/format.ts";
import { svg } from "../../shared/svg.ts";
import * as words from "../../words/en/resnet/panels.ts";
import type { LayerGradient } from "../gradients.ts";

const HEIGHT = 280;
const MARGIN = { left: 62, right: 10, top: 12, bottom: 34 } as const;

/** Gradients to draw. */
export interface GradientLine {
  readonly layers: readonly LayerGradient[];
  /** Name of a colour in theme.css. */
  readonly colour: string;
  /** Whether it is the previous run: a dashed line without points. */
  readonly ghost?: boolean;
}

/** Draws ‖dW‖ of every layer on a logarithmic axis. */
export class GradientDrawing {
  readonly #host: HTMLElement;
  readonly #svg = svg("svg", { role: "img", "aria-label": words.gradientNormByLayer });
  #lines: readonly GradientLine[] = [];
  #over: readonly LayerGradient[] | undefined;

  constructor(host: HTMLElement) {
    this.#host = host;
    host.replaceChildren(this.#svg);
    new ResizeObserver(() => this.#draw()).observe(host);
  }

  /** `over`: the lines that the axis must cover. Default: the lines drawn. */
  show(lines: readonly GradientLine[], over?: readonly LayerGradient[]): void {
    this.#lines = lines;
    this.#over = over;
    this.#draw();
  }

  #draw(): void {
    const lines = this.#lines;
    const scale: Scale = {
      width: Math.max(this.#host.clientWidth, 100),
      exponents: range(this.#over ?? lines.flatMap(({ layers }) => layers)),
    };
    this.#svg.setAttribute("aria-label", spoken(lines));
    this.#svg.replaceChildren(
      ...axes(scale),
      ...lines.flatMap(({ layers, colour, ghost = false }) => [
        line(layers, scale, colour, ghost),
        ...(ghost ? [] : dots(layers, scale)),
      ]),
    );
  }
}

/** Text for screen readers: the first and the last layer of the present run. */
function spoken(lines: readonly GradientLine[]): string {
  const layers = lines.find(({ ghost }) => !ghost)?.layers ?? [];
  const [first, last] = [layers[0], layers.at(-1)];
  if (!first || !last) return words.gradientNormByLayer;
  return words.gradientNormByLayerAt(first.norm.toPrecision(2), last.norm.toPrecision(2));
}

type Exponents = readonly [low: number, high: number];

interface Scale {
  /** Size of the drawing, in pixels. */
  readonly width: number;
  readonly exponents: Exponents;
}

/** Powers of ten that enclose the norms. */
function range(layers: readonly LayerGradient[]): Exponents {
  const logs = layers.map(({ norm }) => Math.log10(norm)).filter(Number.isFinite);
  if (logs.length === 0) return [-3, 1];
  const low = Math.floor(Math.min(...logs));
  return [low, Math.max(Math.ceil(Math.max(...logs)), low + 1)];
}

const xOf = (index: number, count: number, { width }: Scale) =>
  MARGIN.left + ((index + 0.5) / count) * (width - MARGIN.left - MARGIN.right);

function yOf(norm: number, { exponents: [low, high] }: Scale): number {
  const log = norm > 0 ? Math.log10(norm) : low;
  const share = (Math.min(Math.max(log, low), high) - low) / (high - low);
  return HEIGHT - MARGIN.bottom - share * (HEIGHT - MARGIN.bottom - MARGIN.top);
}

function axes(scale: Scale): SVGElement[] {
  const [low, high] = scale.exponents;
  const right = scale.width - MARGIN.right;
  const stride = Math.ceil((high - low) / 6);
  const lines = minor(scale);
  for (let exponent = low; exponent <= high; exponent += stride) {
    const y = yOf(10 ** exponent, scale);
    const ends = { x1: MARGIN.left, x2: right, y1: y, y2: y };
    lines.push(svg("line", { ...ends, stroke: "var(--line)" }));
    lines.push(
      svg("text", { x: MARGIN.left - 8, y: y + 4, "text-anchor": "end" }, powerOfTen(exponent)),
    );
  }
  const below = HEIGHT - 10;
  const end = { x: right, y: below, "text-anchor": "end" };
  const middle = (HEIGHT - MARGIN.bottom) / 2;
  const upright = {
    x: 14,
    y: middle,
    "text-anchor": "middle",
    transform: `rotate(-90 14 ${middle})`,
  };
  return [
    ...lines,
    svg("text", { x: MARGIN.left, y: below }, words.input),
    svg("text", { x: (MARGIN.left + right) / 2, y: below, "text-anchor": "middle" }, words.layer),
    svg("text", end, words.output),
    svg("text", upright, "‖dW‖"),
  ];
}

/** Faint lines at 2, 3 … 9 times a power of ten, if there is room. */
function minor(scale: Scale): SVGElement[] {
  const [low, high] = scale.exponents;
  if (high - low > 3) return [];
  return Array.from({ length: 8 * (high - low) }, (_, i) => {
    const y = yOf((2 + (i % 8)) * 10 ** (low + Math.floor(i / 8)), scale);
    const ends = { x1: MARGIN.left, x2: scale.width - MARGIN.right, y1: y, y2: y };
    return svg("line", { ...ends, stroke: "var(--soft)" });
  });
}

function line(
  layers: readonly LayerGradient[],
  scale: Scale,
  colour: string,
  dashed: boolean,
): SVGElement {
  const points = layers.map(({ norm }, i) => `${xOf(i, layers.length, scale)},${yOf(norm, scale)}`);
  return svg("polyline", {
    points: points.join(" "),
    fill: "none",
    stroke: `var(--${colour})`,
    "stroke-width": 2,
    "stroke-linejoin": "round",
    ...(dashed && { "stroke-dasharray": "6 5" }),
  });
}

function dots(layers: readonly LayerGradient[], scale: Scale): SVGElement[] {
  return layers.map(({ layer, norm }, i) => {
    const [cx, cy] = [xOf(i, layers.length, scale), yOf(norm, scale)];
    const dot = svg("circle", { cx, cy, r: 4.5, fill: "var(--blue)" });
    dot.append(svg("title", {}, `${layer}: ${norm.toPrecision(3)}`));
    return dot;
  });
}
