import * as words from "../words/en/shared/page.ts";
import { type Sheet, sheetOf } from "./canvas.ts";
import { colour, make, onSchemeChange } from "./dom.ts";
import { number } from "./format.ts";
import { arrows, Handle, NUDGE, type Point } from "./handle.ts";

/** CSS pixels between the name of an axis and its neighbours. */
const GAP = 6;

/** The part of the plane that a board shows. */
export type Domain = readonly [left: number, right: number, bottom: number, top: number];

/** A canvas with a position for every point of the plane. */
export interface View extends Sheet {
  readonly domain: Domain;
  /** CSS pixels of a point. */
  readonly place: (x: number, y: number) => [number, number];
}

export interface BoardOptions {
  readonly domain: Domain;
  /** Draws everything except the knobs. */
  readonly draw: (view: View) => void;
  /** Titles of the axes, which are drawn with lines at round numbers; without titles there are no lines. */
  readonly titles?: { readonly x: string; readonly y: string };
  /** Called when the board is clicked or touched beside its knobs, or by Enter at the cross that arrow keys move. */
  readonly clicked?: (point: Point) => void;
}

export interface KnobOptions {
  readonly id: string;
  /** Name of the knob in texts, before its position: "Outlier". */
  readonly name: string;
  /** The text in the knob. */
  readonly letter?: string;
  /** Name of a colour in theme.css. */
  readonly colour: string;
  readonly moved: (point: Point) => void;
}

/** A part of the plane on a canvas, with knobs that are dragged or moved by the arrow keys. */
export class Board {
  readonly #host: HTMLElement;
  readonly #canvas = make("canvas", {
    attributes: { role: "img", "aria-label": words.notDrawnYet },
  });
  readonly #options: BoardOptions;
  readonly #places: (() => void)[] = [];
  /** The keyboard's cross in pixels of the board; undefined until a key is used. */
  #cross: Point | undefined;

  constructor(host: HTMLElement, options: BoardOptions) {
    this.#host = host;
    this.#options = options;
    host.classList.add("board");
    host.append(this.#canvas);
    host.addEventListener("click", (event) => {
      if (event.target !== this.#canvas) return;
      options.clicked?.(this.#pointAt(event.offsetX, event.offsetY));
    });
    if (options.clicked) this.#listen(options.clicked);
    new ResizeObserver(() => this.redraw()).observe(this.#canvas);
    onSchemeChange(() => this.redraw());
  }

  /** Arrow keys move a cross, Enter and Space click where it stands. */
  #listen(clicked: (point: Point) => void): void {
    const canvas = this.#canvas;
    canvas.tabIndex = 0;
    canvas.addEventListener("keydown", (event) => {
      const { clientWidth: width, clientHeight: height } = canvas;
      const [x, y] = this.#cross ?? [width / 2, height / 2];
      const [dx, dy] = arrows[event.key] ?? [0, 0];
      if (event.key === "Enter" || event.key === " ") clicked(this.#pointAt(x, y));
      else if (!arrows[event.key]) return;
      const within = (value: number, most: number) => Math.min(Math.max(value, 0), most);
      this.#cross = [within(x + NUDGE * dx, width), within(y + NUDGE * dy, height)];
      event.preventDefault();
      this.redraw();
    });
    canvas.addEventListener("blur", () => {
      this.#cross = undefined;
      this.redraw();
    });
  }

  /** Adds a knob; returns a function that moves it. */
  knob({ id, name, letter = "", colour: tint, moved }: KnobOptions): (point: Point) => void {
    const button = make(
      "button",
      { class: "knob", style: { "--knob": `var(--${tint})` }, attributes: { type: "button", id } },
      make("span", { text: letter }),
    );
    this.#host.append(button);
    const handle = new Handle(this.#host, button, {
      pointAt: (x, y) => this.#pointAt(x, y),
      moved,
      dropped: () => {},
      clicks: false,
    });
    let at: Point = [0, 0];
    const show = () => {
      const [x, y] = this.#place(...at);
      handle.place(x, y, words.pointAt(name, at.map((v) => v.toFixed(2)).join(", ")));
    };
    this.#places.push(show);
    return (point) => {
      at = point;
      show();
    };
  }

  /** Redraws it; `spoken` is its new text for screen readers. */
  redraw(spoken?: string): void {
    if (spoken !== undefined) this.#canvas.setAttribute("aria-label", spoken);
    const sheet = sheetOf(this.#canvas);
    if (!sheet) return;
    const view: View = {
      ...sheet,
      domain: this.#options.domain,
      place: (x, y) => this.#place(x, y),
    };
    if (this.#options.titles) drawGrid(view, this.#options.titles);
    this.#options.draw(view);
    if (this.#cross) drawCross(view, this.#cross);
    for (const show of this.#places) show();
  }

  #place(x: number, y: number): [number, number] {
    const [left, right, bottom, top] = this.#options.domain;
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    return [((x - left) / (right - left)) * width, ((top - y) / (top - bottom)) * height];
  }

  /** The point at pixels of the board, clamped to the board. */
  #pointAt(px: number, py: number): Point {
    const [left, right, bottom, top] = this.#options.domain;
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const share = (value: number, size: number) => Math.min(Math.max(value / size, 0.02), 0.98);
    const rounded = (value: number) => Number(value.toFixed(3));
    return [
      rounded(left + share(px, width) * (right - left)),
      rounded(top - share(py, height) * (top - bottom)),
    ];
  }
}

function drawCross({ context }: View, [x, y]: Point): void {
  context.lineWidth = 2;
  context.strokeStyle = colour("ink");
  line(context, [x - 14, y], [x + 14, y]);
  line(context, [x, y - 14], [x, y + 14]);
}

/** Lines at round numbers, at most six along each axis, with their numbers. */
function drawGrid(view: View, titles: { readonly x: string; readonly y: string }): void {
  const { context, domain, place, width, height } = view;
  const [left, right, bottom, top] = domain;
  context.font = "12px system-ui, sans-serif";
  context.fillStyle = colour("muted");
  context.lineWidth = 1;
  context.strokeStyle = colour("line");
  context.textAlign = "left";
  context.textBaseline = "bottom";
  const free = width - context.measureText(titles.x).width - 2 * GAP; // left of the name of the axis
  for (const x of rounds(left, right)) {
    const [px] = place(x, 0);
    line(context, [px, 0], [px, height]);
    const end = px + 3 + context.measureText(number(x)).width;
    if (px > 24 && end < free) context.fillText(number(x), px + 3, height - 3);
  }
  for (const y of rounds(bottom, top)) {
    const [, py] = place(0, y);
    line(context, [0, py], [width, py]);
    if (py > 34 && py < height - 24) context.fillText(number(y), 3, py - 2);
  }
  context.fillText(titles.y, GAP, 18);
  context.textAlign = "right";
  context.fillText(titles.x, width - GAP, height - 3);
}

/** Multiples of 1, 2 or 5 times a power of ten between two numbers. */
function rounds(low: number, high: number): number[] {
  const rough = (high - low) / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** A line between two points in CSS pixels. */
export function line(context: CanvasRenderingContext2D, from: Point, to: Point): void {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}
