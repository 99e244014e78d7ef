import shader from "#shaders/conv2d/grad_bias.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { show, size } from "../../core/shape.ts";
import { inHalf } from "../half_cases.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";

/**
 * dbias [outC] = the sum of dy [N, outC, oH, oW] over images, rows and columns.
 *
 * Throws `ShapeError` unless dy has four axes, none of them empty.
 */
export const conv2dGradBias = kernel(shader, ({ dy }, _options: Readonly<object>) => {
  if (dy.length !== 4 || dy.includes(0)) {
    throw new ShapeError(
      `conv2d/grad_bias: expected dy [N, outC, oH, oW] without empty axes, got ${show(dy)}; skip empty batches`,
    );
  }
  const [batch, channels, height, width] = dy as [number, number, number, number];
  return {
    outputs: { dbias: [channels] },
    params: { batch, channels, plane: height * width },
    grid: grid1d(channels),
    flops: size(dy),
  };
});

export const reference: Reference<typeof conv2dGradBias> = ({ dy }) => {
  const [, channels, height, width] = dy.shape as [number, number, number, number];
  const dbias = new Float64Array(channels);
  for (let i = 0; i < dy.data.length; i++) {
    const channel = Math.floor(i / (height * width)) % channels;
    dbias[channel] = (dbias[channel] as number) + (dy.data[i] as number);
  }
  return { dbias };
};

const biasCase = (name: string, dy: readonly number[]): Case<typeof conv2dGradBias> => ({
  name,
  inputs: { dy },
  options: {},
  tolerance: { length: size(dy) / (dy[1] ?? 1) },
});

export const cases: Case<typeof conv2dGradBias>[] = [
  biasCase("one element", [1, 1, 1, 1]),
  biasCase("63 terms, one lane idle", [7, 3, 3, 3]),
  biasCase("65 terms, one over", [13, 2, 5, 1]),
  biasCase("planes wider than the workgroup", [2, 3, 9, 11]),
  biasCase("planes of one pixel", [70, 5, 1, 1]),
  biasCase("4096 terms", [64, 2, 8, 8]),
];

export const halfCases = inHalf(cases, { storage: "f16" });

export const benches: Case<typeof conv2dGradBias>[] = [biasCase("8 channels 14²", [64, 8, 14, 14])];
