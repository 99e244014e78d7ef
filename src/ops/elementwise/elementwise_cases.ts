import { reference as binaryReference } from "../../kernels/elementwise/binary.ts";
import type { BinaryOp } from "../../kernels/elementwise/binary_ops.ts";
import { reference as scaleReference } from "../../kernels/elementwise/scale.ts";
import { reference as unaryReference } from "../../kernels/elementwise/unary.ts";
import type { UnaryOp } from "../../kernels/elementwise/unary_ops.ts";
import type { HostTensor } from "../../kernels/kernel.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { OpCase, OpCases, OpInput } from "../op_case.ts";
import * as ops from "./elementwise.ts";

const matrix: OpInput = { shape: [3, 5] };
/** Numbers from 0.5 to 3 in a scattered order. */
const positive: OpInput = { shape: [3, 5], fill: (i) => 0.5 + (((i * 11) % 15) * 2.5) / 14 };
const special: OpInput = {
  shape: [6],
  fill: (i) => [NaN, 1e4, -1e4, 0, 1e-20, -1][i] ?? 0,
  grad: false,
};

const host = (op: BinaryOp) => (a: HostTensor, b: HostTensor) =>
  binaryReference({ a, b }, { op }).c;
const line = (scale: number, shift: number) => (x: HostTensor) =>
  scaleReference({ x }, { scale, shift }).y;

/** Cases of a ∘ b: tensors of one shape, broadcast along a row, along both, and with NaN and ±1e4. */
function pair(
  op: BinaryOp,
  run: (a: Tensor, b: Tensor) => Tensor,
  a: OpInput = matrix,
  b: OpInput = matrix,
): OpCase[] {
  const first = (input: OpInput, shape: readonly number[]): OpInput => ({ ...input, shape });
  const inputs: [string, OpInput, OpInput][] = [
    ["equal shapes", a, b],
    ["a row beside a matrix", a, first(b, [5])],
    ["a column and a row", first(a, [3, 1]), first(b, [1, 5])],
    ["safety: ±1e4, tiny and NaN", special, special],
  ];
  return inputs.map(([name, left, right]) => ({
    name,
    inputs: [left, right],
    run,
    reference: host(op),
    ...(left === special ? {} : { shape: [3, 5] }),
  }));
}

/** A case of ∘ with a number on the right. */
function byNumber(run: (x: Tensor) => Tensor, scale: number, shift: number): OpCase {
  return { name: "a number", inputs: [matrix], run, reference: line(scale, shift), shape: [3, 5] };
}

function map(op: UnaryOp, run: (x: Tensor) => Tensor, x: OpInput = matrix): OpCase[] {
  const reference = (input: HostTensor) => unaryReference({ x: input }, { op }).y;
  const nan: OpInput = { shape: [4], fill: (i) => [NaN, 0.5, 1, 2][i] ?? 0, grad: false };
  return [
    { name: "a matrix", inputs: [x], run, reference, shape: [3, 5] },
    { name: "safety: NaN stays NaN", inputs: [nan], run, reference },
  ];
}

export const cases: OpCases = {
  affine: [
    {
      name: "factor and shift",
      inputs: [matrix],
      run: (x) => ops.affine(x, { factor: -1.5, shift: 0.25 }),
      reference: line(-1.5, 0.25),
      shape: [3, 5],
    },
    {
      name: "defaults: a copy",
      inputs: [matrix],
      run: (x) => ops.affine(x, {}),
      reference: line(1, 0),
      tolerance: "exact",
    },
  ],
  add: [...pair("add", ops.add), byNumber((x) => ops.add(x, 2.5), 1, 2.5)],
  sub: [...pair("sub", ops.sub), byNumber((x) => ops.sub(x, 2.5), 1, -2.5)],
  mul: [
    ...pair("mul", ops.mul),
    byNumber((x) => ops.mul(x, -3), -3, 0),
    {
      name: "a tensor with itself: both gradients add",
      inputs: [matrix],
      run: (x) => ops.mul(x, x),
      reference: (x) => host("mul")(x, x),
      shape: [3, 5],
    },
  ],
  div: [
    ...pair("div", ops.div, matrix, positive),
    byNumber((x) => ops.div(x, 4), 0.25, 0),
    ...(["floor", "trunc"] as const).map((roundingMode) => ({
      name: `roundingMode ${roundingMode}, whose gradient is 0`,
      inputs: [matrix, { shape: [5], fill: (i: number) => [0.3, -0.2, 0.7, -1.1, 0.11][i] ?? 1 }],
      run: (a: Tensor, b: Tensor) => ops.div(a, b, { roundingMode }),
      reference: (a: HostTensor, b: HostTensor) => host(`${roundingMode}_div`)(a, b),
      shape: [3, 5],
    })),
    {
      name: "roundingMode floor: 1 / 0.1 is below 10, as 0.1 of f32 is above 0.1",
      inputs: [{ shape: [3], fill: (i) => [1, -1, 5][i] ?? 0, grad: false }],
      run: (x) => ops.div(x, 0.1, { roundingMode: "floor" }),
      reference: () => [9, -10, 49],
      tolerance: "exact",
    },
  ],
  pow: pair("pow", ops.pow, positive).slice(0, 3), // special numbers are covered by the kernel's cases
  maximum: pair("maximum", ops.maximum, matrix, { shape: [3, 5], fill: (i) => i / 7 - 0.99 }),
  minimum: pair("minimum", ops.minimum, matrix, { shape: [3, 5], fill: (i) => i / 7 - 0.99 }),
  neg: map("neg", ops.neg),
  abs: map("abs", ops.abs),
  exp: map("exp", ops.exp),
  log: map("log", ops.log, positive),
  sqrt: map("sqrt", ops.sqrt, positive),
  square: map("square", ops.square),
  reciprocal: map("reciprocal", ops.reciprocal, positive),
  sin: map("sin", ops.sin),
  cos: map("cos", ops.cos),
};
