import shader from "#shaders/elementwise/unary.wgsl";
import { required } from "../../core/kinds.ts";
import { size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { slot } from "../option_kinds.ts";
import { packs } from "./packs.ts";
import { type UnaryOp, unaryOps } from "./unary_ops.ts";

/** `y = op(x)`, elementwise, for a tensor of any shape. */
export const unary = kernel(shader, ({ x }, { op }: { op: UnaryOp }) => {
  const { count, width, grid } = packs(size(x));
  return {
    outputs: { y: x },
    params: { packs: count },
    grid,
    slots: { op, map: width },
    flops: size(x),
    pointwise: { shape: x },
  };
});

export const kinds = () => ({ op: required(slot(unary, "op")) });

export const reference: Reference<typeof unary> = ({ x }, { op }) => ({
  y: Float64Array.from(x.data, unaryOps[op].value),
});

const points = [0, 1e-20, 1e-3, 0.5, 0.99, 1, 1.01, 2, 3.14159274, 10, 1e3, 1e10, Number.NaN];
const hostile = {
  shape: [2 * points.length],
  fill: (i: number) => (i & 1 ? 0 - (points[i >> 1] as number) : (points[i >> 1] as number)),
};
const moderate = { shape: [257], fill: (i: number) => (i - 128) * 0.7 };
const infinite = { shape: [2], fill: (i: number) => (i ? -Infinity : Infinity) };

const steps = ["sign", "round", "floor", "ceil", "trunc", "isnan", "isfinite"] as const;
const tolerance = "exact" as const;
/** Halves, which `round` rounds to the even neighbour, and the f32 next to them. */
const halves = {
  shape: [123],
  fill: (i: number) => (Math.floor(i / 3) - 20) * 0.5 * (1 + ((i % 3) - 1) * 2 ** -23),
};

const smooth = ["log1p", "expm1", "erf", "rsqrt"] as const;
/** ±1e-18 to ±0.9: the relative error must not grow towards 0. */
const around = {
  shape: [120],
  fill: (i: number) => (i & 1 ? -0.9 : 0.9) * 10 ** (-(i >> 1) * 0.3),
};
const upward = { shape: [101], fill: (i: number) => -1 + i / 10 };
const near0 = { atol: 1e-30, rtol: 1e-6 };

/** Operations whose results for Inf, huge and tiny numbers are defined; sin and cos are tested for |x| below 1e5. */
const algebraic = ["neg", "abs", "log", "sqrt", "square", "reciprocal", "rsqrt"] as const;

export const cases: Case<typeof unary>[] = [
  ...(Object.keys(unaryOps) as UnaryOp[]).map((op) => ({
    name: op,
    inputs: { x: [3, 45] },
    options: { op },
  })),
  { name: "four a lane", inputs: { x: [3, 5, 12] }, options: { op: "square" } },
  ...algebraic.map((op) => ({ name: `${op}, hostile`, inputs: { x: hostile }, options: { op } })),
  ...[...new Set([...algebraic, ...smooth, "exp" as const])].map((op) => ({
    name: `${op}, infinities`,
    inputs: { x: infinite },
    options: { op },
  })),
  ...steps.flatMap((op) => [
    { name: `${op}, halves`, inputs: { x: halves }, options: { op }, tolerance },
    { name: `${op}, hostile`, inputs: { x: hostile }, options: { op }, tolerance },
    { name: `${op}, infinities`, inputs: { x: infinite }, options: { op }, tolerance },
  ]),
  ...smooth.flatMap((op) => [
    { name: `${op}, around 0`, inputs: { x: around }, options: { op }, tolerance: near0 },
    { name: `${op}, −1 to 9`, inputs: { x: upward }, options: { op }, tolerance: near0 },
  ]),
  {
    name: "expm1, as far as f32 goes",
    inputs: { x: { shape: [177], fill: (i) => i - 88 } },
    options: { op: "expm1" },
    tolerance: { rtol: 128 * 2 ** -24 },
  },
  // the argument of the underlying exp2, up to 128, is rounded to f32
  {
    name: "exp, −88 to 88",
    inputs: { x: { shape: [257], fill: (i) => (i - 128) * 0.6875 } },
    options: { op: "exp" },
    tolerance: { rtol: 128 * 2 ** -24 },
  },
  { name: "sin, −90 to 90", inputs: { x: moderate }, options: { op: "sin" } },
  { name: "cos, −90 to 90", inputs: { x: moderate }, options: { op: "cos" } },
  ...(["sin", "cos"] as const).map((op) => ({
    name: `${op}, up to 80,000`,
    inputs: { x: { shape: [200], fill: (i: number) => (i - 100) * 799.5 } },
    options: { op },
  })),
  { name: "no elements", inputs: { x: [0, 4] }, options: { op: "neg" } },
];
