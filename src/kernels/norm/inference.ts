import shader from "#shaders/norm/inference.wgsl";
import { number } from "../../core/kinds.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { checkShapes } from "./geometry.ts";
import { checkEps } from "./stats.ts";

/**
 * Running statistics [C] in the form that the other kernels of batch norm read, so that evaluation mode is differentiable:
 * stats[C, 4] = (mean, 0, 1/√(var + eps), var) for norm/normalize, norm/grad_sums and norm/grad_affine, and slope[C, 4],
 * the same with mean 0, with which norm/normalize (γ, no β) turns dy into dx = γ·rstd·dy. Throws `ShapeError`,
 * `ValueError`.
 */
export const normInference = kernel(
  shader,
  ({ running_mean, running_var }, { eps = 1e-5 }: { eps?: number }) => {
    checkEps("norm/inference", eps);
    const [channels = 0] = running_mean;
    const expected = { running_mean: [channels], running_var: running_mean };
    checkShapes("norm/inference", expected, { running_mean, running_var });
    return {
      outputs: { stats: [channels, 4], slope: [channels, 4] },
      params: { channels, eps },
      grid: grid1d(Math.ceil(channels / 64)),
      flops: 3 * channels,
    };
  },
);

export const kinds = () => ({ eps: number });

export const reference: Reference<typeof normInference> = (
  { running_mean, running_var },
  { eps = 1e-5 },
) => {
  const rows = Array.from(running_var.data, (variance, c) => ({
    mean: running_mean.data[c] as number,
    rest: [0, 1 / Math.sqrt(variance + eps), variance],
  }));
  return {
    stats: rows.flatMap(({ mean, rest }) => [mean, ...rest]),
    slope: rows.flatMap(({ rest }) => [0, ...rest]),
  };
};

const variances = (channels: number) => ({
  shape: [channels],
  fill: (_: number, random: () => number) => 4 * random(),
});

export const cases: Case<typeof normInference>[] = [
  { name: "one channel", inputs: { running_mean: [1], running_var: variances(1) }, options: {} },
  {
    name: "65 channels",
    inputs: { running_mean: [65], running_var: variances(65) },
    options: { eps: 1e-3 },
  },
  {
    name: "variance 0",
    inputs: { running_mean: [3], running_var: { shape: [3], fill: () => 0 } },
    options: {},
  },
];
