import { channels, drawShape, type Shape, type Sheet, sheetOf } from "../shared/canvas.ts";
import { contour } from "../shared/contour.ts";
import { colour, onSchemeChange } from "../shared/dom.ts";
import { type Learned, SIDE } from "./fit.ts";
import type { Sample, Scene } from "./scene.ts";

/** How classes look: told apart by colour and by shape. */
export const looks: readonly { readonly colour: string; readonly shape: Shape }[] = [
  { colour: "blue", shape: "circle" },
  { colour: "orange", shape: "square" },
  { colour: "green", shape: "triangle" },
];

export interface PlaneOptions {
  /** Where a visitor clicked or pressed Enter. */
  readonly put: (x: number, y: number) => void;
}

/** Samples, what a machine makes of the plane around them, and a visitor's clicks on it. */
export class Plane {
  readonly #canvas: HTMLCanvasElement;
  #scene: Scene | undefined;
  #learned: Learned | undefined;
  #epsilon = 0;
  /** Where the keyboard points, as shares of the plane; none until it is used. */
  #cursor: [number, number] | undefined;

  constructor(canvas: HTMLCanvasElement, { put }: PlaneOptions) {
    this.#canvas = canvas;
    const putAt = (across: number, down: number) => {
      if (!this.#scene) return;
      const [left, right, bottom, top] = this.#scene.domain;
      put(left + across * (right - left), top - down * (top - bottom));
    };
    canvas.addEventListener("pointerdown", (event) => {
      const { width, height } = canvas.getBoundingClientRect();
      putAt(event.offsetX / width, event.offsetY / height);
    });
    canvas.addEventListener("keydown", (event) => this.#key(event, putAt));
    canvas.addEventListener("blur", () => {
      this.#cursor = undefined;
      this.#draw();
    });
    new ResizeObserver(() => this.#draw()).observe(canvas);
    onSchemeChange(() => this.#draw());
  }

  /** Shows samples, and what was learned of them; `spoken` is what a screen reader says. */
  show(scene: Scene, learned: Learned | undefined, epsilon: number, spoken: string): void {
    [this.#scene, this.#learned, this.#epsilon] = [scene, learned, epsilon];
    this.#canvas.setAttribute("aria-label", spoken);
    this.#draw();
  }

  #key(event: KeyboardEvent, putAt: (across: number, down: number) => void): void {
    const [x, y] = this.#cursor ?? [0.5, 0.5];
    const by = {
      ArrowLeft: [-0.025, 0],
      ArrowRight: [0.025, 0],
      ArrowUp: [0, -0.025],
      ArrowDown: [0, 0.025],
    }[event.key];
    if (event.key === "Enter" || event.key === " ") putAt(x, y);
    else if (!by) return;
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

function place(
  { width, height }: Sheet,
  { domain }: Scene,
  x: number,
  y: number,
): [number, number] {
  const [left, right, bottom, top] = domain;
  return [((x - left) / (right - left)) * width, ((top - y) / (top - bottom)) * height];
}

/** The ground in the colours of the classes, paler near the border, and lines where a machine decides and where its margins are. */
function drawDecisions(sheet: Sheet, { heights, classes }: Learned): void {
  const small = new OffscreenCanvas(SIDE, SIDE);
  const context = small.getContext("2d") as OffscreenCanvasRenderingContext2D;
  const image = context.createImageData(SIDE, SIDE);
  const tints = classes.map((label) => channels(looks[label % looks.length]?.colour ?? "ghost"));
  for (let at = 0; at < SIDE * SIDE; at++) {
    const [own, sure] = answer(heights, at);
    image.data.set([...(tints[own] ?? [0, 0, 0]), 24 + 56 * Math.min(1, sure)], 4 * at);
  }
  context.putImageData(image, 0, 0);
  sheet.context.imageSmoothingEnabled = true;
  sheet.context.drawImage(small, 0, 0, sheet.width, sheet.height);
  for (const height of heights) {
    if (heights.length === 1) {
      for (const level of [-1, 1]) drawLevel(sheet, height, level, { width: 1.5, alpha: 0.55 });
    }
    drawLevel(sheet, height, 0, { width: 2.5, alpha: 1 });
  }
}

/** Which class is said at a place, and how surely. */
function answer(heights: readonly Float32Array[], at: number): [own: number, sure: number] {
  if (heights.length === 1) {
    const height = Number(heights[0]?.[at]);
    return [height > 0 ? 1 : 0, Math.abs(height)];
  }
  const values = heights.map((height) => Number(height[at]));
  const best = Math.max(...values);
  return [values.indexOf(best), best];
}

function drawLevel(
  { context, width, height: tall }: Sheet,
  height: Float32Array,
  level: number,
  line: { readonly width: number; readonly alpha: number },
): void {
  const cuts = contour({ side: SIDE, height }, level);
  const [dx, dy] = [width / (SIDE - 1), tall / (SIDE - 1)];
  context.beginPath();
  for (let i = 0; i + 3 < cuts.length; i += 4) {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = cuts.slice(i, i + 4);
    context.moveTo(x0 * dx, y0 * dy);
    context.lineTo(x1 * dx, y1 * dy);
  }
  context.lineWidth = line.width;
  context.globalAlpha = line.alpha;
  context.strokeStyle = colour("ink");
  context.stroke();
  context.globalAlpha = 1;
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
