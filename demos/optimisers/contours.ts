import { noGrad, scope, tensor } from "wgrad";
import type { Surface } from "./surfaces.ts";

/** Points on each side of the grid on which a surface is computed for its picture. */
const SIDE = 160;

/** A surface on a grid, as log₁₀ of its loss, row by row from the bottom. */
export interface Grid {
  readonly side: number;
  readonly height: Float32Array;
  readonly low: number;
  readonly high: number;
}

/** Computes the surface on the GPU, with the same function that the racers minimise. */
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
