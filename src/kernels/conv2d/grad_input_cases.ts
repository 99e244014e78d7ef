import type { Shape } from "../../core/shape.ts";
import type { HostTensor, InputSpec, Tolerance } from "../kernel.ts";
import {
  coreCases,
  type ForwardCase,
  forwardBenches,
  forwardCase,
  forwardCases,
} from "./forward_cases.ts";
import {
  type Conv2dKernelOptions,
  checkUpstream,
  convFlops,
  type Geometry,
  geometry,
  outputShape,
} from "./geometry.ts";
import { convolveGradInput } from "./reference.ts";

/** Options of the forward call, and the size of its input, which the output's size does not determine. */
export interface GradInputOptions extends Conv2dKernelOptions {
  /** Height and width of x. */
  readonly inputSize: readonly [height: number, width: number];
}

interface GradInputInputs<T> {
  readonly dy: T;
  readonly weight: T;
}

/** A case that every input gradient kernel must handle. */
export interface GradInputCase {
  readonly name: string;
  readonly inputs: GradInputInputs<InputSpec>;
  readonly options: GradInputOptions;
  readonly tolerance?: Tolerance;
}

const WHO = "conv2d/grad_input";

/** The common part of all kernels' plans: the geometry of the forward call and the shape of its input. */
export function gradInputProblem(
  { dy, weight }: GradInputInputs<Shape>,
  options: GradInputOptions,
): { g: Geometry; dx: Shape; flops: number } {
  const channels = (weight[1] ?? 0) * (options.groups ?? 1);
  const x = [dy[0] ?? 0, channels, ...options.inputSize];
  const g = geometry(WHO, x, weight, options);
  checkUpstream(WHO, dy, g);
  return { g, dx: x, flops: convFlops(g) };
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Values of overrides: the distance between two taps for pixels of the same phase, in the kernel and in dy. */
export function phases({ stride: [sh, sw], dilation: [dh, dw] }: Geometry) {
  const [h, w] = [gcd(sh, dh), gcd(sw, dw)];
  return { STEP_H: sh / h, STEP_W: sw / w, MOVE_H: dh / h, MOVE_W: dw / w };
}

/** dx in float64: the specification of every input gradient kernel. */
export function gradInputReference(
  { dy, weight }: GradInputInputs<HostTensor>,
  options: GradInputOptions,
): { dx: Float64Array } {
  const { g } = gradInputProblem({ dy: dy.shape, weight: weight.shape }, options);
  return { dx: convolveGradInput(g, dy, weight) };
}

/** A forward case turned into an input gradient case. */
export function gradInputCase({ name, inputs, options }: ForwardCase): GradInputCase {
  const shape = (spec: ForwardCase["inputs"]["x"]) => ("shape" in spec ? spec.shape : spec);
  const [x, weight] = [shape(inputs.x), shape(inputs.weight)];
  const { act: _, ...rest } = options;
  const g = geometry(WHO, x, weight, rest);
  const length = g.outC * g.kernel[0] * g.kernel[1];
  return {
    name,
    inputs: { dy: outputShape(g), weight: inputs.weight },
    options: { ...rest, inputSize: g.input },
    tolerance: { length },
  };
}

export const gradInputCases: GradInputCase[] = forwardCases.map(gradInputCase);

/** Cases that take other paths through the staged kernel than the core cases: strides, and more channels than a tile. */
const strided = [
  "1x1 stride 2",
  "3x3 stride 2 on an odd size",
  "3x3 stride 2 on an even size",
  "dilation 2 stride 2",
  "stride 3",
  "groups 2",
];

export const coreGradInputCases: GradInputCase[] = [
  ...coreCases,
  ...forwardCases.filter(({ name }) => strided.includes(name)),
  forwardCase("65 channels of the input", [2, 65, 5, 13], [9, 65, 1, 1]),
  forwardCase("two tiles of pixels, none of them full", [1, 3, 9, 10], [17, 3, 3, 3], {
    padding: 1,
  }),
].map(gradInputCase);

export const gradInputBenches: GradInputCase[] = forwardBenches.map(gradInputCase);
