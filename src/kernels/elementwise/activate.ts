import shader from "#shaders/elementwise/activate.wgsl";
import { size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import {
  type Activation,
  type ActivationOptions,
  activationOverrides,
  activations,
  hostilePoints,
} from "./activations.ts";

/** `y = act(x)`, elementwise, for a tensor of any shape. */
export const activate = kernel(shader, ({ x }, options: ActivationOptions) => ({
  outputs: { y: x },
  params: { count: size(x) },
  grid: grid1d(Math.ceil(size(x) / 64)),
  overrides: activationOverrides(options),
  slots: { act: options.act },
  flops: size(x),
}));

export const reference: Reference<typeof activate> = ({ x }, options) => ({
  y: Float64Array.from(x.data, (value) => activations[options.act].value(value, options)),
});

const hostile = {
  shape: [hostilePoints.length],
  fill: (i: number) => hostilePoints[i] as number,
};

export const cases: Case<typeof activate>[] = [
  ...(Object.keys(activations) as Activation[]).flatMap((act) => [
    { name: act, inputs: { x: [5, 77] }, options: { act } },
    { name: `${act}, kinks and limits`, inputs: { x: hostile }, options: { act } },
  ]),
  { name: "leaky_relu, slope −2", inputs: { x: [65] }, options: { act: "leaky_relu", slope: -2 } },
  { name: "elu, alpha 0.5", inputs: { x: hostile }, options: { act: "elu", alpha: 0.5 } },
  { name: "a scalar", inputs: { x: [] }, options: { act: "relu" } },
  { name: "no elements", inputs: { x: [3, 0] }, options: { act: "relu" } },
];

export const benches: Case<typeof activate>[] = (["relu", "gelu"] as const).map((act) => ({
  name: `${act}, 16 Mi elements`,
  inputs: { x: [4096, 4096] },
  options: { act },
}));
