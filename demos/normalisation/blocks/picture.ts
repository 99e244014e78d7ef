import { sheetOf } from "../../shared/canvas.ts";
import { colour, make, onSchemeChange } from "../../shared/dom.ts";
import { placeOf } from "../norms.ts";
import { COUNT, SHAPE } from "./measure.ts";

/** Gap between two blocks, as a share of a block. */
const GAP = 0.18;
const [N, C, H, W] = SHAPE;

interface Choosing {
  /** The chosen element, which may not be drawn yet. */
  readonly chosen: () => number;
  /** Called with the element that is pressed, or that an arrow key selects. */
  readonly pick: (at: number) => void;
}

interface Shown {
  readonly values: readonly number[];
  /** Absolute value that has the full colour. */
  readonly limit: number;
  readonly shared: readonly number[];
  readonly at: number;
}

/** A batch as blocks of colour: a row for each sample, a block for each channel, orange above 0 and blue below. */
export class Picture {
  readonly #canvas = make("canvas", { attributes: { "aria-hidden": "true" } });
  readonly #button = make("button", { class: "blocks", attributes: { type: "button" } });
  #shown: Shown | undefined;

  constructor(host: HTMLElement, name: string, { chosen, pick }: Choosing) {
    this.#button.append(this.#canvas);
    host.append(make("figure", {}, this.#button, make("figcaption", { text: name })));
    this.#button.addEventListener("click", (event) => {
      if (event.detail === 0) return; // a press of Enter: the arrow keys select
      const { left, top, width, height } = this.#canvas.getBoundingClientRect();
      pick(elementAt((event.clientX - left) / width, (event.clientY - top) / height));
    });
    this.#button.addEventListener("keydown", (event) => {
      const next = moved(chosen(), event.key);
      if (next === undefined) return;
      event.preventDefault();
      pick(next);
    });
    new ResizeObserver(() => this.#draw()).observe(this.#canvas);
    onSchemeChange(() => this.#draw());
  }

  show(shown: Shown, spoken: string): void {
    this.#shown = shown;
    this.#button.setAttribute("aria-label", spoken);
    this.#draw();
  }

  #draw(): void {
    const sheet = sheetOf(this.#canvas);
    if (!sheet || !this.#shown) return;
    const { context, width, height } = sheet;
    const { values, limit, shared, at } = this.#shown;
    const among = new Set(shared);
    const [high, low] = [colour("orange"), colour("blue")];
    const [w, h] = [(width / C) * ((1 - GAP) / W), (height / N) * ((1 - GAP) / H)];
    for (const [i, value] of values.entries()) {
      const [left, top] = cornerOf(i, width, height);
      context.globalAlpha = Math.min(1, Math.abs(value) / (limit || 1));
      context.fillStyle = value > 0 ? high : low;
      context.fillRect(left, top, w, h);
      context.globalAlpha = 1;
      context.lineWidth = i === at ? 3 : 1;
      context.strokeStyle = colour(among.has(i) ? "ink" : "line");
      context.strokeRect(left + 0.5, top + 0.5, w - 1, h - 1);
    }
    const [left, top] = cornerOf(at, width, height);
    context.lineWidth = 4;
    context.strokeStyle = colour("ink");
    context.strokeRect(left + 1, top + 1, w - 2, h - 2);
  }
}

/** Pixels of the top left corner of an element. */
function cornerOf(i: number, width: number, height: number): [number, number] {
  const { n, c, h, w } = placeOf(i, SHAPE);
  const [bw, bh] = [width / C, height / N];
  return [
    (c + GAP / 2) * bw + (w * bw * (1 - GAP)) / W,
    (n + GAP / 2) * bh + (h * bh * (1 - GAP)) / H,
  ];
}

/** The element at fractions of the picture's width and height, or the nearest one. */
function elementAt(across: number, down: number): number {
  const part = (share: number, blocks: number, cells: number) => {
    const block = Math.min(blocks - 1, Math.max(0, Math.floor(share * blocks)));
    const inside = (share * blocks - block - GAP / 2) / (1 - GAP);
    return [block, Math.min(cells - 1, Math.max(0, Math.floor(inside * cells)))] as const;
  };
  const [[c, w], [n, h]] = [part(across, C, W), part(down, N, H)];
  return ((n * C + c) * H + h) * W + w;
}

/** The neighbour of an element, also across the borders of blocks. */
function moved(at: number, key: string): number | undefined {
  const { n, c, h, w } = placeOf(at, SHAPE);
  const [x, y] = [c * W + w, n * H + h];
  const to = { ArrowLeft: [x - 1, y], ArrowRight: [x + 1, y], ArrowUp: [x, y - 1] }[key] ?? [
    x,
    y + 1,
  ];
  if (!key.startsWith("Arrow")) return undefined;
  const [nx = 0, ny = 0] = to;
  if (nx < 0 || ny < 0 || nx >= C * W || ny >= N * H) return undefined;
  const i = ((Math.floor(ny / H) * C + Math.floor(nx / W)) * H + (ny % H)) * W + (nx % W);
  return i < COUNT ? i : undefined;
}
