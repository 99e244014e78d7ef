import { reference as unaryReference } from "../../kernels/elementwise/unary.ts";
import type { UnaryOp } from "../../kernels/elementwise/unary_ops.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { OpCase, OpCases, OpInput } from "../op_case.ts";
import * as ops from "./pointwise.ts";

const special = [0, -0, 0.5, -0.5, 1.5, 2.5, -2.5, 1e-30, 3e9, Infinity, -Infinity, Number.NaN];
const hostile: OpInput = {
  shape: [special.length],
  fill: (i) => special[i] as number,
  grad: false,
};

const one = (
  name: string,
  op: UnaryOp,
  run: (x: Tensor) => Tensor,
  input: OpInput,
  tolerance?: OpCase["tolerance"],
): OpCase => ({
  name,
  inputs: [input],
  run,
  reference: (x) => unaryReference({ x }, { op }).y,
  shape: input.shape,
  ...(tolerance && { tolerance }),
});

/** Cases of a function with derivative 0: exact values, and a gradient of zeros. */
const step = (op: UnaryOp, run: (x: Tensor) => Tensor, grad = true): OpCase[] => [
  one("between the steps", op, run, { shape: [4, 7], grad }, "exact"),
  one("special numbers, halves", op, run, hostile, "exact"),
];

const smooth = (op: UnaryOp, run: (x: Tensor) => Tensor, low: number): OpCase[] => [
  one("values and slopes", op, run, { shape: [23], fill: (i) => low + (i * (4 - low)) / 22 }),
  one(
    "near 0, to the last places",
    op,
    run,
    { shape: [20], fill: (i) => (i & 1 ? -1 : 1) * 10 ** -(i / 2), grad: false },
    { atol: 1e-30, rtol: 1e-6 },
  ),
];

export const cases: OpCases = {
  sign: step("sign", ops.sign),
  round: step("round", ops.round),
  floor: step("floor", ops.floor),
  ceil: step("ceil", ops.ceil),
  trunc: step("trunc", ops.trunc),
  isnan: step("isnan", ops.isnan, false),
  isfinite: step("isfinite", ops.isfinite, false),
  log1p: smooth("log1p", ops.log1p, -0.9),
  expm1: smooth("expm1", ops.expm1, -4),
  rsqrt: smooth("rsqrt", ops.rsqrt, 0.1),
  erf: smooth("erf", ops.erf, -4),
};
