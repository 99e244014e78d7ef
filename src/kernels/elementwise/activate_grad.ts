import shader from "#shaders/elementwise/activate_grad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { required } from "../../core/kinds.ts";
import { sameShape, show, size } from "../../core/shape.ts";
import { type Case, type InputSpec, kernel, type Reference } from "../kernel.ts";
import { activationNumbers, slot } from "../option_kinds.ts";
import { activationBenches, activationCases } from "./activation_cases.ts";
import { type ActivationOptions, activationOverrides, activations } from "./activations.ts";
import { packs } from "./packs.ts";

/** `dx = dy · act'(x)`, elementwise. Throws `ShapeError` unless dy and x have the same shape. */
export const activateGrad = kernel(shader, ({ dy, x }, options: ActivationOptions) => {
  if (!sameShape(dy, x)) {
    throw new ShapeError(
      `activateGrad: expected dy of x's shape ${show(x)}, got ${show(dy)}; pass the gradient of act(x)`,
    );
  }
  const { count, width, grid } = packs(size(x));
  return {
    outputs: { dx: x },
    params: { packs: count },
    grid,
    overrides: activationOverrides(options),
    slots: { act: options.act, zip: width },
    flops: 2 * size(x),
    pointwise: { shape: x },
  };
});

export const kinds = () => ({ act: required(slot(activateGrad, "act")), ...activationNumbers });

export const reference: Reference<typeof activateGrad> = ({ dy, x }, options) => ({
  dx: Float64Array.from(
    x.data,
    (value, i) => (dy.data[i] as number) * activations[options.act].grad(value, options),
  ),
});

const inputsOf = (x: InputSpec) => ({ dy: "shape" in x ? x.shape : x, x });

export const cases: Case<typeof activateGrad>[] = activationCases(inputsOf);

export const benches: Case<typeof activateGrad>[] = activationBenches(inputsOf);
