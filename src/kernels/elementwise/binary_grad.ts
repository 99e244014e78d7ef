import shader from "#shaders/elementwise/binary_grad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { oneOf, required } from "../../core/kinds.ts";
import { sameShape, show, size } from "../../core/shape.ts";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";
import { slot } from "../option_kinds.ts";
import { broadcastStrides, coordinatesOf, offsetOf } from "../shape/walk.ts";
import { type BinaryOp, binaryOps, floatOps, planBroadcast } from "./binary_ops.ts";

/** The operation and the operand whose gradient is computed. */
export interface BinaryGradOptions {
  /** The operation, by its name in shaders/elementwise/binary_op. */
  readonly op: BinaryOp;
  /** The operand of the derivative. */
  readonly of: "a" | "b";
}

/**
 * `dop = dc · ∂op/∂a` or `∂op/∂b`, in the shape of c. Its sum over the axes along which the operand was broadcast is the
 * operand's gradient. Throws `ShapeError` unless dc has the shape that a and b broadcast to.
 */
export const binaryGrad = kernel(shader, ({ dc, a, b }, { op, of }: BinaryGradOptions) => {
  const { shape, rank, axes } = planBroadcast(`binaryGrad ${op}`, a, b);
  if (!sameShape(dc, shape)) {
    throw new ShapeError(
      `binaryGrad ${op}: expected dc${show(shape)} for ${show(a, "a")} and ${show(b, "b")}, got ${show(dc, "dc")}; ` +
        "pass the gradient of the result",
    );
  }
  return {
    outputs: { dop: shape },
    params: { count: size(shape), rank, axes },
    grid: grid256(size(shape)),
    overrides: { OF_B: of === "b" ? 1 : 0 },
    slots: { op },
    flops: 2 * size(shape),
    pointwise: { shape },
  };
});

export const kinds = () => ({
  op: required(slot(binaryGrad, "op")),
  of: required(oneOf("a", "b")),
});

export const reference: Reference<typeof binaryGrad> = ({ dc, a, b }, { op, of }) => {
  const slope = { a: binaryOps[op].da, b: binaryOps[op].db }[of];
  const dop = new Float64Array(size(dc.shape));
  for (let i = 0; i < dop.length; i++) {
    const at = coordinatesOf(i, dc.shape);
    const left = a.data[offsetOf(at, broadcastStrides(a.shape, dc.shape))] as number;
    const right = b.data[offsetOf(at, broadcastStrides(b.shape, dc.shape))] as number;
    dop[i] = (dc.data[i] as number) * slope(left, right);
  }
  return { dop };
};

const operands = ["a", "b"] as const;
const ties = {
  dc: [7, 9],
  a: { shape: [7, 1], fill: (i: number) => (i - 3) / 2 },
  b: { shape: [9], fill: (i: number) => (i - 4) / 2 },
};
const powers = {
  dc: [33, 7],
  a: { shape: [33, 1], fill: (i: number) => (i + 1) / 16 },
  b: { shape: [7], fill: (i: number) => (i - 3) * 0.75 },
};

export const cases: Case<typeof binaryGrad>[] = [
  ...floatOps.flatMap((op) =>
    operands.flatMap((of) => [
      {
        name: `${op}, d${of}`,
        inputs: { dc: [3, 65], a: [3, 65], b: [3, 65] },
        options: { op, of },
      },
      { name: `${op}, d${of}, ties, zeros, broadcast`, inputs: ties, options: { op, of } },
    ]),
  ),
  ...operands.map((of) => ({
    name: `pow, d${of}, positive base`,
    inputs: powers,
    options: { op: "pow" as const, of },
    // WGSL bounds the error of log2 near 1 by 2⁻²¹; it is multiplied by the exponent
    tolerance: { rtol: 3.25 * 2 ** -21 },
  })),
  {
    name: "channels",
    inputs: { dc: [2, 5, 3, 7], a: [2, 5, 3, 7], b: [5, 1, 1] },
    options: { op: "mul", of: "b" },
  },
  { name: "no elements", inputs: { dc: [0], a: [0], b: [1] }, options: { op: "add", of: "a" } },
];
