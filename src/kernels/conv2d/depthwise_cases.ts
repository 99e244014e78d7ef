import type { Shape } from "../../core/shape.ts";
import type { Fill } from "../kernel.ts";
import { epilogueCases, type ForwardCase, forwardBenches, forwardCase } from "./forward_cases.ts";
import type { ForwardOptions } from "./geometry.ts";

type CaseShapes = [Shape, Shape, ForwardOptions & { bias?: boolean }] | [Shape, Shape];

const poisoned: Fill = (i, random) => (i === 9 ? NaN : i === 50 ? Infinity : random() * 4 - 2);

/**
 * Depthwise convolutions that every kernel must handle: sizes of 1, widths around multiples of 4, strips of 8 rows and one
 * more, windows with every number of taps, on one side and on both, and channels with two outputs.
 */
export const depthwiseCases: ForwardCase[] = [
  forwardCase("depthwise, one pixel", [1, 1, 1, 1], [1, 1, 1, 1]),
  forwardCase("depthwise 3x3, width 8", [2, 3, 9, 8], [3, 1, 3, 3], { groups: 3, padding: 1 }),
  forwardCase("depthwise 3x3, width 7", [2, 3, 8, 7], [3, 1, 3, 3], { groups: 3, padding: 1 }),
  forwardCase("depthwise 3x3, width 5 to 3", [1, 2, 5, 5], [2, 1, 3, 3], { groups: 2 }),
  forwardCase("depthwise 3x3, width 4 to 4, full", [1, 2, 3, 4], [2, 1, 3, 3], {
    ...{ groups: 2, padding: [2, 1] },
  }),
  forwardCase("depthwise 3x3, pads above the window's own", [1, 2, 1, 4], [2, 1, 3, 3], {
    ...{ groups: 2, padding: [4, 1] },
  }),
  forwardCase("depthwise 5x5, 17 rows", [1, 2, 17, 12], [2, 1, 5, 5], { groups: 2, padding: 2 }),
  forwardCase("depthwise 5x5, width 9", [1, 2, 6, 9], [2, 1, 5, 5], { groups: 2, padding: 2 }),
  forwardCase("depthwise 7x7", [1, 2, 9, 8], [2, 1, 7, 7], { groups: 2, padding: 3 }),
  forwardCase("depthwise 7x7, width 10", [1, 2, 7, 10], [2, 1, 7, 7], { groups: 2, padding: 3 }),
  forwardCase("depthwise 2x4 same", [1, 3, 4, 8], [3, 1, 2, 4], { groups: 3, padding: "same" }),
  forwardCase("depthwise 4x2 same", [1, 3, 5, 6], [3, 1, 4, 2], { groups: 3, padding: "same" }),
  forwardCase("depthwise 6x6 same", [1, 1, 8, 8], [1, 1, 6, 6], { padding: "same" }),
  forwardCase("depthwise 1x4 on the right", [1, 2, 2, 11], [2, 1, 1, 4], { groups: 2 }),
  forwardCase("depthwise 1x4 on the left", [1, 2, 2, 4], [2, 1, 1, 4], {
    ...{ groups: 2, padding: [0, 3] },
  }),
  forwardCase("depthwise 3x3, 2 outputs a channel, bias", [2, 3, 4, 8], [6, 1, 3, 3], {
    ...{ groups: 3, padding: 1, bias: true },
  }),
  {
    ...forwardCase(
      "depthwise, NaN and infinity reach only their windows",
      [1, 2, 6, 7],
      [2, 1, 3, 3],
    ),
    inputs: { x: { shape: [1, 2, 6, 7], fill: poisoned }, weight: [2, 1, 3, 3] },
    options: { groups: 2 },
  },
  ...epilogueCases.map(({ name, inputs, options }) => ({
    name: `depthwise, ${name}`,
    inputs: {
      ...{ x: [1, 4, 6, 6], weight: [8, 1, 3, 3] },
      ...(inputs.bias && { bias: [8] }),
      ...(inputs.affine && { affine: [8, 2] }),
      ...(inputs.z && { z: [1, 8, 4, 4] }),
      ...(inputs.residual && { residual: [1, 8, 4, 4] }),
    },
    options: { ...options, groups: 4 },
    tolerance: { length: 9 },
  })),
];

/** Cases with stride 2 for the forward kernels: rows are read in pairs, columns as even and odd ones. */
export const stridedDepthwiseCases: ForwardCase[] = [
  strided("one pixel", [1, 1, 1, 1], [1, 1, 1, 1]),
  strided("3x3, width 16 to 8", [2, 3, 18, 16], [3, 1, 3, 3], { groups: 3, padding: 1 }),
  strided("3x3, width 15 to 8", [2, 3, 9, 15], [3, 1, 3, 3], { groups: 3, padding: 1 }),
  strided("3x3, width 9 to 4", [1, 2, 8, 9], [2, 1, 3, 3], { groups: 2 }),
  strided("3x3 same, width 8 to 4", [1, 2, 5, 8], [2, 1, 3, 3], { groups: 2, padding: "same" }),
  strided("1x1, width 8 to 4", [1, 2, 4, 8], [2, 1, 1, 1], { groups: 2 }),
  strided("2x2, 9 rows", [1, 2, 18, 6], [2, 1, 2, 2], { groups: 2 }),
  strided("5x5, 9 rows", [1, 2, 17, 11], [2, 1, 5, 5], { groups: 2, padding: 2 }),
  strided("4x6 same", [1, 2, 7, 14], [2, 1, 4, 6], { groups: 2, padding: "same" }),
  strided("6x4 same", [1, 2, 12, 10], [2, 1, 6, 4], { groups: 2, padding: "same" }),
  strided("7x7, width 24 to 12", [1, 2, 9, 24], [2, 1, 7, 7], { groups: 2, padding: 3 }),
  strided("7x7, width 6 to 3", [1, 2, 6, 6], [2, 1, 7, 7], { groups: 2, padding: 3 }),
  strided("1x4 on the right", [1, 2, 3, 12], [2, 1, 1, 4], { groups: 2 }),
  strided("1x4 on the left", [1, 2, 3, 5], [2, 1, 1, 4], { groups: 2, padding: [0, 3] }),
  strided("3x3, columns and rows that no window meets", [1, 2, 8, 12], [2, 1, 3, 3], { groups: 2 }),
  strided("1x1, every other pixel met", [1, 2, 9, 16], [2, 1, 1, 1], { groups: 2 }),
  strided("5x5, padding 1", [1, 2, 8, 16], [2, 1, 5, 5], { groups: 2, padding: 1 }),
  strided("7x7, padding 3 above, 40 rows", [1, 1, 40, 8], [1, 1, 7, 7], { padding: 3 }),
  strided("3x3, pads above the window's own", [1, 2, 2, 8], [2, 1, 3, 3], {
    ...{ groups: 2, padding: [4, 1] },
  }),
  strided("3x3, 2 outputs a channel, bias, silu", [2, 3, 5, 8], [6, 1, 3, 3], {
    ...{ groups: 3, padding: 1, bias: true, act: "silu" },
  }),
  {
    ...strided("NaN and infinity reach only their windows", [1, 2, 6, 7], [2, 1, 3, 3]),
    inputs: { x: { shape: [1, 2, 6, 7], fill: poisoned }, weight: [2, 1, 3, 3] },
    options: { groups: 2, stride: 2 },
  },
];

function strided(name: string, ...[x, weight, options]: CaseShapes): ForwardCase {
  return forwardCase(`depthwise stride 2, ${name}`, x, weight, { ...options, stride: 2 });
}

/** Benches to compare: stride 1, and stride 2 with the same output size. */
export const stridedDepthwiseBenches: ForwardCase[] = [3, 5, 7].flatMap((taps) => {
  const [weight, padding] = [[64, 1, taps, taps], (taps - 1) / 2] as const;
  return [14, 32].map((side) =>
    forwardCase(
      `depthwise ${taps}x${taps} 64 ${2 * side}² to ${side}²`,
      [4, 64, 2 * side, 2 * side],
      weight,
      { stride: 2, padding, groups: 64 },
    ),
  );
});

export const depthwiseBenches: ForwardCase[] = [
  ...forwardBenches.filter(({ name }) => name.startsWith("depthwise")),
  forwardCase("depthwise 64 14²", [4, 64, 14, 14], [64, 1, 3, 3], { padding: 1, groups: 64 }),
  forwardCase("depthwise 64 32²", [4, 64, 32, 32], [64, 1, 3, 3], { padding: 1, groups: 64 }),
  forwardCase("depthwise 32 32²", [8, 32, 32, 32], [32, 1, 3, 3], { padding: 1, groups: 32 }),
  forwardCase("depthwise 5x5 32 32²", [8, 32, 32, 32], [32, 1, 5, 5], { padding: 2, groups: 32 }),
  forwardCase("depthwise 7x7 32 32²", [8, 32, 32, 32], [32, 1, 7, 7], { padding: 3, groups: 32 }),
];
