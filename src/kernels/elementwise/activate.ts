import shader from "#shaders/elementwise/activate.wgsl";
import { required } from "../../core/kinds.ts";
import { size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { activationNumbers, slot } from "../option_kinds.ts";
import {
  type Activation,
  type ActivationOptions,
  activationOverrides,
  activations,
  hostilePoints,
  nameOf,
  parametrised,
  safetyActivations,
  safetyPoints,
} from "./activations.ts";
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

const points = (list: readonly number[]) => ({
  shape: [list.length],
  fill: (i: number) => list[i] as number,
});
const hostile = points(hostilePoints);

export const cases: Case<typeof activate>[] = [
  ...(Object.keys(activations) as Activation[]).flatMap((act) => [
    { name: act, inputs: { x: [5, 77] }, options: { act } },
    { name: `${act}, four a lane`, inputs: { x: [3, 44] }, options: { act } },
    { name: `${act}, kinks and limits`, inputs: { x: hostile }, options: { act } },
  ]),
  ...safetyActivations.map((act) => ({
    name: `safety: ${act} at ±1e4 and NaN`,
    inputs: { x: points(safetyPoints) },
    options: { act },
  })),
  ...parametrised.map((options) => ({ name: nameOf(options), inputs: { x: hostile }, options })),
  { name: "a scalar", inputs: { x: [] }, options: { act: "relu" } },
  { name: "no elements", inputs: { x: [3, 0] }, options: { act: "relu" } },
];

export const benches: Case<typeof activate>[] = (["relu", "gelu"] as const).map((act) => ({
  name: `${act}, 16 Mi elements`,
  inputs: { x: [4096, 4096] },
  options: { act },
}));
