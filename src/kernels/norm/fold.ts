import shader from "#shaders/norm/fold.wgsl";
import { number } from "../../core/kinds.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { affineSlot } from "./fused.ts";
import { checkShapes } from "./geometry.ts";
import { checkEps } from "./stats.ts";

const WHO = "norm/fold";

/**
 * Batch norm with running statistics [C] as one linear function per channel, lines[C, 2] = (scale, shift) with scale =
 * γ/√(var + eps) and shift = β + (bias − mean)·scale: the `affine` of the epilogue of a convolution or product. γ, β and
 * the bias added before the norm, [C] each, are optional. Throws `ShapeError`, `ValueError`.
 */
export const normFold = kernel(
  shader,
  ({ running_mean, running_var, gamma, beta, bias }, { eps = 1e-5 }: { eps?: number }) => {
    checkEps(WHO, eps);
    const [channels = 0] = running_mean;
    const each = [channels];
    const expected = { running_mean: each, running_var: each, gamma: each, beta: each, bias: each };
    checkShapes(WHO, expected, { running_mean, running_var, gamma, beta, bias });
    return {
      outputs: { lines: [channels, 2] },
      params: { channels, eps },
      grid: grid1d(Math.ceil(channels / 64)),
      slots: { affine: affineSlot(gamma, beta), before: bias ? "bias" : "none" },
      flops: 5 * channels,
    };
  },
);

export const kinds = () => ({ eps: number });

export const reference: Reference<typeof normFold> = (
  { running_mean, running_var, gamma, beta, bias },
  { eps = 1e-5 },
) => {
  const lines = Array.from(running_var.data, (variance, c) => {
    const at = (list: typeof gamma, missing: number) => (list ? (list.data[c] as number) : missing);
    const scale = at(gamma, 1) / Math.sqrt(variance + eps);
    return [scale, at(beta, 0) + (at(bias, 0) - (running_mean.data[c] as number)) * scale];
  });
  return { lines: lines.flat() };
};

const variances = (channels: number) => ({
  shape: [channels],
  fill: (_: number, random: () => number) => 4 * random(),
});

const folded = (
  name: string,
  channels: number,
  extra: readonly ("gamma" | "beta" | "bias")[],
  eps?: number,
): Case<typeof normFold> => ({
  name,
  inputs: {
    ...{ running_mean: [channels], running_var: variances(channels) },
    ...Object.fromEntries(extra.map((each) => [each, [channels]])),
  },
  options: eps === undefined ? {} : { eps },
  tolerance: { length: 4 },
});

export const cases: Case<typeof normFold>[] = [
  folded("one channel", 1, []),
  folded("65 channels, everything", 65, ["gamma", "beta", "bias"], 1e-3),
  folded("γ only", 3, ["gamma"]),
  folded("β and a bias", 64, ["beta", "bias"]),
  {
    name: "variance 0, a mean of 1e6",
    inputs: {
      running_mean: { shape: [3], fill: () => 1e6 },
      running_var: { shape: [3], fill: () => 0 },
    },
    options: {},
  },
];
