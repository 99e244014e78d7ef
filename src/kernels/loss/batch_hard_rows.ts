import { ShapeError } from "../../core/errors.ts";
import { type Shape, show, size } from "../../core/shape.ts";
import { grid1d, type HostTensor } from "../kernel.ts";

export interface BatchHardOptions {
  /** Margin of the hinge. Default 1. */
  readonly margin?: number;
  /** Whether ln(1 + e^(near − far)) replaces the hinge and its margin. Default false. */
  readonly soft?: boolean;
}

/** Index in `hardest` if no row has another label. */
export const NO_ROW = 0xffffffff;

/** The common part of both plans: one workgroup per row. */
export function batchHardPlan(
  who: string,
  x: Shape,
  { margin = 1, soft = false }: BatchHardOptions,
) {
  const [rows = 0, cols = 0] = x;
  if (x.length !== 2 || size(x) === 0) {
    throw new ShapeError(
      `${who}: expected x [N, D] with at least one element, got ${show(x)}; reshape it, or skip empty batches`,
    );
  }
  return {
    params: { rows, cols, margin },
    grid: grid1d(rows),
    slots: { ranking: soft ? "soft" : "hinge" },
    flops: 3 * rows * rows * cols,
  } as const;
}

/** Loss of near − far, and its derivative. */
export function ranking({ margin = 1, soft = false }: BatchHardOptions) {
  if (soft) {
    return {
      value: (z: number) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
      slope: (z: number) => 1 / (1 + Math.exp(-z)),
    };
  }
  return {
    value: (z: number) => (margin + z <= 0 ? 0 : margin + z),
    slope: (z: number) => (Number.isNaN(z) ? NaN : margin + z >= 0 ? 1 : 0),
  };
}

/** ‖x[n] − x[j]‖ */
export function distanceBetween({ data, shape }: HostTensor, n: number, j: number): number {
  const [, cols = 1] = shape;
  let sum = 0;
  for (let k = 0; k < cols; k++) {
    sum += ((data[n * cols + k] as number) - (data[j * cols + k] as number)) ** 2;
  }
  return Math.sqrt(sum);
}
