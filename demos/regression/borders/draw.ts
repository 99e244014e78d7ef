import { line, type View } from "../../shared/board.ts";
import { drawShape } from "../../shared/canvas.ts";
import { colour } from "../../shared/dom.ts";
import { clouds, type Place, secondClass } from "./points.ts";
import { type Method, methods, type Separated } from "./separate.ts";

export const methodNames = Object.keys(methods) as Method[];

interface Moved {
  /** The far point, unless it is drawn as a knob. */
  readonly far?: Place;
  /** Number of other points that are moved far away. */
  readonly away?: number;
}

/** Two clouds of points and the boundaries between them. */
export function drawBorders(
  view: View,
  found: Separated | undefined,
  { far, away = 0 }: Moved,
): void {
  const { context, place, domain } = view;
  const [left, right, bottom, top] = domain;
  const reach = 2 * Math.hypot(right - left, top - bottom);
  for (const name of methodNames) {
    const border = found?.borders[name];
    if (!border) continue;
    const [p, q] = border.w;
    const size = Math.hypot(p, q) || 1;
    const [x, y] = [(-border.b * p) / size ** 2, (-border.b * q) / size ** 2];
    const [dx, dy] = [(-q / size) * reach, (p / size) * reach];
    context.lineWidth = 2.5;
    context.strokeStyle = colour(methods[name].colour);
    context.setLineDash([...methods[name].dash]);
    line(context, place(x - dx, y - dy), place(x + dx, y + dy));
  }
  context.setLineDash([]);
  for (const [x, y] of clouds[0])
    drawShape(context, "circle", place(x, y), { radius: 5, fill: colour("blue") });
  for (const [x, y] of secondClass(away, far))
    drawShape(context, "square", place(x, y), { radius: 5, fill: colour("orange") });
}
