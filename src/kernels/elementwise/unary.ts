import shader from "#shaders/elementwise/unary.wgsl";
import { size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
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

/** What Inf, huge and tiny numbers become is defined for these; sin and cos keep to |x| below 1e5. */
const algebraic = ["neg", "abs", "log", "sqrt", "square", "reciprocal"] as const;

export const cases: Case<typeof unary>[] = [
  ...(Object.keys(unaryOps) as UnaryOp[]).map((op) => ({
    name: op,
    inputs: { x: [3, 45] },
    options: { op },
  })),
  { name: "four a lane", inputs: { x: [3, 5, 12] }, options: { op: "square" } },
  ...algebraic.map((op) => ({ name: `${op}, hostile`, inputs: { x: hostile }, options: { op } })),
  ...[...algebraic, "exp" as const].map((op) => ({
    name: `${op}, infinities`,
    inputs: { x: infinite },
    options: { op },
  })),
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
