import shader from "#shaders/elementwise/scale.wgsl";
import { number, required } from "../../core/kinds.ts";
import { size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { packs } from "./packs.ts";

/** `y = x · scale + shift` with two numbers, for a tensor of any shape. */
export const scale = kernel(shader, ({ x }, options: { scale: number; shift: number }) => {
  const { count, width, grid } = packs(size(x));
  return {
    outputs: { y: x },
    params: { packs: count, ...options },
    grid,
    slots: { map: width },
    flops: 2 * size(x),
    pointwise: { shape: x, scalars: ["scale", "shift"] },
  };
});

export const kinds = () => ({ scale: required(number), shift: required(number) });

export const reference: Reference<typeof scale> = ({ x }, options) => ({
  y: Float64Array.from(x.data, (value) => value * options.scale + options.shift),
});

const special = [0, -0, Infinity, -Infinity, Number.NaN, 3e38, 1e-30];

export const cases: Case<typeof scale>[] = [
  { name: "one element", inputs: { x: [1] }, options: { scale: 2, shift: -1 } },
  { name: "a copy", inputs: { x: [3, 129] }, options: { scale: 1, shift: 0 }, tolerance: "exact" },
  { name: "four a lane", inputs: { x: [3, 88] }, options: { scale: 3, shift: -2 } },
  { name: "negative scale", inputs: { x: [64] }, options: { scale: -0.37, shift: 11 } },
  {
    name: "zeros, infinities, NaN",
    inputs: { x: { shape: [special.length], fill: (i) => special[i] as number } },
    options: { scale: 0.5, shift: 1 },
  },
  { name: "no elements", inputs: { x: [0] }, options: { scale: 1, shift: 0 } },
];

export const benches: Case<typeof scale>[] = [
  { name: "16 Mi elements", inputs: { x: [4096, 4096] }, options: { scale: 2, shift: 1 } },
];
