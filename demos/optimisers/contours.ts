import { noGrad, scope, tensor } from "wgrad";
import type { Surface } from "./surfaces.ts";

/** Points along each side at which a surface is computed for its picture. */
const SIDE = 160;

/** A surface on a grid, as log₁₀ of its loss, row by row from the bottom. */
export interface Grid {
  readonly side: number;
  readonly height: Float32Array;
  readonly low: number;
  readonly high: number;
}

/** Computes the surface on the GPU, with the same function the racers go down. */
export async function gridOf({ domain, loss }: Surface): Promise<Grid> {
  const [left, right, bottom, top] = domain;
  const at = (i: number, from: number, to: number) => from + ((to - from) * i) / (SIDE - 1);
  const xs = Float32Array.from({ length: SIDE * SIDE }, (_, i) => at(i % SIDE, left, right));
  const ys = Float32Array.from({ length: SIDE * SIDE }, (_, i) =>
    at(Math.floor(i / SIDE), bottom, top),
  );
  const values = scope(() => noGrad(() => loss(tensor(xs), tensor(ys))));
  const read = await values.read();
  values.dispose();
  const height = Float32Array.from(read, (value) => Math.log10(value + 1e-3));
  const sorted = Float32Array.from(height).sort();
  return {
    side: SIDE,
    height,
    low: sorted[0] as number,
    high: sorted[sorted.length - 1] as number,
  };
}

/** Line segments of one level by marching squares, in grid units: x0, y0, x1, y1, … */
export function contour({ side, height }: Grid, level: number): number[] {
  const lines: number[] = [];
  for (let j = 0; j + 1 < side; j++) {
    for (let i = 0; i + 1 < side; i++) {
      const corners = [
        [i, j],
        [i + 1, j],
        [i + 1, j + 1],
        [i, j + 1],
      ] as const;
      const values = corners.map(([x, y]) => (height[y * side + x] as number) - level);
      const cuts = corners.flatMap(([x, y], k) => {
        const [a, b] = [values[k] as number, values[(k + 1) % 4] as number];
        if (a < 0 === b < 0) return [];
        const [u, v] = corners[(k + 1) % 4] as readonly [number, number];
        const share = a / (a - b);
        return [x + share * (u - x), y + share * (v - y)];
      });
      // two cuts are a line; four a saddle's cell, any pairing of which is true to within the cell
      lines.push(...cuts);
    }
  }
  return lines;
}
