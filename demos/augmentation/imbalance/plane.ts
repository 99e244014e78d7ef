import { channels, drawShape, type Sheet, sheetOf } from "../../shared/canvas.ts";
import { contour } from "../../shared/contour.ts";
import { colour, onSchemeChange } from "../../shared/dom.ts";
import type { Samples } from "./methods.ts";
import { EDGE } from "./points.ts";

/** Points on each side of the grid on which log-odds are drawn. */
export const GRID = 72;

export interface PlaneScene {
  /** The training points; those from index `given` on are synthesised or repeated. */
  readonly trained: Samples;
  readonly given: number;
  /** Log-odds of the rare class on the grid, and the threshold from which on a point is predicted as rare. */
  readonly odds: Float64Array;
  readonly cut: number;
}

/** Points of two classes over the predictions in colour, with the decision boundary. */
export class ImbalancePlane {
  readonly #canvas: HTMLCanvasElement;
  #scene: PlaneScene | undefined;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    new ResizeObserver(() => this.#draw()).observe(canvas);
    onSchemeChange(() => this.#draw());
  }

  show(scene: PlaneScene, spoken: string): void {
    this.#scene = scene;
    this.#canvas.setAttribute("aria-label", spoken);
    this.#draw();
  }

  #draw(): void {
    const sheet = this.#scene && sheetOf(this.#canvas);
    if (!sheet || !this.#scene) return;
    drawGround(sheet, this.#scene);
    drawBorder(sheet, this.#scene);
    drawPoints(sheet, this.#scene);
  }
}

function drawGround({ context, width, height }: Sheet, { odds, cut }: PlaneScene): void {
  const small = new OffscreenCanvas(GRID, GRID);
  const pixels = small.getContext("2d") as OffscreenCanvasRenderingContext2D;
  const image = pixels.createImageData(GRID, GRID);
  const [common, rare] = [channels("blue"), channels("orange")];
  odds.forEach((each, i) => {
    const sure = Math.min(1, Math.abs(each - cut) / 4);
    image.data.set([...(each >= cut ? rare : common), 22 + 56 * sure], 4 * i);
  });
  pixels.putImageData(image, 0, 0);
  context.drawImage(small, 0, 0, width, height);
}

function drawBorder({ context, width, height }: Sheet, { odds, cut }: PlaneScene): void {
  const lines = contour({ side: GRID, height: odds }, cut);
  const [dx, dy] = [width / (GRID - 1), height / (GRID - 1)];
  context.beginPath();
  for (let i = 0; i + 3 < lines.length; i += 4) {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = lines.slice(i, i + 4);
    context.moveTo(x0 * dx, y0 * dy);
    context.lineTo(x1 * dx, y1 * dy);
  }
  context.lineWidth = 2.5;
  context.strokeStyle = colour("ink");
  context.stroke();
}

function drawPoints(sheet: Sheet, { trained, given }: PlaneScene): void {
  const { X, y } = trained;
  const [blue, orange, ink] = [colour("blue"), colour("orange"), colour("ink")];
  const place = (i: number): [number, number] => [
    (0.5 + Number(X.data[2 * i]) / (2 * EDGE)) * sheet.width,
    (0.5 - Number(X.data[2 * i + 1]) / (2 * EDGE)) * sheet.height,
  ];
  const { context } = sheet;
  for (let i = given; i < y.length; i++) {
    const [px, py] = place(i);
    context.beginPath();
    context.arc(px, py, 3.5, 0, 2 * Math.PI);
    context.lineWidth = 1.3;
    context.strokeStyle = orange;
    context.stroke();
  }
  for (let i = 0; i < given; i++) {
    if (y[i]) continue;
    drawShape(context, "circle", place(i), { radius: 2.4, fill: blue, rim: 0 });
  }
  for (let i = 0; i < given; i++) {
    if (!y[i]) continue;
    drawShape(context, "square", place(i), { radius: 7, fill: ink, rim: 1 });
    drawShape(context, "square", place(i), { radius: 5, fill: orange, rim: 0 });
  }
}
