import { ShapeError, ValueError } from "../../core/errors.ts";
import type { Shape } from "../../core/shape.ts";
import type { HostTensor } from "../kernel.ts";
import { checkShapes } from "./geometry.ts";

/** Running statistics: both or neither, one number per row. */
interface RunningShapes {
  readonly running_mean?: Shape | undefined;
  readonly running_var?: Shape | undefined;
}

/** The slot and the parameter of kernels that can update running statistics; throws `ShapeError`, `ValueError`. */
export function planRunning(
  who: string,
  rows: number,
  { running_mean, running_var }: RunningShapes,
  momentum: number,
): { readonly slots: { running: "none" | "moved" }; readonly params: { momentum: number } } {
  if (!running_mean !== !running_var) {
    throw new ShapeError(
      `${who}: expected running_mean and running_var or neither, got one of them; pass both`,
    );
  }
  checkShapes(who, { running_mean: [rows], running_var: [rows] }, { running_mean, running_var });
  if (!(momentum >= 0 && momentum <= 1)) {
    throw new ValueError(`${who}: expected 0 ≤ momentum ≤ 1, got ${momentum}; try 0.1`);
  }
  return { slots: { running: running_mean ? "moved" : "none" }, params: { momentum } };
}

/** Moments of one row: number of elements, mean, biased variance. */
export interface RowMoments {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
}

/** Updates r ← (1 − momentum)·r + momentum·batch, with the batch's unbiased variance (PyTorch's BatchNorm). */
export function movedRunning(
  rows: readonly RowMoments[],
  { running_mean, running_var }: { running_mean?: HostTensor; running_var?: HostTensor },
  momentum: number,
): { running_mean?: Float64Array; running_var?: Float64Array } {
  if (!running_mean || !running_var) return {};
  const blend = (old: HostTensor, batch: (row: RowMoments) => number) =>
    Float64Array.from(
      rows,
      (row, r) => (1 - momentum) * (old.data[r] as number) + momentum * batch(row),
    );
  return {
    running_mean: blend(running_mean, ({ mean }) => mean),
    running_var: blend(running_var, ({ count, variance }) => (variance * count) / (count - 1)),
  };
}
