import { defineOp, runKernel, type Tensor } from "wgrad";
import { kernel } from "wgrad/kernels";
import type { Case, Reference } from "wgrad/testing";
import wave from "./wave.wgsl";
import waveGrad from "./wave_grad.wgsl";

export interface WaveOptions {
  /** A file of src/shapes, and of the same name in src/slopes for the gradient. */
  readonly shape: "soft" | "square";
  readonly amplitude: number;
  readonly frequency: number;
}

const count = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** What the plans of both kernels share: sizes, parameters and the grid. */
const common = (x: readonly number[], { amplitude, frequency }: WaveOptions) => ({
  params: { n: count(x), amplitude, frequency },
  grid: [Math.ceil(count(x) / 64)] as const,
  flops: 4 * count(x),
});

export const forward = kernel(wave, ({ x }, options: WaveOptions) => ({
  outputs: { y: x },
  slots: { shape: options.shape },
  ...common(x, options),
}));
export const backward = kernel(waveGrad, ({ x }, options: WaveOptions) => ({
  outputs: { dx: x },
  slots: { slope: options.shape },
  ...common(x, options),
}));

// Expected results in float64: the specification that the cases are compared with.
const shapes = {
  soft: { value: Math.tanh, slope: (t: number) => 1 - Math.tanh(t) ** 2 },
  square: { value: (t: number) => t * t, slope: (t: number) => 2 * t },
};
const forwardReference: Reference<typeof forward> = ({ x }, { shape, amplitude, frequency }) => ({
  y: Float64Array.from(x.data, (v) => amplitude * shapes[shape].value(frequency * v)),
});
const backwardReference: Reference<typeof backward> = (
  { dy, x },
  { shape, amplitude, frequency },
) => ({
  dx: Float64Array.from(
    x.data,
    (v, i) => (dy.data[i] ?? 0) * amplitude * frequency * shapes[shape].slope(frequency * v),
  ),
});

// Edge cases first: no elements, one, a workgroup and a bit.
const sizes = [[0], [1], [3, 67]];
const named = <Inputs>(inputs: (size: number[]) => Inputs) =>
  (["soft", "square"] as const).flatMap((shape) =>
    sizes.map((size) => ({
      name: `${shape} of [${size}]`,
      inputs: inputs(size),
      options: { shape, amplitude: 1.5, frequency: 0.75 },
    })),
  );
const forwardCases: Case<typeof forward>[] = named((x) => ({ x }));
const backwardCases: Case<typeof backward>[] = named((x) => ({ dy: x, x }));

export const modules = {
  wave: { kernel: forward, reference: forwardReference, cases: forwardCases },
  waveGrad: { kernel: backward, reference: backwardReference, cases: backwardCases },
};

/** amplitude · shape(frequency · x), differentiable: use it like any operation of wgrad. */
export const waved = defineOp({
  name: "waved",
  forward: (x: Tensor, options: WaveOptions) => ({
    output: runKernel(forward, { x }, options).y,
    saved: { x, options },
  }),
  backward: (dy, { x, options }) => runKernel(backward, { dy, x }, options).dx,
});
