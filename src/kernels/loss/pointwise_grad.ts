import shader from "#shaders/loss/pointwise_grad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { sameShape, show, size } from "../../core/shape.ts";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";
import { operand, slot } from "../option_kinds.ts";
import { elementsPlan, elementsReference } from "./elements.ts";
import { pointwiseExamples } from "./pointwise_cases.ts";
import type { PointwiseSumOptions } from "./pointwise_sum.ts";

/** A loss, the factor of its sum, and the operand whose gradient is computed. */
export interface PointwiseGradOptions extends PointwiseSumOptions {
  /** Operand of the gradient. Default "x". */
  readonly of?: LossOperand;
}

/** An operand of an elementwise loss: input, target, or the third. */
export type LossOperand = "x" | "t" | "v";

const OPERANDS: readonly LossOperand[] = ["x", "t", "v"];

/**
 * Gradient of an operand of `pointwise` or `pointwiseSum` from dy, one number or one for every element:
 * `dop = dy · scale · w · ∂ℓ/∂op`, of the shape of x. Throws `ShapeError` if the shapes do not fit or are empty.
 */
export const pointwiseLossGrad = kernel(
  shader,
  ({ dy, ...inputs }, options: PointwiseGradOptions) => {
    const { x } = inputs;
    const { params, ...rest } = elementsPlan("loss/pointwise_grad", inputs, options);
    if (size(dy) !== 1 && !sameShape(dy, x)) {
      throw new ShapeError(
        `loss/pointwise_grad: expected dy [] or ${show(x)}, got ${show(dy)}; pass the gradient of the loss`,
      );
    }
    return {
      outputs: { dop: x },
      ...rest,
      params: { ...params, scale: options.scale ?? 1, up_step: size(dy) === 1 ? 0 : 1 },
      grid: grid256(size(x)),
      overrides: { OF: OPERANDS.indexOf(options.of ?? "x") },
    };
  },
);

export const kinds = () => ({
  of: operand,
  scale: number,
  loss: required(slot(pointwiseLossGrad, "loss")),
  a: number,
  b: number,
});

export const reference: Reference<typeof pointwiseLossGrad> = ({ dy, ...inputs }, options) => {
  const { count, slope } = elementsReference(inputs, options);
  const { scale = 1, of = "x" } = options;
  const dop = Float64Array.from({ length: count }, (_, i) => {
    const upstream = dy.data[dy.data.length === 1 ? 0 : i] as number;
    return upstream * scale * (slope(i)[OPERANDS.indexOf(of)] as number);
  });
  return { dop };
};

const ones = (shape: readonly number[]) => ({ shape, fill: () => 1 });
/** Losses with a gradient of the target and of the third operand. */
const ofTarget: readonly string[] = [
  ...["l1", "mse", "smooth_l1", "huber", "bce", "bce_logits", "kl_div", "kl_div_log"],
  ...["margin_ranking", "gaussian_nll"],
];
const ofThird: readonly string[] = ["gaussian_nll", "bce_logits"];

/**
 * Operands for which an example is run: those with a gradient, and all for the first example of a loss, where the others
 * must give 0.
 */
function operandsOf(loss: string, isFirst: boolean): LossOperand[] {
  const wanted = { x: true, t: ofTarget.includes(loss), v: ofThird.includes(loss) };
  return OPERANDS.filter((of) => isFirst || wanted[of]);
}

export const cases: Case<typeof pointwiseLossGrad>[] = [
  ...pointwiseExamples.flatMap((c, k) => {
    const { loss } = c.options;
    const isFirst = k === pointwiseExamples.findIndex((other) => other.options.loss === loss);
    const inputs = { ...c.inputs, dy: ones(c.inputs.x.shape) };
    return operandsOf(loss, isFirst).map((of) => ({
      ...c,
      inputs,
      name: of === "x" ? c.name : `${c.name}, of ${of}`,
      options: { ...c.options, of },
    }));
  }),
  {
    name: "one number upstream",
    inputs: { x: [67], t: [67], dy: [] },
    options: { loss: "mse", scale: 1 / 67 },
  },
  {
    name: "one for every element",
    inputs: { x: [5, 13], t: [5, 13], dy: [5, 13] },
    options: { loss: "mse" },
  },
  { name: "one element", inputs: { x: [1], t: [1], dy: [1] }, options: { loss: "l1", of: "t" } },
];

export const benches: Case<typeof pointwiseLossGrad>[] = [
  {
    name: "mse, 16 Mi",
    inputs: { x: [4096, 4096], t: [4096, 4096], dy: [] },
    options: { loss: "mse" },
  },
];
