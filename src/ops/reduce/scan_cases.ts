import { scanReference } from "../../kernels/scan/scan.ts";
import type { OpCases } from "../op_case.ts";
import { cumsum } from "./scan.ts";

/** Small integers, whose sums f32 represents exactly. */
const whole = (i: number) => ((i * 29) % 17) - 8;

export const cases: OpCases = {
  cumsum: [
    {
      name: "the last axis",
      inputs: [{ shape: [3, 21] }],
      run: (x) => cumsum(x),
      reference: (x) => scanReference({ x }, {}).y,
      tolerance: { length: 21 },
    },
    {
      name: "a middle axis",
      inputs: [{ shape: [2, 7, 5] }],
      run: (x) => cumsum(x, 1),
      reference: (x) => scanReference({ x }, { axis: 1 }).y,
      shape: [2, 7, 5],
      tolerance: { length: 7 },
    },
    {
      name: "a long row in pieces",
      inputs: [{ shape: [2, 2500], fill: whole, grad: false }],
      run: (x) => cumsum(x),
      reference: (x) => scanReference({ x }, {}).y,
      tolerance: "exact",
    },
    {
      name: "long columns in pieces",
      inputs: [{ shape: [300, 2], fill: (_, random) => random() - 0.5 }],
      run: (x) => cumsum(x, 0),
      reference: (x) => scanReference({ x }, { axis: 0 }).y,
      tolerance: { length: 300 },
    },
    {
      name: "a row whose pieces are scanned in pieces",
      inputs: [{ shape: [70_000], fill: whole, grad: false }],
      run: (x) => cumsum(x),
      reference: (x) => scanReference({ x }, {}).y,
      tolerance: "exact",
    },
  ],
};
