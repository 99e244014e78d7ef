import shader from "#shaders/loss/scale_grad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { sameShape, show, size } from "../../core/shape.ts";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";
import { labelShape } from "./labels.ts";

/**
 * Gradient of the logits from dlogits [N, C, d…], which `crossEntropy` wrote, and the upstream gradient: one number
 * after a mean or a sum, or one for every element [N, d…] without reduction. Throws `ShapeError` for another shape.
 */
export const scaleGrad = kernel(shader, ({ dlogits, upstream }) => {
  const elements = labelShape("loss/scale_grad", dlogits);
  const scalar = size(upstream) === 1;
  if (!scalar && !sameShape(upstream, elements)) {
    throw new ShapeError(
      `loss/scale_grad: expected upstream [] or ${show(elements)}, got ${show(upstream)}; reshape it`,
    );
  }
  const [, cols = 1, ...positions] = dlogits;
  const count = size(dlogits);
  return {
    outputs: { dx: dlogits },
    params: { count, cols, inner: size(positions), row_step: scalar ? 0 : 1 },
    grid: grid256(count),
    flops: count,
  };
});

export const reference: Reference<typeof scaleGrad> = ({ dlogits, upstream }) => {
  const [, cols = 1, ...positions] = dlogits.shape;
  const inner = size(positions);
  const scalar = upstream.data.length === 1;
  const dx = Float64Array.from(dlogits.data, (value, i) => {
    const batch = Math.floor(i / (cols * inner));
    return value * (upstream.data[scalar ? 0 : batch * inner + (i % inner)] as number);
  });
  return { dx };
};

export const cases: Case<typeof scaleGrad>[] = [
  { name: "one element", inputs: { dlogits: [1, 1], upstream: [1] }, options: undefined },
  { name: "a scalar", inputs: { dlogits: [13, 10], upstream: [] }, options: undefined },
  { name: "one number a row", inputs: { dlogits: [13, 10], upstream: [13] }, options: undefined },
  {
    name: "one number a position",
    inputs: { dlogits: [3, 5, 2, 7], upstream: [3, 2, 7] },
    options: undefined,
  },
];
