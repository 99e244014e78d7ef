import shader from "#shaders/elementwise/add.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { sameShape, show, size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { packs } from "./packs.ts";

/** `c = a + b` for tensors of one shape, else `ShapeError`; `binary` broadcasts. */
export const add = kernel(shader, ({ a, b }, _: object) => {
  if (!sameShape(a, b)) {
    throw new ShapeError(
      `add: expected two of one shape, got ${show(a, "a")} and ${show(b, "b")}; binary broadcasts`,
    );
  }
  const { count, width, grid } = packs(size(a));
  return {
    outputs: { c: a },
    params: { packs: count },
    grid,
    slots: { zip: width },
    flops: size(a),
    pointwise: { shape: a },
  };
});

export const reference: Reference<typeof add> = ({ a, b }) => ({
  c: Float64Array.from(a.data, (value, i) => value + (b.data[i] as number)),
});

const special = [0, -0, Infinity, -Infinity, Number.NaN, 3e38, -3e38, 1e-30];
const pairs = (fill: (i: number) => number) => ({ shape: [special.length ** 2], fill });

export const cases: Case<typeof add>[] = [
  { name: "one element", inputs: { a: [1], b: [1] }, options: {} },
  { name: "one a lane", inputs: { a: [7, 11], b: [7, 11] }, options: {} },
  {
    name: "four a lane, more than a workgroup",
    inputs: { a: [25, 44], b: [25, 44] },
    options: {},
  },
  {
    name: "zeros, infinities, NaN and sums beyond f32",
    inputs: {
      a: pairs((i) => special[i % special.length] as number),
      b: pairs((i) => special[Math.floor(i / special.length)] as number),
    },
    options: {},
  },
  { name: "no elements", inputs: { a: [0, 3], b: [0, 3] }, options: {} },
];

export const benches: Case<typeof add>[] = [
  { name: "16 Mi elements", inputs: { a: [4096, 4096], b: [4096, 4096] }, options: {} },
];
