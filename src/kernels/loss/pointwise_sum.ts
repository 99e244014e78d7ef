import shader from "#shaders/loss/pointwise_sum.wgsl";
import { number, required } from "../../core/kinds.ts";
import { size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { slot } from "../option_kinds.ts";
import { elementsPlan, elementsReference, type PointwiseOptions } from "./elements.ts";
import { pieces, sumPieces } from "./labels.ts";
import { finiteExamples } from "./pointwise_cases.ts";

/** A loss, and the factor of its sum. */
export interface PointwiseSumOptions extends PointwiseOptions {
  /** Factor of the sum: 1 / count for a mean. Default 1. */
  readonly scale?: number;
}

/**
 * `scale · Σ w · ℓ(x, t)` over pieces of 4096 elements, always in the same order, without writing the losses: one number
 * for up to 4096 elements; otherwise `lossTotal` adds the pieces. Operands and errors are those of `pointwise`.
 */
export const pointwiseLossSum = kernel(shader, (inputs, options: PointwiseSumOptions) => {
  const { params, ...rest } = elementsPlan("loss/pointwise_sum", inputs, options);
  const { count, grid, overrides } = pieces(size(inputs.x));
  return {
    outputs: { y: [count] },
    ...rest,
    params: { ...params, scale: options.scale ?? 1 },
    grid,
    overrides,
  };
});

export const kinds = () => ({
  scale: number,
  loss: required(slot(pointwiseLossSum, "loss")),
  a: number,
  b: number,
});

export const reference: Reference<typeof pointwiseLossSum> = (inputs, options) => {
  const { count, loss } = elementsReference(inputs, options);
  return { y: sumPieces(count, loss).map((sum) => sum * (options.scale ?? 1)) };
};

const points = (n: number) => ({ x: [n], t: [n] });

export const cases: Case<typeof pointwiseLossSum>[] = [
  ...finiteExamples
    .filter(({ name }) => /^(l1|focal|bce|safety|weights)/.test(name))
    .map((c) => ({ ...c, tolerance: { length: size(c.inputs.x.shape) } })),
  {
    name: "safety: one NaN is enough",
    inputs: { x: { shape: [300], fill: (i) => (i === 299 ? NaN : 1) }, t: [300] },
    options: { loss: "huber", a: 1 },
  },
  { name: "one element", inputs: points(1), options: { loss: "mse" } },
  {
    name: "a mean of one more than a workgroup",
    inputs: points(257),
    options: { loss: "mse", scale: 1 / 257 },
    tolerance: { length: 257 },
  },
  {
    name: "a piece and one more",
    inputs: points(4097),
    options: { loss: "l1" },
    tolerance: { length: 4096 },
  },
  {
    name: "three pieces, weights",
    inputs: { x: [3, 3000], t: [3, 3000], weight: [3, 1] },
    options: { loss: "mse", scale: 0.25 },
    tolerance: { length: 4096 },
  },
];

export const benches: Case<typeof pointwiseLossSum>[] = [
  { name: "mse, 16 Mi", inputs: { x: [4096, 4096], t: [4096, 4096] }, options: { loss: "mse" } },
];
