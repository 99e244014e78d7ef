import { type Shape, size } from "../../core/shape.ts";
import type { Fill, HostTensor, InputSpec, Tolerance } from "../kernel.ts";
import { coreCases, type ForwardCase, forwardBenches, forwardCases } from "./forward_cases.ts";
import {
  blocksOf,
  type Conv2dKernelOptions,
  checkUpstream,
  convFlops,
  type Geometry,
  geometry,
  geometryOverrides,
  geometryParams,
  natural,
  outputShape,
} from "./geometry.ts";
import { convolveGradWeight } from "./reference.ts";

/** Options of the forward call, the size of its kernel, and how the sum is split. */
export interface GradWeightOptions extends Conv2dKernelOptions {
  /** kH and kW. */
  readonly kernelSize: readonly [height: number, width: number];
  /**
   * Number of parts that the sum over batch and rows is split into, each for other threads. Default: about 128 terms in
   * each, at most 256 parts.
   */
  readonly slices?: number;
}

interface GradWeightInputs<T> {
  readonly x: T;
  readonly dy: T;
}

/** A case that every weight gradient kernel must handle. */
export interface GradWeightCase {
  readonly name: string;
  readonly inputs: GradWeightInputs<InputSpec>;
  readonly options: GradWeightOptions;
  readonly tolerance?: Tolerance;
}

const WHO = "conv2d/grad_weight";

/** The common part of both kernels' plans: the geometry, the number of slices and the shape of the weight. */
export function gradWeightProblem({ x, dy }: GradWeightInputs<Shape>, options: GradWeightOptions) {
  const inC = Math.floor((x[1] ?? 0) / natural(WHO, "groups", options.groups ?? 1, 1));
  const weight = [dy[1] ?? 0, inC, ...options.kernelSize];
  const g = geometry(WHO, x, weight, options);
  checkUpstream(WHO, dy, g);
  const slices = slicesOf(g, options.slices);
  const plan = {
    outputs: { partials: [slices, ...weight] },
    params: geometryParams(g, slices),
    overrides: geometryOverrides(g),
    flops: convFlops(g),
  };
  return { g, slices, taps: size(weight.slice(1)), plan };
}

function slicesOf({ batch, output }: Geometry, wanted: number | undefined): number {
  const rows = batch * output[0];
  const usual = Math.min(Math.floor((rows * output[1]) / 128), 256);
  const parts = natural(WHO, "slices", wanted ?? Math.max(usual, 1), 1);
  return blocksOf(rows, blocksOf(rows, parts)); // none of them empty
}

/** Sums the rows (n, oy) of each slice separately, with dy set to zero in the other slices. */
export function gradWeightReference(
  { x, dy }: GradWeightInputs<HostTensor>,
  options: GradWeightOptions,
): { partials: number[] } {
  const { g, slices } = gradWeightProblem({ x: x.shape, dy: dy.shape }, options);
  const [oh, ow] = g.output;
  const perSlice = blocksOf(g.batch * oh, slices);
  const sliceOf = (i: number) => {
    const image = Math.floor(i / (g.groups * g.outC * oh * ow));
    return Math.floor((image * oh + (Math.floor(i / ow) % oh)) / perSlice);
  };
  const parts = Array.from({ length: slices }, (_, slice) => {
    const data = Float64Array.from(dy.data, (value, i) => (sliceOf(i) === slice ? value : 0));
    return [...convolveGradWeight(g, { shape: dy.shape, data }, x)];
  });
  return { partials: parts.flat() };
}

export function gradWeightCase({ name, inputs, options }: ForwardCase): GradWeightCase {
  const shape = (spec: ForwardCase["inputs"]["x"]) => ("shape" in spec ? spec.shape : spec);
  const { act: _, ...rest } = options;
  const g = geometry(WHO, shape(inputs.x), shape(inputs.weight), rest);
  const length = g.batch * g.output[0] * g.output[1];
  return {
    name,
    inputs: { x: inputs.x, dy: outputShape(g) },
    options: { ...rest, kernelSize: g.kernel },
    tolerance: { length },
  };
}

const sliced = (slices: number, name: string): GradWeightCase => ({
  name,
  inputs: { x: [3, 4, 5, 9], dy: [3, 9, 5, 9] },
  options: { kernelSize: [3, 3], padding: 1, slices },
  tolerance: { length: 135 },
});

const fromOutputs = (cases: readonly ForwardCase[]) =>
  cases.filter(({ name }) => !name.startsWith("huge")).map(gradWeightCase);

const unit: Fill = (_, random) => random() * 2 - 1;

/** The core forward cases turned into weight gradient cases, with different numbers of slices. */
export const coreGradWeightCases: GradWeightCase[] = [
  ...fromOutputs(coreCases),
  sliced(4, "4 slices of 4 rows, the last of 3"),
  sliced(15, "a slice for every row"),
  sliced(99, "more slices wanted than rows"),
  {
    name: "4096 terms in one slice",
    inputs: {
      x: { shape: [4, 2, 32, 32], fill: unit },
      dy: { shape: [4, 3, 32, 32], fill: unit },
    },
    options: { kernelSize: [3, 3], padding: 1, slices: 1 },
    tolerance: { length: 4096 },
  },
];

/** Forward cases that take other paths through the direct kernel; its pipelines are slow to compile. */
const others = [
  "1x1 stride 2",
  "3x4 same pads the end",
  "dilation 2 stride 2",
  "groups 2",
  "depthwise",
];

export const gradWeightCases: GradWeightCase[] = [
  ...coreGradWeightCases,
  ...fromOutputs(forwardCases.filter(({ name }) => others.includes(name))),
];

export const gradWeightBenches: GradWeightCase[] = forwardBenches.map(gradWeightCase);
