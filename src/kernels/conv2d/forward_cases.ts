import type { Shape } from "../../core/shape.ts";
import { activations } from "../elementwise/activations.ts";
import type { Fill, HostTensor, InputSpec, Tolerance } from "../kernel.ts";
import { type ForwardOptions, geometry, outputShape } from "./geometry.ts";
import { convolve } from "./reference.ts";

interface ForwardInputs<T> {
  readonly x: T;
  readonly weight: T;
  readonly bias?: T;
}

/** A case that every forward kernel must pass. */
export interface ForwardCase {
  readonly name: string;
  readonly inputs: ForwardInputs<InputSpec>;
  readonly options: ForwardOptions;
  readonly tolerance?: Tolerance;
}

/** y = act(x * weight + bias) in float64: the specification of every forward kernel. */
export function forwardReference(
  { x, weight, bias }: ForwardInputs<HostTensor>,
  options: ForwardOptions,
): { y: Float64Array } {
  const g = geometry("conv2d", x.shape, weight.shape, options);
  const [, channels, oh, ow] = outputShape(g) as [number, number, number, number];
  const { value } = activations[options.act ?? "identity"];
  const y = convolve(g, x, weight).map((sum, i) => {
    const channel = Math.floor(i / (oh * ow)) % channels;
    return value(sum + (bias?.data[channel] ?? 0));
  });
  return { y };
}

const terms = (weight: Shape) => weight.slice(1).reduce((a, b) => a * b, 1);

function forwardCase(
  name: string,
  x: Shape,
  weight: Shape,
  options: ForwardOptions & { bias?: boolean } = {},
): ForwardCase {
  const { bias = false, ...rest } = options;
  const inputs = bias ? { x, weight, bias: [weight[0] as number] } : { x, weight };
  return { name, inputs, options: rest, tolerance: { length: terms(weight) } };
}

const poisoned: Fill = (i, random) => (i === 3 ? NaN : i === 40 ? Infinity : random() * 4 - 2);
const unit: Fill = (_, random) => random() * 2 - 1;
const huge: Fill = (_, random) => (random() - 0.5) * 1e18;
const tiny: Fill = (_, random) => (random() - 0.5) * 1e-12;

/** Hostile first: sizes 1, off-by-one around blocks of 7, 8 and 64, every option alone and together. */
export const forwardCases: ForwardCase[] = [
  forwardCase("one pixel", [1, 1, 1, 1], [1, 1, 1, 1]),
  forwardCase("one pixel inside padding 1", [1, 1, 1, 1], [1, 1, 3, 3], { padding: 1 }),
  forwardCase("window as large as the input", [2, 3, 5, 4], [9, 3, 5, 4], { bias: true }),
  forwardCase("padding wider than the input", [1, 2, 2, 2], [3, 2, 3, 3], { padding: 5 }),
  forwardCase("width 6, 7 outputs short of 1", [2, 3, 4, 6], [7, 3, 3, 3], { padding: 1 }),
  forwardCase("width 7 exactly", [2, 8, 7, 7], [8, 8, 3, 3], { padding: 1 }),
  forwardCase("width 8, one over", [1, 5, 3, 8], [9, 5, 3, 3], { padding: 1, bias: true }),
  forwardCase("width 15", [1, 2, 3, 15], [17, 2, 3, 3], { padding: 1 }),
  forwardCase("1x1 is a matrix product", [2, 33, 5, 13], [65, 33, 1, 1], { bias: true }),
  forwardCase("1x1 stride 2", [2, 16, 7, 7], [32, 16, 1, 1], { stride: 2 }),
  forwardCase("3x3 stride 2 on an odd size", [2, 4, 9, 11], [6, 4, 3, 3], {
    stride: 2,
    padding: 1,
  }),
  forwardCase("3x3 stride 2 on an even size", [1, 1, 28, 28], [8, 1, 3, 3], {
    stride: 2,
    padding: 1,
  }),
  forwardCase("1x3", [2, 3, 5, 9], [4, 3, 1, 3], { padding: [0, 1] }),
  forwardCase("3x1", [2, 3, 5, 9], [4, 3, 3, 1], { padding: [1, 0] }),
  forwardCase("1x7 same", [1, 5, 3, 10], [8, 5, 1, 7], { padding: "same" }),
  forwardCase("even kernel same pads the end", [1, 2, 5, 6], [3, 2, 2, 4], { padding: "same" }),
  forwardCase("asymmetric everything", [2, 3, 9, 14], [5, 3, 2, 3], {
    ...{ stride: [3, 2], padding: [2, 1], dilation: [2, 3] },
    bias: true,
  }),
  forwardCase("dilation 2", [1, 3, 9, 9], [4, 3, 3, 3], { dilation: 2, padding: 2 }),
  forwardCase("dilation 2 stride 2", [1, 3, 11, 17], [4, 3, 3, 3], { dilation: 2, stride: 2 }),
  forwardCase("stride larger than the kernel", [1, 2, 10, 13], [3, 2, 2, 2], { stride: 4 }),
  forwardCase("groups 2", [2, 6, 5, 8], [10, 3, 3, 3], { groups: 2, padding: 1, bias: true }),
  forwardCase("groups 3 with 9 outputs each", [1, 6, 5, 8], [27, 2, 3, 3], { groups: 3 }),
  forwardCase("depthwise", [2, 5, 6, 15], [5, 1, 3, 3], { groups: 5, padding: 1, bias: true }),
  forwardCase("depthwise, multiplier 3, stride 2", [1, 4, 9, 9], [12, 1, 5, 5], {
    ...{ groups: 4, padding: 2, stride: 2 },
    act: "relu",
  }),
  forwardCase("relu after bias", [1, 3, 6, 6], [8, 3, 3, 3], { bias: true, act: "relu" }),
  forwardCase("silu after bias", [1, 3, 6, 6], [8, 3, 3, 3], { bias: true, act: "silu" }),
  {
    // products within ±1, the scale that atol is meant for
    ...forwardCase("4096 terms", [1, 256, 5, 6], [9, 256, 4, 4]),
    inputs: {
      x: { shape: [1, 256, 5, 6], fill: unit },
      weight: { shape: [9, 256, 4, 4], fill: unit },
    },
  },
  {
    ...forwardCase("NaN and infinity reach only their windows", [1, 2, 5, 9], [3, 2, 3, 3]),
    inputs: { x: { shape: [1, 2, 5, 9], fill: poisoned }, weight: [3, 2, 3, 3] },
  },
  {
    ...forwardCase("huge times tiny", [1, 3, 4, 9], [3, 3, 3, 3], { padding: 1 }),
    inputs: {
      x: { shape: [1, 3, 4, 9], fill: huge },
      weight: { shape: [3, 3, 3, 3], fill: tiny },
    },
    // sums cancel, so the error is judged against the largest product, 5e17 · 5e-13
    tolerance: { length: 27, atol: 2.5e-1 },
  },
];

/** Layers of a small residual network, and one wide layer. */
export const forwardBenches: ForwardCase[] = [
  forwardCase("stem 1→8 28², stride 2", [64, 1, 28, 28], [8, 1, 3, 3], { stride: 2, padding: 1 }),
  forwardCase("8→8 14²", [64, 8, 14, 14], [8, 8, 3, 3], { padding: 1 }),
  forwardCase("16→16 7²", [64, 16, 7, 7], [16, 16, 3, 3], { padding: 1 }),
  forwardCase("8→16 1x1 stride 2", [64, 8, 14, 14], [16, 8, 1, 1], { stride: 2 }),
  forwardCase("32→32 7²", [64, 32, 7, 7], [32, 32, 3, 3], { padding: 1 }),
  forwardCase("depthwise 32 14²", [64, 32, 14, 14], [32, 1, 3, 3], { padding: 1, groups: 32 }),
  forwardCase("128→128 14²", [4, 128, 14, 14], [128, 128, 3, 3], { padding: 1 }),
];
