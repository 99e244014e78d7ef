import { ShapeError } from "../../core/errors.ts";
import { type Shape, show } from "../../core/shape.ts";
import type { HostTensor } from "../kernel.ts";

/**
 * Memory layout of the K-Means kernels. Points are columns, so that four of them are a vector: xt [d, n] with d and n
 * multiples of four, padded with zeros after the last feature and the last point. A centre is a row of its features and
 * four numbers: centres [k, d + 4] = (c, ‖c‖², mass, 0, 0), k a multiple of four; padding rows have the norm `NO_CENTRE`.
 */
export const NO_CENTRE = 3e38;

export interface PointsLayout {
  /** Number of points, without padding. */
  readonly points: number;
}

/** The sizes that the kernels take as params. Throws `ShapeError` for another layout. */
export function sizes(who: string, xt: Shape, centres: Shape, { points }: PointsLayout) {
  const [d = 0, n = 0] = xt;
  const [k = 0, width = 0] = centres;
  if (xt.length !== 2 || d % 4 || n % 4 || d === 0 || points < 1 || points > n || points <= n - 4) {
    throw new ShapeError(
      `${who}: expected xt [features, points], both rounded up to multiples of 4, for ${points} points, got ${show(xt)}; ` +
        "pad with zeros",
    );
  }
  if (centres.length !== 2 || k === 0 || k % 4 || width !== d + 4) {
    throw new ShapeError(
      `${who}: expected centres [multiple of 4, ${d + 4}] for xt ${show(xt)}, got ${show(centres)}; ` +
        "a row is the centre, its squared norm, its mass and two zeros",
    );
  }
  return { points, blocks: n / 4, quarters: d / 4, clusters: k };
}

/** Squared distance of point i from centre k. */
function square(xt: HostTensor, centres: HostTensor, i: number, k: number): number {
  const [d = 0, n = 0] = xt.shape;
  let sum = 0;
  for (let j = 0; j < d; j++) {
    const delta = (xt.data[j * n + i] as number) - (centres.data[k * (d + 4) + j] as number);
    sum += delta * delta;
  }
  return sum;
}

/** The nearest centre of point i, the first of equally near ones, and its squared distance. */
export function nearestCentre(xt: HostTensor, centres: HostTensor, i: number) {
  const [k = 0, width = 0] = centres.shape;
  let best = { label: 0, square: square(xt, centres, i, 0) };
  for (let c = 1; c < k; c++) {
    if ((centres.data[c * width + width - 4] as number) >= NO_CENTRE) continue;
    const next = square(xt, centres, i, c);
    if (next < best.square) best = { label: c, square: next };
  }
  return best;
}
