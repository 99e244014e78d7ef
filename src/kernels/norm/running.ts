import shader from "#shaders/norm/running.wgsl";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { checkShapes } from "./geometry.ts";
import { someStats } from "./normalize.ts";

/** Values a channel's statistics were taken over (N·S), and the weight of the new ones; 0.1 unless given. */
interface Options {
  readonly count: number;
  readonly momentum?: number;
}

/**
 * Updates running_mean[C] and running_var[C] in place: r ← (1 − momentum)·r + momentum·batch, where the batch's
 * variance is the unbiased one, var·n/(n − 1) (PyTorch's BatchNorm). stats[C, 4] is (pivot, offset, rstd, variance).
 * Throws `ShapeError` when n < 2, `ValueError` unless 0 ≤ momentum ≤ 1.
 */
export const running = kernel(
  shader,
  ({ stats, running_mean, running_var }, { count, momentum = 0.1 }: Options) => {
    const [channels = 0] = running_mean;
    const expected = { running_mean: [channels], stats: [channels, 4], running_var: running_mean };
    checkShapes("norm/running", expected, { running_mean, stats, running_var });
    if (!Number.isInteger(count) || count < 2) {
      throw new ShapeError(
        `norm/running: expected at least 2 values a channel for an unbiased variance, got ${count}; ` +
          "use a larger batch or evaluation mode",
      );
    }
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new ValueError(`norm/running: expected 0 ≤ momentum ≤ 1, got ${momentum}; try 0.1`);
    }
    return {
      outputs: {},
      params: { channels, momentum, unbias: count / (count - 1) },
      grid: grid1d(Math.ceil(channels / 64)),
      flops: 8 * channels,
    };
  },
);

export const reference: Reference<typeof running> = (
  { stats, running_mean, running_var },
  { count, momentum = 0.1 },
) => {
  const stat = (c: number, field: number) => stats.data[4 * c + field] as number;
  const blend = (old: ArrayLike<number>, batch: (c: number) => number) =>
    Float64Array.from(old, (value, c) => (1 - momentum) * value + momentum * batch(c));
  return {
    running_mean: blend(running_mean.data, (c) => stat(c, 0) + stat(c, 1)),
    running_var: blend(running_var.data, (c) => (stat(c, 3) * count) / (count - 1)),
  };
};

const about = (channels: number) => ({
  stats: someStats(channels),
  running_mean: [channels],
  running_var: [channels],
});

export const cases: Case<typeof running>[] = [
  { name: "one channel, two values", inputs: about(1), options: { count: 2 } },
  { name: "65 channels", inputs: about(65), options: { count: 6272, momentum: 0.3 } },
  { name: "momentum 0 changes nothing", inputs: about(3), options: { count: 9, momentum: 0 } },
  { name: "momentum 1 forgets", inputs: about(3), options: { count: 9, momentum: 1 } },
];
