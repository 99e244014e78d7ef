import shader from "#shaders/loss/pointwise.wgsl";
import { number, required } from "../../core/kinds.ts";
import { size } from "../../core/shape.ts";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";
import { slot } from "../option_kinds.ts";
import { elementsPlan, elementsReference, type PointwiseOptions } from "./elements.ts";
import { pointwiseExamples } from "./pointwise_cases.ts";

/**
 * Loss of every element of x against the target t of the same shape, times its weight: `y = w · ℓ(x, t)`. `v`, the third
 * operand of some losses, and `weight` broadcast to x. Throws `ShapeError` if the shapes do not fit or are empty.
 */
export const pointwiseLoss = kernel(shader, (inputs, options: PointwiseOptions) => ({
  outputs: { y: inputs.x },
  ...elementsPlan("loss/pointwise", inputs, options),
  grid: grid256(size(inputs.x)),
}));

export const kinds = () => ({ loss: required(slot(pointwiseLoss, "loss")), a: number, b: number });

export const reference: Reference<typeof pointwiseLoss> = (inputs, options) => {
  const { count, loss } = elementsReference(inputs, options);
  return { y: Float64Array.from({ length: count }, (_, i) => loss(i)) };
};

export const cases: Case<typeof pointwiseLoss>[] = [...pointwiseExamples];

export const benches: Case<typeof pointwiseLoss>[] = [
  { name: "mse, 16 Mi", inputs: { x: [4096, 4096], t: [4096, 4096] }, options: { loss: "mse" } },
];
