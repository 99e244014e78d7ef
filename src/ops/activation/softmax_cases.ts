import { reference } from "../../kernels/softmax/softmax.ts";
import type { OpCases } from "../op_case.ts";
import { logSoftmax, softmax } from "./softmax.ts";

/** Logits of ±10⁴: exp() of them is 0 or infinite unless the maximum is subtracted first. */
const huge = (i: number) => [1e4, -1e4, 9999, 0, 1e4 - 2][i % 5] ?? 0;

export const cases: OpCases = {
  softmax: [
    {
      name: "the last axis",
      inputs: [{ shape: [3, 5] }],
      run: (x) => softmax(x),
      reference: (x) => reference({ x }, { axis: -1 }).y,
    },
    {
      name: "safety: logits ±1e4",
      inputs: [{ shape: [2, 5], fill: huge, grad: false }],
      run: (x) => softmax(x),
      reference: (x) => reference({ x }, { axis: -1 }).y,
    },
  ],
  logSoftmax: [
    {
      name: "an inner axis",
      inputs: [{ shape: [2, 3, 4] }],
      run: (x) => logSoftmax(x, 1),
      reference: (x) => reference({ x }, { axis: 1, log: true }).y,
      shape: [2, 3, 4],
    },
    {
      name: "safety: logits ±1e4",
      inputs: [{ shape: [2, 5], fill: huge, grad: false }],
      run: (x) => logSoftmax(x),
      reference: (x) => reference({ x }, { axis: -1, log: true }).y,
    },
  ],
};
