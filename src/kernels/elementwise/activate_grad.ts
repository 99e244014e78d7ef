import shader from "#shaders/elementwise/activate_grad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { required } from "../../core/kinds.ts";
import { sameShape, show, size } from "../../core/shape.ts";
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

const points = (list: readonly number[]) => ({
  dy: [list.length],
  x: { shape: [list.length], fill: (i: number) => list[i] as number },
});
const hostile = points(hostilePoints);

export const cases: Case<typeof activateGrad>[] = [
  ...(Object.keys(activations) as Activation[]).flatMap((act) => [
    { name: act, inputs: { dy: [5, 77], x: [5, 77] }, options: { act } },
    { name: `${act}, four a lane`, inputs: { dy: [3, 44], x: [3, 44] }, options: { act } },
    { name: `${act}, kinks and limits`, inputs: hostile, options: { act } },
  ]),
  ...safetyActivations.map((act) => ({
    name: `safety: ${act} at ±1e4 and NaN`,
    inputs: points(safetyPoints),
    options: { act },
  })),
  ...parametrised.map((options) => ({ name: nameOf(options), inputs: hostile, options })),
  { name: "no elements", inputs: { dy: [0], x: [0] }, options: { act: "relu" } },
];

export const benches: Case<typeof activateGrad>[] = (["relu", "gelu"] as const).map((act) => ({
  name: `${act}, 16 Mi elements`,
  inputs: { dy: [4096, 4096], x: [4096, 4096] },
  options: { act },
}));
