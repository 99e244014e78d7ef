import { channels, type Sheet } from "../shared/canvas.ts";
import { contour } from "../shared/contour.ts";
import { colour } from "../shared/dom.ts";
import { type Learned, SIDE } from "./fit.ts";
import { looks } from "./looks.ts";

/** CSS pixels between two points for which the background colour is computed. */
const GRAIN = 2;

/**
 * The background in the colours of the classes, paler near a boundary; thick lines at the decision boundary and thin
 * ones at the margins. With three classes, a margin is where the least certain of a class's pairwise machines is at its
 * margin.
 */
export function drawDecisions(sheet: Sheet, { heights, classes }: Learned): void {
  const [columns, rows] = [Math.ceil(sheet.width / GRAIN), Math.ceil(sheet.height / GRAIN)];
  const small = new OffscreenCanvas(columns, rows);
  const context = small.getContext("2d") as OffscreenCanvasRenderingContext2D;
  const image = context.createImageData(columns, rows);
  const tints = classes.map((label) => channels(looks[label % looks.length]?.colour ?? "ghost"));
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const [x, y] = [(i + 0.5) / columns, (j + 0.5) / rows];
      const [own, sure] = answer(heights.map((height) => between(height, x, y)));
      const tint = tints[own] ?? [0, 0, 0];
      image.data.set([...tint, 24 + 56 * Math.min(1, Math.max(0, sure))], 4 * (j * columns + i));
    }
  }
  context.putImageData(image, 0, 0);
  sheet.context.imageSmoothingEnabled = true;
  sheet.context.drawImage(small, 0, 0, sheet.width, sheet.height);
  for (const height of heights) {
    const margins = heights.length === 1 ? [-1, 1] : [1];
    for (const level of margins) drawLevel(sheet, height, level, { width: 1.5, alpha: 0.55 });
    drawLevel(sheet, height, 0, { width: 2.5, alpha: 1 });
  }
}

/** The value at a fraction of the plane, interpolated from the four grid points around it. */
function between(height: Float32Array, x: number, y: number): number {
  const [u, v] = [x * (SIDE - 1), y * (SIDE - 1)];
  const [i, j] = [Math.min(Math.floor(u), SIDE - 2), Math.min(Math.floor(v), SIDE - 2)];
  const at = j * SIDE + i;
  const row = (from: number) => {
    const [a, b] = [Number(height[from]), Number(height[from + 1])];
    return a + (u - i) * (b - a);
  };
  const [above, below] = [row(at), row(at + SIDE)];
  return above + (v - j) * (below - above);
}

/** The predicted class, and its decision value. */
function answer(values: readonly number[]): [own: number, sure: number] {
  if (values.length === 1) return [Number(values[0]) > 0 ? 1 : 0, Math.abs(Number(values[0]))];
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
