import { line, type View } from "../../shared/board.ts";
import { drawShape } from "../../shared/canvas.ts";
import { colour } from "../../shared/dom.ts";
import { clouds, type Place } from "./points.ts";
import { type Method, methods, type Separated } from "./separate.ts";

export const methodNames = Object.keys(methods) as Method[];

/** Two clouds of points, the boundaries between them, and the far point unless it is drawn as a knob. */
export function drawBorders(view: View, found: Separated | undefined, far?: Place): void {
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
  const second = far ? [...clouds[1], far] : clouds[1];
  for (const [x, y] of clouds[0])
    drawShape(context, "circle", place(x, y), { radius: 5, fill: colour("blue") });
  for (const [x, y] of second)
    drawShape(context, "square", place(x, y), { radius: 5, fill: colour("orange") });
}
