import { drawShape, type Sheet, sheetOf } from "../shared/canvas.ts";
import { colour, onSchemeChange } from "../shared/dom.ts";
import { drawDecisions } from "./decisions.ts";
import type { Learned } from "./fit.ts";
import { looks } from "./looks.ts";
import { onPointer } from "./pointer.ts";
import type { Sample, Scene } from "./scene.ts";

export interface PlaneOptions {
  /** Called with the point that a visitor tapped, clicked or chose by Enter, and the sample there. */
  readonly tapped: (x: number, y: number, sample: number | undefined) => void;
  /** Called while a sample is dragged; `done` is true at its release. */
  readonly dragged: (sample: number, x: number, y: number, done: boolean) => void;
  /** Called for Ctrl+Z or ⌘Z. */
  readonly undo: () => void;
}

/** CSS pixels from the keyboard's cross within which a sample is selected. */
const CROSS = 14;

/** Samples, the machine's decisions around them, and a visitor's clicks. */
export class Plane {
  readonly #canvas: HTMLCanvasElement;
  #scene: Scene | undefined;
  #learned: Learned | undefined;
  #epsilon = 0;
  /** Position of the keyboard's cross, as fractions of the plane; undefined until a key is used. */
  #cursor: [number, number] | undefined;

  /** Without options it does not react to input. */
  constructor(canvas: HTMLCanvasElement, options?: PlaneOptions) {
    this.#canvas = canvas;
    if (options) this.#listen(canvas, options);
    new ResizeObserver(() => this.#draw()).observe(canvas);
    onSchemeChange(() => this.#draw());
  }

  #listen(canvas: HTMLCanvasElement, options: PlaneOptions): void {
    onPointer(canvas, {
      hit: (x, y, reach) => this.#hit(x, y, reach),
      tapped: (x, y, sample) => options.tapped(...this.#at(x, y), sample),
      dragged: (sample, x, y, done) => options.dragged(sample, ...this.#at(x, y), done),
    });
    canvas.addEventListener("keydown", (event) => this.#key(event, options));
    canvas.addEventListener("blur", () => {
      this.#cursor = undefined;
      this.#draw();
    });
  }

  /** The nearest sample within this many CSS pixels. */
  #hit(x: number, y: number, reach: number): number | undefined {
    const scene = this.#scene;
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    let [best, least] = [undefined as number | undefined, reach];
    scene?.samples.forEach((sample, i) => {
      const [px, py] = place({ width, height }, scene, sample.x, sample.y);
      const far = Math.hypot(px - x, py - y);
      if (far <= least) [best, least] = [i, far];
    });
    return best;
  }

  /** The point at CSS pixels of the canvas, clamped to the plane. */
  #at(x: number, y: number): [x: number, y: number] {
    const [left, right, bottom, top] = this.#scene?.domain ?? [0, 1, 0, 1];
    const within = (share: number) => Math.min(1, Math.max(0, share));
    const { clientWidth, clientHeight } = this.#canvas;
    return [
      left + within(x / clientWidth) * (right - left),
      top - within(y / clientHeight) * (top - bottom),
    ];
  }

  /** Shows samples and the machine's decisions; `spoken` is the text for screen readers. */
  show(scene: Scene, learned: Learned | undefined, epsilon: number, spoken: string): void {
    [this.#scene, this.#learned, this.#epsilon] = [scene, learned, epsilon];
    this.#canvas.setAttribute("aria-label", spoken);
    this.#draw();
  }

  #key(event: KeyboardEvent, { tapped, undo }: PlaneOptions): void {
    if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      undo();
      return;
    }
    const [x, y] = this.#cursor ?? [0.5, 0.5];
    const by = arrows[event.key];
    if (event.key === "Enter" || event.key === " ") {
      const [px, py] = [x * this.#canvas.clientWidth, y * this.#canvas.clientHeight];
      tapped(...this.#at(px, py), this.#hit(px, py, CROSS));
    } else if (!by) return;
    const within = (value: number) => Math.min(1, Math.max(0, value));
    this.#cursor = [within(x + (by?.[0] ?? 0)), within(y + (by?.[1] ?? 0))];
    event.preventDefault();
    this.#draw();
  }

  #draw(): void {
    const scene = this.#scene;
    const sheet = scene && sheetOf(this.#canvas);
    if (!sheet || !scene) return;
    const learned = this.#learned;
    if (learned?.heights.length) drawDecisions(sheet, learned);
    if (learned?.curve.length) drawCurve(sheet, scene, learned, this.#epsilon);
    scene.samples.forEach((sample, i) => {
      drawSample(sheet, scene, sample, learned?.support.has(i) ?? false);
    });
    if (this.#cursor) drawCursor(sheet, this.#cursor);
  }
}

/** Fraction of the plane by which an arrow key moves the cross. */
const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-0.025, 0],
  ArrowRight: [0.025, 0],
  ArrowUp: [0, -0.025],
  ArrowDown: [0, 0.025],
};

function place(
  { width, height }: Pick<Sheet, "width" | "height">,
  { domain }: Scene,
  x: number,
  y: number,
): [number, number] {
  const [left, right, bottom, top] = domain;
  return [((x - left) / (right - left)) * width, ((top - y) / (top - bottom)) * height];
}

function drawCurve(sheet: Sheet, scene: Scene, { curve }: Learned, epsilon: number): void {
  const { context } = sheet;
  const trace = (offset: number) => {
    context.beginPath();
    for (const { x, y } of curve) context.lineTo(...place(sheet, scene, x, y + offset));
  };
  context.beginPath();
  for (const { x, y } of curve) context.lineTo(...place(sheet, scene, x, y + epsilon));
  for (const { x, y } of curve.toReversed()) context.lineTo(...place(sheet, scene, x, y - epsilon));
  context.closePath();
  context.globalAlpha = 0.16;
  context.fillStyle = colour("blue");
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = colour("ink");
  for (const [offset, width, dash] of [
    [epsilon, 1.5, [6, 5]],
    [-epsilon, 1.5, [6, 5]],
    [0, 2.5, []],
  ] as const) {
    trace(offset);
    context.lineWidth = width;
    context.setLineDash([...dash]);
    context.stroke();
  }
  context.setLineDash([]);
}

function drawSample(sheet: Sheet, scene: Scene, { x, y, label }: Sample, supports: boolean): void {
  const { context } = sheet;
  const at = place(sheet, scene, x, y);
  const look = looks[label % looks.length];
  if (supports) {
    context.beginPath();
    context.arc(at[0], at[1], 8.5, 0, 2 * Math.PI);
    context.lineWidth = 1.8;
    context.strokeStyle = colour("ink");
    context.stroke();
  }
  drawShape(context, look?.shape ?? "circle", at, {
    radius: 4.5,
    fill: colour(look?.colour ?? "ink"),
    rim: 1,
  });
}

function drawCursor({ context, width, height }: Sheet, [x, y]: readonly [number, number]): void {
  const [px, py] = [x * width, y * height];
  context.beginPath();
  context.moveTo(px - 14, py);
  context.lineTo(px + 14, py);
  context.moveTo(px, py - 14);
  context.lineTo(px, py + 14);
  context.lineWidth = 2;
  context.strokeStyle = colour("ink");
  context.stroke();
}
