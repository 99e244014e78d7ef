import shader from "#shaders/elementwise/activate.wgsl";
import { size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { type Activation, activations } from "./activations.ts";

/** `y = act(x)`, elementwise, for a tensor of any shape. */
export const activate = kernel(shader, ({ x }, { act }: { act: Activation }) => ({
  outputs: { y: x },
  params: { count: size(x) },
  grid: grid1d(Math.ceil(size(x) / 64)),
  slots: { act },
  flops: size(x),
}));

export const reference: Reference<typeof activate> = ({ x }, { act }) => ({
  y: Float64Array.from(x.data, activations[act].value),
});

export const cases: Case<typeof activate>[] = (Object.keys(activations) as Activation[]).map(
  (act) => ({ name: act, inputs: { x: [5, 77] }, options: { act } }),
);
