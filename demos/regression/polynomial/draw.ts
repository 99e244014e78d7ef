import type { View } from "../../shared/board.ts";
import { drawShape } from "../../shared/canvas.ts";
import { colour } from "../../shared/dom.ts";
import type { Points } from "./points.ts";

/** The x at which a curve is evaluated. */
export const PLACES: readonly number[] = Array.from({ length: 161 }, (_, i) => -1 + i / 80);

/** Draws points, and a curve given at PLACES. */
export function drawPolynomial(
  { context, place }: View,
  { train, held }: Points,
  curve: ArrayLike<number> | undefined,
): void {
  if (curve) {
    context.beginPath();
    for (const [i, x] of PLACES.entries()) {
      const [px, py] = place(x, Number(curve[i]));
      context.lineTo(px, Math.min(Math.max(py, -4000), 4000));
    }
    context.lineWidth = 2.5;
    context.strokeStyle = colour("blue");
    context.stroke();
  }
  for (const [x, y] of held)
    drawShape(context, "square", place(x, y), { radius: 4, fill: colour("orange") });
  for (const [x, y] of train)
    drawShape(context, "circle", place(x, y), { radius: 5, fill: colour("ink") });
}
