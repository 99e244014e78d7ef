import type { HostTensor } from "../../kernels/kernel.ts";
import type { AdaptiveSize } from "../../kernels/pool/adaptive.ts";
import { reference as adaptiveAvgReference } from "../../kernels/pool/adaptive_avg.ts";
import { reference as adaptiveMaxReference } from "../../kernels/pool/adaptive_max.ts";
import { reference as avgReference } from "../../kernels/pool/avg.ts";
import type { AvgPoolOptions, MaxPoolOptions } from "../../kernels/pool/geometry.ts";
import { reference as globalReference } from "../../kernels/pool/global_avg.ts";
import { type LpPoolOptions, reference as lpReference } from "../../kernels/pool/lp.ts";
import { reference as maxReference } from "../../kernels/pool/max.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import {
  adaptiveAvgPool2d,
  adaptiveMaxPool2d,
  adaptiveMaxPool2dWithIndices,
  lpPool2d,
} from "./adaptive_pool.ts";
import { avgPool2d, globalAvgPool2d, maxPool2d, maxPool2dWithIndices } from "./pool.ts";

const image = { shape: [2, 2, 6, 7] };
const poisoned = {
  shape: [1, 1, 6, 6],
  fill: (i: number) => [NaN, Infinity, -1e4][i - 7] ?? i,
  grad: false,
};
const tolerance = { length: 9 };

const max = (
  name: string,
  options: MaxPoolOptions,
  input: OpCase["inputs"][0] = image,
): OpCase => ({
  name,
  inputs: [input],
  run: (x) => maxPool2d(x, options),
  reference: (x) => maxReference({ x }, options).y,
});

const avg = (
  name: string,
  options: AvgPoolOptions,
  input: OpCase["inputs"][0] = image,
): OpCase => ({
  name,
  inputs: [input],
  run: (x) => avgPool2d(x, options),
  reference: (x) => avgReference({ x }, options).y,
  tolerance,
});

const lp = (name: string, options: LpPoolOptions, input: OpCase["inputs"][0] = image): OpCase => ({
  name,
  inputs: [input],
  run: (x) => lpPool2d(x, options),
  reference: (x) => lpReference({ x }, options).y,
  tolerance,
  gradTolerance: { length: 9, atol: 2e-6, rtol: 2e-6 },
});

const avgOf = (outputSize: AdaptiveSize) => (x: HostTensor) =>
  adaptiveAvgReference({ x }, { outputSize }).y;
const maxOf = (outputSize: AdaptiveSize) => (x: HostTensor) =>
  adaptiveMaxReference({ x }, { outputSize }).y;

export const cases: OpCases = {
  maxPool2d: [
    max("padded", { kernelSize: 3, stride: 2, padding: 1 }),
    max("ceil mode and dilation", { kernelSize: [2, 3], dilation: [2, 1], ceilMode: true }),
    max("a padding for each side", {
      ...{ kernelSize: [4, 3], stride: [3, 2] },
      padding: [
        [0, 2],
        [1, 0],
      ],
    }),
    max("same, stride 2 and 3", { kernelSize: 4, stride: [2, 3], padding: "same" }),
    max("same, dilated", { kernelSize: 2, stride: 1, dilation: 3, padding: "same" }),
    max("safety: NaN stays in its windows", { kernelSize: 2 }, poisoned),
  ],
  maxPool2dWithIndices: [
    {
      name: "the first of equals",
      inputs: [{ shape: [1, 2, 5, 6], fill: (i) => (i * 7) % 4, grad: false }],
      run: (x) => {
        const { y, index } = maxPool2dWithIndices(x, { kernelSize: 2, stride: 1 });
        return [y, index];
      },
      reference: (x) => {
        const { y, index } = maxReference({ x }, { kernelSize: 2, stride: 1 });
        return [y, index];
      },
    },
    {
      name: "its gradient",
      inputs: [image],
      run: (x) => {
        const { y, index } = maxPool2dWithIndices(x, { kernelSize: 3, stride: 2 });
        index.dispose();
        return y;
      },
      reference: (x) => maxReference({ x }, { kernelSize: 3, stride: 2 }).y,
    },
  ],
  avgPool2d: [
    avg("padding counts", { kernelSize: 3, stride: 2, padding: 1 }),
    avg("padding does not count", { kernelSize: 3, padding: 1, countIncludePad: false }),
    avg("ceil mode", { kernelSize: 3, stride: 2, padding: 1, ceilMode: true }),
    ...[true, false].map((countIncludePad) =>
      avg(`a padding for each side that ${countIncludePad ? "counts" : "does not count"}`, {
        ...{ kernelSize: [4, 3], stride: [3, 2], countIncludePad },
        padding: [
          [0, 2],
          [1, 0],
        ],
      }),
    ),
    avg("same, stride 2", {
      ...{ kernelSize: 3, stride: 2, padding: "same" as const, countIncludePad: false },
    }),
    avg("ceil mode with more padding behind", {
      ...{ kernelSize: 4, stride: 3, ceilMode: true },
      padding: [
        [0, 2],
        [1, 2],
      ],
    }),
    avg("divisorOverride", { kernelSize: 2, padding: 1, divisorOverride: 3 }),
    avg("safety: NaN stays in its windows", { kernelSize: 2 }, poisoned),
  ],
  globalAvgPool2d: [
    {
      name: "planes of 42",
      inputs: [image],
      run: globalAvgPool2d,
      reference: (x) => globalReference({ x }, {}).y,
      shape: [2, 2, 1, 1],
      tolerance: { length: 42 },
    },
  ],
  adaptiveAvgPool2d: [
    {
      name: "windows that overlap",
      inputs: [image],
      run: (x) => adaptiveAvgPool2d(x, [4, 3]),
      reference: avgOf([4, 3]),
      shape: [2, 2, 4, 3],
      tolerance,
    },
    {
      name: "null keeps, one number for both is square",
      inputs: [image],
      run: (x) => {
        using wide = adaptiveAvgPool2d(x, [null, 8]);
        return adaptiveAvgPool2d(wide, 3);
      },
      reference: (x) => {
        const data = avgOf([null, 8])(x) as Float64Array;
        return avgOf(3)({ shape: [2, 2, 6, 8], data });
      },
      shape: [2, 2, 3, 3],
      tolerance,
    },
    {
      name: "all of it",
      inputs: [image],
      run: (x) => adaptiveAvgPool2d(x, 1),
      reference: avgOf(1),
      shape: [2, 2, 1, 1],
      tolerance: { length: 42 },
    },
    {
      name: "safety: NaN stays in its windows",
      inputs: [poisoned],
      run: (x) => adaptiveAvgPool2d(x, 4),
      reference: avgOf(4),
      tolerance,
    },
  ],
  adaptiveMaxPool2d: [
    {
      name: "windows that overlap",
      inputs: [image],
      run: (x) => adaptiveMaxPool2d(x, [4, 3]),
      reference: maxOf([4, 3]),
      shape: [2, 2, 4, 3],
    },
    {
      name: "one window",
      inputs: [image],
      run: (x) => adaptiveMaxPool2d(x, 1),
      reference: maxOf(1),
    },
    {
      name: "safety: NaN stays in its windows",
      inputs: [poisoned],
      run: (x) => adaptiveMaxPool2d(x, 4),
      reference: maxOf(4),
    },
  ],
  adaptiveMaxPool2dWithIndices: [
    {
      name: "the first of equals, in windows that overlap",
      inputs: [{ shape: [1, 2, 5, 6], fill: (i) => (i * 7) % 4, grad: false }],
      run: (x) => {
        const { y, index } = adaptiveMaxPool2dWithIndices(x, [3, 4]);
        return [y, index];
      },
      reference: (x) => {
        const { y, index } = adaptiveMaxReference({ x }, { outputSize: [3, 4] });
        return [y, index];
      },
    },
    {
      name: "its gradient",
      inputs: [image],
      run: (x) => adaptiveMaxPool2dWithIndices(x, [4, 3]).y,
      reference: maxOf([4, 3]),
    },
  ],
  lpPool2d: [
    lp("L2, overlapping, ceil mode", { kernelSize: 3, stride: 2, ceilMode: true }),
    lp("L1 is a signed sum", { normType: 1, kernelSize: 2 }),
    lp(
      "L3 of positive numbers",
      { normType: 3, kernelSize: [2, 3] },
      {
        ...{ shape: [1, 2, 6, 6], fill: (_, random) => 0.2 + random() },
      },
    ),
    lp("safety: NaN stays in its windows", { kernelSize: 2 }, poisoned),
  ],
};
