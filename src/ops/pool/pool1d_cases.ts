import type { HostTensor } from "../../kernels/kernel.ts";
import { reference as adaptiveAvg } from "../../kernels/pool/adaptive_avg.ts";
import { reference as adaptiveMax } from "../../kernels/pool/adaptive_max.ts";
import { reference as avg } from "../../kernels/pool/avg.ts";
import { reference as lp } from "../../kernels/pool/lp.ts";
import { reference as max } from "../../kernels/pool/max.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import * as ops from "./pool1d.ts";

/** A case for x [2, 3, 11] whose reference gets images of one row. */
const about = (
  name: string,
  run: OpCase["run"],
  reference: (x: HostTensor) => ArrayLike<number>,
  shape: readonly number[],
): OpCase => ({
  name,
  inputs: [{ shape: [2, 3, 11] }],
  run,
  reference: (x) => reference({ shape: [2, 3, 1, 11], data: (x as HostTensor).data }),
  shape,
  tolerance: { length: 4 },
});

export const cases: OpCases = {
  maxPool1d: [
    about(
      "padding, dilation, ceil mode",
      (x) =>
        ops.maxPool1d(x, { kernelSize: 3, stride: 2, padding: 1, dilation: 2, ceilMode: true }),
      (x) =>
        max(
          { x },
          {
            ...{ kernelSize: [1, 3], stride: [1, 2], padding: [0, 1], dilation: [1, 2] },
            ceilMode: true,
          },
        ).y,
      [2, 3, 5],
    ),
    about(
      "stride as long as the kernel",
      (x) => ops.maxPool1d(x, { kernelSize: 2 }),
      (x) => max({ x }, { kernelSize: [1, 2] }).y,
      [2, 3, 5],
    ),
    about(
      "same, stride 3",
      (x) => ops.maxPool1d(x, { kernelSize: 4, stride: 3, padding: "same" }),
      (x) => max({ x }, { kernelSize: [1, 4], stride: [1, 3], padding: "same" }).y,
      [2, 3, 4],
    ),
  ],
  avgPool1d: [
    about(
      "padding does not count",
      (x) => ops.avgPool1d(x, { kernelSize: 4, stride: 3, padding: 2, countIncludePad: false }),
      (x) =>
        avg({ x }, { kernelSize: [1, 4], stride: [1, 3], padding: [0, 2], countIncludePad: false })
          .y,
      [2, 3, 4],
    ),
    about(
      "padding behind only",
      (x) => ops.avgPool1d(x, { kernelSize: 4, stride: 3, padding: [0, 2] }),
      (x) => {
        const sides = [
          [0, 0],
          [0, 2],
        ] as const;
        return avg({ x }, { kernelSize: [1, 4], stride: [1, 3], padding: sides }).y;
      },
      [2, 3, 4],
    ),
    about(
      "padding counts",
      (x) => ops.avgPool1d(x, { kernelSize: 3, padding: 1 }),
      (x) => avg({ x }, { kernelSize: [1, 3], padding: [0, 1] }).y,
      [2, 3, 4],
    ),
  ],
  lpPool1d: [
    about(
      "L2",
      (x) => ops.lpPool1d(x, { kernelSize: 3, stride: 2 }),
      (x) => lp({ x }, { kernelSize: [1, 3], stride: [1, 2] }).y,
      [2, 3, 5],
    ),
    about(
      "L1, ceil mode",
      (x) => ops.lpPool1d(x, { normType: 1, kernelSize: 3, ceilMode: true }),
      (x) => lp({ x }, { normType: 1, kernelSize: [1, 3], ceilMode: true }).y,
      [2, 3, 4],
    ),
  ],
  adaptiveAvgPool1d: [
    about(
      "4 windows",
      (x) => ops.adaptiveAvgPool1d(x, 4),
      (x) => adaptiveAvg({ x }, { outputSize: [1, 4] }).y,
      [2, 3, 4],
    ),
  ],
  adaptiveMaxPool1d: [
    about(
      "4 windows",
      (x) => ops.adaptiveMaxPool1d(x, 4),
      (x) => adaptiveMax({ x }, { outputSize: [1, 4] }).y,
      [2, 3, 4],
    ),
  ],
};
