import shader from "#shaders/elementwise/unary_grad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { required } from "../../core/kinds.ts";
import { sameShape, show, size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { slot } from "../option_kinds.ts";
import { packs } from "./packs.ts";
import { type UnaryOp, unaryOps } from "./unary_ops.ts";

/** `dx = dy · op'(x)`, elementwise. Throws `ShapeError` unless dy and x have the same shape. */
export const unaryGrad = kernel(shader, ({ dy, x }, { op }: { op: UnaryOp }) => {
  if (!sameShape(dy, x)) {
    throw new ShapeError(
      `unaryGrad: expected dy of x's shape ${show(x)}, got ${show(dy)}; pass the gradient of op(x)`,
    );
  }
  const { count, width, grid } = packs(size(x));
  return {
    outputs: { dx: x },
    params: { packs: count },
    grid,
    slots: { op, zip: width },
    flops: 2 * size(x),
    pointwise: { shape: x },
  };
});

export const kinds = () => ({ op: required(slot(unaryGrad, "op")) });

export const reference: Reference<typeof unaryGrad> = ({ dy, x }, { op }) => ({
  dx: Float64Array.from(x.data, (value, i) => (dy.data[i] as number) * unaryOps[op].grad(value)),
});

const points = [0, 1e-3, 0.5, 1, 2, 10, 40, Number.NaN];
const shape = [2 * points.length];
const fill = (i: number) => {
  const point = points[i >> 1] as number;
  return i & 1 ? 0 - point : point;
};
// the argument of the underlying exp2, up to 58, is rounded to f32
const tolerance = { rtol: 58 * 2 ** -24 };

export const cases: Case<typeof unaryGrad>[] = (Object.keys(unaryOps) as UnaryOp[]).flatMap(
  (op) => [
    { name: op, inputs: { dy: [3, 45], x: [3, 45] }, options: { op } },
    { name: `${op}, four a lane`, inputs: { dy: [3, 44], x: [3, 44] }, options: { op } },
    {
      name: `${op}, hostile`,
      inputs: { dy: shape, x: { shape, fill } },
      options: { op },
      tolerance,
    },
  ],
);
