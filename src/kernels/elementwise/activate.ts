import shader from "#shaders/elementwise/activate.wgsl";
import { required } from "../../core/kinds.ts";
import { size } from "../../core/shape.ts";
import { type Case, type InputSpec, kernel, type Reference } from "../kernel.ts";
import { activationNumbers, slot } from "../option_kinds.ts";
import { activationBenches, activationCases } from "./activation_cases.ts";
import { type ActivationOptions, activationOverrides, activations } from "./activations.ts";
import { packs } from "./packs.ts";

/** `y = act(x)`, elementwise, for a tensor of any shape. */
export const activate = kernel(shader, ({ x }, options: ActivationOptions) => {
  const { count, width, grid } = packs(size(x));
  return {
    outputs: { y: x },
    params: { packs: count },
    grid,
    overrides: activationOverrides(options),
    slots: { act: options.act, map: width },
    flops: size(x),
    pointwise: { shape: x },
  };
});

export const kinds = () => ({ act: required(slot(activate, "act")), ...activationNumbers });

export const reference: Reference<typeof activate> = ({ x }, options) => ({
  y: Float64Array.from(x.data, (value) => activations[options.act].value(value, options)),
});

const inputsOf = (x: InputSpec) => ({ x });

export const cases: Case<typeof activate>[] = activationCases(inputsOf);

export const benches: Case<typeof activate>[] = activationBenches(inputsOf);
