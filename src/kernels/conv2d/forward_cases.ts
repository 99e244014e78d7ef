import type { Shape } from "../../core/shape.ts";
import { type EpilogueBuffers, epilogueReference } from "../epilogue.ts";
import type { Fill, HostTensor, InputSpec, Tolerance } from "../kernel.ts";
import { type ForwardOptions, geometry, outputShape } from "./geometry.ts";
import { convolve } from "./reference.ts";

interface ForwardInputs<T> extends EpilogueBuffers<T> {
  readonly x: T;
  readonly weight: T;
}

/** A case that every forward kernel must handle. */
export interface ForwardCase {
  readonly name: string;
  readonly inputs: ForwardInputs<InputSpec>;
  readonly options: ForwardOptions;
  readonly tolerance?: Tolerance;
}

/** The convolution in float64, and its epilogue: the specification of every forward kernel. */
export function forwardReference(
  inputs: ForwardInputs<HostTensor>,
  options: ForwardOptions,
): { y: Float64Array; z?: Float64Array } {
  const { x, weight } = inputs;
  const g = geometry("conv2d", x.shape, weight.shape, options);
  const [, channels, oh, ow] = outputShape(g) as [number, number, number, number];
  const channelOf = (i: number) => Math.floor(i / (oh * ow)) % channels;
  return epilogueReference(convolve(g, x, weight), inputs, channelOf, options);
}

const terms = (weight: Shape) => weight.slice(1).reduce((a, b) => a * b, 1);

export function forwardCase(
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

/**
 * Cases in which kernels are most often wrong: sizes of 1, off-by-one around blocks of 7, 8 and 64, padding, groups, all
 * options at once. They share kernel geometries where possible, since each one is another pipeline to compile.
 */
export const coreCases: ForwardCase[] = [
  forwardCase("one pixel inside padding 1", [1, 1, 1, 1], [3, 1, 3, 3], { padding: 1 }),
  forwardCase("window as large as the input", [2, 3, 3, 3], [9, 3, 3, 3]),
  forwardCase("padding wider than the input", [1, 2, 2, 2], [3, 2, 3, 3], { padding: 5 }),
  forwardCase("width 6, one short", [2, 3, 4, 6], [7, 3, 3, 3], { padding: 1 }),
  forwardCase("width 7 exactly", [2, 8, 7, 7], [8, 8, 3, 3], { padding: 1 }),
  forwardCase("width 8, one over", [1, 5, 3, 8], [9, 5, 3, 3], { padding: 1 }),
  forwardCase("width 15, 17 channels", [1, 2, 3, 15], [17, 2, 3, 3], { padding: 1 }),
  forwardCase("groups 3 with 9 outputs each", [1, 6, 5, 8], [27, 2, 3, 3], { groups: 3 }),
  forwardCase("1x1 is a matrix product", [2, 33, 5, 13], [65, 33, 1, 1], { bias: true }),
  forwardCase("asymmetric everything", [2, 3, 9, 14], [5, 3, 2, 3], {
    ...{ stride: [3, 2], padding: [2, 1], dilation: [2, 3] },
    bias: true,
  }),
  {
    // products within ±1, the scale that atol assumes
    ...forwardCase("4104 terms", [1, 456, 3, 4], [9, 456, 3, 3]),
    inputs: {
      x: { shape: [1, 456, 3, 4], fill: unit },
      weight: { shape: [9, 456, 3, 3], fill: unit },
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

const silu = forwardCase("silu after bias, z kept", [1, 3, 6, 6], [8, 3, 3, 3], {
  bias: true,
  act: "silu",
});

/** Every epilogue of a forward kernel. */
export const epilogueCases: ForwardCase[] = [
  { ...silu, inputs: { ...silu.inputs, z: [1, 8, 4, 4] } },
  forwardCase("leaky_relu of slope −2", [1, 3, 6, 6], [8, 3, 3, 3], {
    act: { act: "leaky_relu", slope: -2 },
  }),
  {
    ...forwardCase("scale, shift, residual, relu6", [1, 3, 6, 6], [8, 3, 3, 3], { act: "relu6" }),
    inputs: { x: [1, 3, 6, 6], weight: [8, 3, 3, 3], affine: [8, 2], residual: [1, 8, 4, 4] },
  },
];

/** The core cases, and cases that take other paths through the direct kernels. */
export const forwardCases: ForwardCase[] = [
  ...coreCases,
  ...epilogueCases,
  forwardCase("one pixel", [1, 1, 1, 1], [1, 1, 1, 1]),
  forwardCase("1x1 stride 2", [2, 16, 7, 7], [32, 16, 1, 1], { stride: 2 }),
  forwardCase("3x3 stride 2 on an odd size", [2, 4, 9, 11], [6, 4, 3, 3], {
    stride: 2,
    padding: 1,
  }),
  forwardCase("3x3 stride 2 on an even size", [1, 3, 28, 28], [8, 3, 3, 3], {
    stride: 2,
    padding: 1,
  }),
  forwardCase("3x4 same pads the end", [1, 5, 3, 10], [8, 5, 3, 4], { padding: "same" }),
  forwardCase("1x7", [1, 5, 3, 10], [8, 5, 1, 7], { padding: [0, 3] }),
  forwardCase("dilation 2", [1, 3, 9, 9], [4, 3, 3, 3], { dilation: 2, padding: 2 }),
  forwardCase("stride 3", [1, 2, 10, 8], [3, 2, 3, 3], { stride: 3, padding: 1 }),
  forwardCase("dilation 2 stride 2", [1, 3, 11, 17], [4, 3, 3, 3], { dilation: 2, stride: 2 }),
  forwardCase("groups 2", [2, 6, 5, 8], [10, 3, 3, 3], { groups: 2, padding: 1, bias: true }),
  forwardCase("depthwise", [2, 5, 6, 15], [5, 1, 3, 3], { groups: 5, padding: 1 }),
  forwardCase("depthwise, multiplier 2, stride 2", [1, 4, 9, 9], [8, 1, 3, 3], {
    ...{ groups: 4, padding: 1, stride: 2 },
  }),
  forwardCase("silu after bias", [1, 3, 6, 6], [8, 3, 3, 3], { bias: true, act: "silu" }),
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
