import shader from "#shaders/elementwise/binary.wgsl";
import { required } from "../../core/kinds.ts";
import { broadcastShapes, size } from "../../core/shape.ts";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";
import { slot } from "../option_kinds.ts";
import { broadcastStrides, coordinatesOf, offsetOf } from "../shape/walk.ts";
import { type BinaryOp, binaryOps, floatOps, keepsType, planBroadcast } from "./binary_ops.ts";

/**
 * `c = op(a, b)`, elementwise; a and b broadcast as in NumPy. Throws `ShapeError` if they do not, or if more than eight
 * axes remain after merging neighbouring axes.
 */
export const binary = kernel(shader, ({ a, b }, { op }: { op: BinaryOp }) => {
  const { shape, rank, axes, pair } = planBroadcast(`binary ${op}`, a, b, true);
  const packs = size(shape) / (pair === "one" ? 1 : 4);
  return {
    outputs: { c: shape },
    params: { packs, rank, axes },
    grid: grid256(packs),
    slots: { op, pair },
    flops: size(shape),
    pointwise: { shape },
  };
});

export const kinds = () => ({ op: required(slot(binary, "op")) });

export const reference: Reference<typeof binary> = ({ a, b }, { op }) => {
  const shape = broadcastShapes("binary", a.shape, b.shape);
  const c = new Float64Array(size(shape));
  for (let i = 0; i < c.length; i++) {
    const at = coordinatesOf(i, shape);
    const left = a.data[offsetOf(at, broadcastStrides(a.shape, shape))] as number;
    const right = b.data[offsetOf(at, broadcastStrides(b.shape, shape))] as number;
    c[i] = binaryOps[op].value(left, right);
  }
  return { c };
};

const special = [0, 1, -1, 2, -3, 0.5, 1e-15, -1e18, Infinity, -Infinity, Number.NaN];
const pairs = {
  a: { shape: [special.length, 1], fill: (i: number) => special[i] as number },
  b: { shape: [special.length], fill: (i: number) => special[i] as number },
};
/** Whether WGSL defines the result for zeros, infinities and NaN: for all but powers. */
const defined = (op: BinaryOp) => op !== "pow";
/** Powers of integers are a separate operation. */
const integerOps = (Object.keys(binaryOps) as BinaryOp[]).filter((op) => op !== "pow");
const integers = (op: BinaryOp, element: "i32" | "u32", least: number) => ({
  name: `${op} of ${element}`,
  inputs: {
    a: { shape: [8, 1], fill: (i: number) => i + least },
    b: { shape: [12], fill: (i: number) => i + least || (op.endsWith("_div") ? 7 : 0) },
  },
  options: { op },
  dtypes: { element, result: keepsType(op) ? element : ("f32" as const) },
});
const base = { shape: [65, 1], fill: (i: number) => (i + 1) / 16 };
const wideQuotient = (i: number) => 2 ** 23 + ((i * 2_654_435) % 2 ** 23);
const wideDivisor = (i: number) => 1 + ((i * 790_921 + 4_099) % 2 ** 23) / 2 ** 23;
const exponent = { shape: [9], fill: (i: number) => (i - 4) * 0.75 };

export const cases: Case<typeof binary>[] = [
  ...floatOps.map((op) => ({
    name: op,
    inputs: { a: [3, 65], b: [3, 65] },
    options: { op },
  })),
  ...floatOps.filter(defined).map((op) => ({
    name: `${op}, zeros, infinities, NaN`,
    inputs: pairs,
    options: { op },
  })),
  {
    name: "pow, whole exponents",
    inputs: {
      a: { shape: [41, 1], fill: (i) => (i - 20) / 8 },
      b: { shape: [11], fill: (i) => i - 5 },
    },
    options: { op: "pow" },
  },
  // WGSL bounds the error of log2 near 1 by 2⁻²¹; it is multiplied by the exponent
  {
    name: "pow, broken exponents",
    inputs: { a: base, b: exponent },
    options: { op: "pow" },
    tolerance: { rtol: 3 * 2 ** -21 },
  },
  {
    name: "logical_or, the smallest number is true",
    inputs: {
      a: { shape: [2], fill: (i) => (i ? 2 ** -149 : 0) },
      b: { shape: [2], fill: () => 0 },
    },
    options: { op: "logical_or" },
  },
  // a = q·b rounded, q of 24 bits: the rounding error decides whether the quotient is q or q − 1
  ...(["floor_div", "trunc_div"] as const).map((op) => ({
    name: `${op}, quotients of 24 bits next to an integer`,
    inputs: {
      a: { shape: [64], fill: (i: number) => wideQuotient(i) * wideDivisor(i) },
      b: { shape: [64], fill: wideDivisor },
    },
    options: { op },
    tolerance: "exact" as const,
  })),
  { name: "scalar on the left", inputs: { a: [], b: [5, 13] }, options: { op: "sub" } },
  { name: "scalar on the right", inputs: { a: [5, 13], b: [1] }, options: { op: "div" } },
  { name: "two scalars", inputs: { a: [], b: [1] }, options: { op: "add" } },
  { name: "row", inputs: { a: [9, 33], b: [33] }, options: { op: "add" } },
  { name: "column", inputs: { a: [9, 33], b: [9, 1] }, options: { op: "mul" } },
  { name: "four a lane", inputs: { a: [3, 44], b: [3, 44] }, options: { op: "sub" } },
  { name: "four a lane, rows", inputs: { a: [3, 5, 44], b: [5, 44] }, options: { op: "sub" } },
  {
    name: "four a lane, rows of both",
    inputs: { a: [3, 1, 12], b: [1, 7, 12] },
    options: { op: "sub" },
  },
  {
    name: "four a lane, one number a row on the left",
    inputs: { a: [3, 5, 1], b: [3, 5, 12] },
    options: { op: "sub" },
  },
  {
    name: "four a lane, channels on the right",
    inputs: { a: [2, 5, 3, 4], b: [5, 1, 1] },
    options: { op: "sub" },
  },
  {
    name: "four a lane, one number on the left, more than a workgroup",
    inputs: { a: [], b: [65, 4] },
    options: { op: "sub" },
  },
  { name: "rows of 4, a column", inputs: { a: [3, 4], b: [3, 1] }, options: { op: "sub" } },
  { name: "rows of 6, two of them", inputs: { a: [5, 2, 6], b: [2, 6] }, options: { op: "sub" } },
  { name: "outer product", inputs: { a: [17, 1], b: [1, 15] }, options: { op: "mul" } },
  { name: "channels", inputs: { a: [2, 5, 3, 7], b: [5, 1, 1] }, options: { op: "add" } },
  {
    name: "eight axes that do not merge",
    inputs: { a: [2, 1, 2, 1, 3, 1, 2, 1], b: [1, 3, 1, 2, 1, 2, 1, 2] },
    options: { op: "sub" },
  },
  ...integerOps.map((op) => integers(op, "i32", -5)),
  ...integerOps.filter((op) => op !== "sub").map((op) => integers(op, "u32", 0)),
  {
    name: "integers beyond 2²⁴ stay exact, four a lane",
    inputs: {
      a: { shape: [3, 4], fill: (i) => 2 ** 30 + i },
      b: { shape: [3, 1], fill: (i) => 2 ** 29 + 1 - i },
    },
    options: { op: "add" },
    dtypes: { element: "i32", result: "i32" },
    tolerance: "exact",
  },
  {
    name: "large u32 do not pass for negative",
    inputs: {
      a: { shape: [4], fill: (i) => 2 ** 31 + i },
      b: { shape: [4], fill: () => 2 },
    },
    options: { op: "less" },
    dtypes: { element: "u32", result: "f32" },
    tolerance: "exact",
  },
  { name: "no elements", inputs: { a: [0, 3], b: [1, 3] }, options: { op: "add" } },
];

export const benches: Case<typeof binary>[] = [
  {
    name: "equal shapes, 16 Mi",
    inputs: { a: [4096, 4096], b: [4096, 4096] },
    options: { op: "add" },
  },
  {
    name: "channels of [64, 64, 56, 56]",
    inputs: { a: [64, 64, 56, 56], b: [64, 1, 1] },
    options: { op: "mul" },
  },
];
