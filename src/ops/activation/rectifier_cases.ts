import { activations } from "../../kernels/elementwise/activations.ts";
import { reference as preluReference } from "../../kernels/elementwise/prelu.ts";
import type { HostTensor } from "../../kernels/kernel.ts";
import { reference as rreluReference } from "../../kernels/random/rrelu.ts";
import type { OpCases } from "../op_case.ts";
import { manualSeed } from "../random/random.ts";
import { prelu, type RReluOptions, rrelu } from "./rectifier.ts";

const preluOf = (x: HostTensor, slope: HostTensor) => preluReference({ x, slope }, {}).y;

/** Options of the first random draw after manualSeed(5). */
const drawn = (options: RReluOptions = {}) => {
  const { training: _, ...bounds } = options;
  return (x: HostTensor) => rreluReference({ x, v: x }, { ...bounds, seed: 5, offset: 0 }).y;
};

export const cases: OpCases = {
  prelu: [
    {
      name: "a slope a channel",
      inputs: [{ shape: [2, 3, 4, 5] }, { shape: [3] }],
      run: (x, slope) => prelu(x, slope),
      reference: preluOf,
      shape: [2, 3, 4, 5],
      tolerance: { length: 40 },
    },
    {
      name: "one slope",
      inputs: [{ shape: [7, 9] }, { shape: [1] }],
      run: (x, slope) => prelu(x, slope),
      reference: preluOf,
      tolerance: { length: 63 },
    },
    {
      name: "a frozen x: the slope alone has a gradient",
      inputs: [{ shape: [5, 3], grad: false }, { shape: [3] }],
      run: (x, slope) => prelu(x, slope),
      reference: preluOf,
      tolerance: { length: 5 },
    },
    {
      name: "safety: NaN stays NaN",
      inputs: [
        { shape: [1, 2, 2], fill: (i) => [NaN, 1e4, -1e4, -1][i] ?? 0, grad: false },
        { shape: [2], grad: false },
      ],
      run: (x, slope) => prelu(x, slope),
      reference: preluOf,
    },
  ],
  rrelu: [
    {
      name: "evaluation: the mean slope",
      inputs: [{ shape: [5, 7] }],
      run: (x) => rrelu(x),
      reference: (x) =>
        Float64Array.from(x.data, (v) => activations.leaky_relu.value(v, { slope: 11 / 48 })),
    },
    {
      name: "training: drawn slopes, the same in the gradient",
      inputs: [{ shape: [5, 7] }],
      run: (x) => {
        manualSeed(5);
        return rrelu(x, { training: true });
      },
      reference: drawn(),
    },
    {
      name: "training, −0.5..2",
      inputs: [{ shape: [33] }],
      run: (x) => {
        manualSeed(5);
        return rrelu(x, { lower: -0.5, upper: 2, training: true });
      },
      reference: drawn({ lower: -0.5, upper: 2 }),
    },
    {
      name: "safety: NaN stays NaN",
      inputs: [{ shape: [4], fill: (i) => [NaN, 1e4, -1e4, -1][i] ?? 0, grad: false }],
      run: (x) => {
        manualSeed(5);
        return rrelu(x, { training: true });
      },
      reference: drawn(),
    },
  ],
};
