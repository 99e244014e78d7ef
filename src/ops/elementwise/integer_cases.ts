import type { DType } from "../../core/shape.ts";
import { reference as binaryReference } from "../../kernels/elementwise/binary.ts";
import type { BinaryOp } from "../../kernels/elementwise/binary_ops.ts";
import type { HostTensor } from "../../kernels/kernel.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { OpCase, OpCases, OpInput } from "../op_case.ts";
import * as compare from "./compare.ts";
import * as elementwise from "./elementwise.ts";
import { data, each, great, same, whole } from "./integer_inputs.ts";
import type { Operand } from "./operands.ts";
import * as pointwise from "./pointwise.ts";
import { cast } from "./precision.ts";

const broken: OpInput = { shape: [3], fill: (i) => [0.5, -2, 3][i] ?? 0 };
const number = (value: number): HostTensor => ({ shape: [], data: [value] });
type RunBinary = (a: Operand, b: Operand) => Tensor;

/** Cases with both operands of each dtype, of two dtypes, with a float, and with a number on either side. */
function pairs(op: BinaryOp, run: RunBinary, types: "kept" | "f32"): OpCase[] {
  const of = (a: HostTensor, b: HostTensor) => binaryReference({ a, b }, { op }).c;
  const case_ = (name: string, inputs: OpInput[], dtype: DType): OpCase => ({
    name: `integers: ${name}`,
    inputs,
    run: (a, b) => run(a as Tensor, b as Tensor),
    reference: (a, b) => of(a as HostTensor, b as HostTensor),
    dtype: types === "f32" ? "f32" : dtype,
    ...(inputs.some(({ dtype: type }) => type === undefined) ? {} : { tolerance: "exact" }),
  });
  return [
    case_("i32, broadcast", [whole("i32", 4, 3), whole("i32", 3)], "i32"),
    case_("u32 and i32 meet in i32", [whole("u32", 5), whole("i32", 5)], "i32"),
    case_("u32 beside f32 gives f32", [whole("u32", 4, 3), { ...broken, grad: false }], "f32"),
    {
      ...case_("a number on either side", [whole("i32", 6)], "i32"),
      run: (x) => [run(x, 2), run(3, x)],
      reference: (x) => [of(x, number(2)), of(number(3), x)],
    },
    {
      ...case_("a broken number makes them floats", [whole("i32", 6)], "f32"),
      run: (x) => run(x, 0.5),
      reference: (x) => of(x, number(0.5)),
      tolerance: {},
    },
  ];
}

/** Rounding leaves integers unchanged. */
const unchanged = (run: (x: Tensor) => Tensor) =>
  each((dtype) => same(dtype, whole(dtype, 7), run, data));

export const cases: OpCases = {
  add: [
    ...pairs("add", elementwise.add, "kept"),
    same(
      "wrap, and are exact beyond 2²⁴",
      great("i32", 5),
      (x) => [elementwise.add(x, 1), elementwise.add(elementwise.mul(x, 2 ** 7), 1)],
      (x) => [data(x).map((v) => v + 1), data(x).map((v) => ((v * 2 ** 7) | 0) + 1)],
    ),
  ],
  sub: pairs("sub", elementwise.sub, "kept"),
  mul: pairs("mul", elementwise.mul, "kept"),
  div: [
    ...pairs("div", elementwise.div, "f32").map((c) => ({ ...c, tolerance: {} })),
    ...(["floor", "trunc"] as const).map((roundingMode) =>
      same(
        `roundingMode ${roundingMode} keeps i32, and gives 0 for a divisor of 0`,
        {
          shape: [7],
          dtype: "i32",
          fill: (i) => [7, -7, -6, 0, 2 ** 31 - 1, -(2 ** 31), 1][i] ?? 0,
        },
        (x) => [2, -2, 0].map((by) => elementwise.div(x, by, { roundingMode })),
        (x) => [
          ...[2, -2].map((by) => data(x).map((v) => Math[roundingMode](v / by) | 0)),
          data(x).map(() => 0),
        ],
      ),
    ),
    same(
      "roundingMode floor keeps u32, from 2³¹ on too",
      { shape: [3], dtype: "u32", fill: (i) => [7, 2 ** 31 + 1, 2 ** 32 - 1][i] ?? 0 },
      (x) => elementwise.div(x, 2, { roundingMode: "floor" }),
      (x) => data(x).map((v) => Math.floor(v / 2)),
    ),
  ],
  pow: [
    same(
      "i32 to a number, and a number to u32",
      whole("i32", 15),
      (x) => [elementwise.pow(x, 3), elementwise.pow(2, elementwise.abs(x))],
      (x) => [data(x).map((v) => v ** 3), data(x).map((v) => 2 ** Math.abs(v))],
    ),
    same(
      "negative powers are 0 but for 1 and −1",
      { shape: [4], dtype: "i32", fill: (i) => [-1, 0, 1, 5][i] ?? 0 },
      (x) => elementwise.pow(x, -3),
      () => [-1, 0, 1, 0],
    ),
  ],
  maximum: pairs("maximum", elementwise.maximum, "kept"),
  minimum: pairs("minimum", elementwise.minimum, "kept"),
  neg: [
    same("i32", whole("i32", 7), elementwise.neg, (x) => data(x).map((v) => 0 - v)),
    same("u32 wraps", whole("u32", 7), elementwise.neg, (x) => data(x).map((v) => -v >>> 0)),
  ],
  abs: each((dtype) => same(dtype, whole(dtype, 7), elementwise.abs, (x) => data(x).map(Math.abs))),
  square: each((dtype) =>
    same(dtype, whole(dtype, 7), elementwise.square, (x) => data(x).map((v) => v * v)),
  ),
  sign: each((dtype) =>
    same(dtype, whole(dtype, 7), pointwise.sign, (x) => data(x).map(Math.sign)),
  ),
  round: unchanged(pointwise.round),
  floor: unchanged(pointwise.floor),
  ceil: unchanged(pointwise.ceil),
  trunc: unchanged(pointwise.trunc),
  sqrt: [
    {
      ...same("as f32", whole("u32", 7), elementwise.sqrt, (x) => data(x).map(Math.sqrt), "f32"),
      tolerance: {},
    },
  ],
  affine: [
    same(
      "as f32",
      whole("i32", 7),
      (x) => elementwise.affine(x, { factor: 0.5, shift: 1 }),
      (x) => data(x).map((v) => v * 0.5 + 1),
      "f32",
    ),
  ],
  equal: pairs("equal", compare.equal, "f32"),
  notEqual: pairs("not_equal", compare.notEqual, "f32"),
  less: [
    ...pairs("less", compare.less, "f32"),
    same(
      "neighbours beyond 2²⁴ differ",
      great("u32", 15),
      (x) => compare.less(x, 2 ** 24 + 7),
      (x) => data(x).map((v) => Number(v < 2 ** 24 + 7)),
      "f32",
    ),
    same(
      "u32 beside a negative number",
      whole("u32", 5),
      (x) => compare.less(x, -1),
      () => [0, 0, 0, 0, 0],
      "f32",
    ),
  ],
  lessEqual: pairs("less_equal", compare.lessEqual, "f32"),
  greater: pairs("greater", compare.greater, "f32"),
  greaterEqual: pairs("greater_equal", compare.greaterEqual, "f32"),
  logicalAnd: pairs("logical_and", compare.logicalAnd, "f32"),
  logicalOr: pairs("logical_or", compare.logicalOr, "f32"),
  logicalXor: pairs("logical_xor", compare.logicalXor, "f32"),
  logicalNot: [
    same("i32", whole("i32", 7), compare.logicalNot, (x) => data(x).map((v) => Number(!v)), "f32"),
  ],
  where: [
    same(
      "chosen by integers, a number beside them",
      whole("i32", 15),
      (x) => compare.where(x, x, 5),
      (x) => data(x).map((v) => v || 5),
    ),
    {
      name: "integers: u32 beside f32 gives f32",
      inputs: [whole("u32", 3), broken],
      run: (u, x) => compare.where(compare.less(u, 3), u, x),
      reference: (u, x) => data(u).map((v, i) => (v < 3 ? v : (x.data[i] as number))),
      dtype: "f32",
    },
  ],
  clamp: [
    same(
      "both bounds",
      whole("i32", 15),
      (x) => [compare.clamp(x, { min: -2, max: 3 }), compare.clamp(x, { max: 1 })],
      (x) => [data(x).map((v) => Math.min(Math.max(v, -2), 3)), data(x).map((v) => Math.min(v, 1))],
    ),
  ],
  cast: [
    {
      name: "f32 to itself and its gradient",
      inputs: [{ shape: [5] }],
      run: (x) => elementwise.mul(cast(x, "f32"), x),
      reference: (x) => data(x).map((v) => v * v),
    },
    {
      name: "a float loses its fraction, towards 0",
      inputs: [{ shape: [5], fill: (i) => [1.9, -1.9, 0.5, -0.5, 7][i] ?? 0, grad: false }],
      run: (x) => cast(x, "i32"),
      reference: (x) => data(x).map(Math.trunc),
      dtype: "i32",
      tolerance: "exact",
    },
    same("i32 to f32", whole("i32", 16), (x) => cast(x, "f32"), data, "f32"),
    same(
      "i32 to u32 keeps the bits",
      whole("i32", 15),
      (x) => cast(x, "u32"),
      (x) => data(x).map((v) => v >>> 0),
      "u32",
    ),
  ],
};
