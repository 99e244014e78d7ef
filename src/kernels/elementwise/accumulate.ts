import shader from "#shaders/elementwise/accumulate.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { packs } from "./packs.ts";

/**
 * `dst += src · scale` in place. The tensors may have different shapes but must have the same number of elements, else
 * `ShapeError`.
 */
export const accumulate = kernel(shader, ({ src, dst }, options: { scale: number }) => {
  if (size(src) !== size(dst)) {
    throw new ShapeError(
      `accumulate: expected src with as many elements as ${show(dst, "dst")}, got ${show(src, "src")}; ` +
        "expand or sum it first",
    );
  }
  const { count, width, grid } = packs(size(dst));
  return {
    outputs: {},
    params: { packs: count, scale: options.scale },
    grid,
    slots: { zip: width },
    flops: 2 * size(dst),
    bytes: 12 * size(dst),
    pointwise: { shape: dst, inputs: { src: dst }, scalars: ["scale"] },
  };
});

export const kinds = () => ({ scale: required(number) });

export const reference: Reference<typeof accumulate> = ({ src, dst }, options) => ({
  dst: Float64Array.from(dst.data, (value, i) => value + (src.data[i] as number) * options.scale),
});

export const cases: Case<typeof accumulate>[] = [
  { name: "one element", inputs: { src: [1], dst: [1] }, options: { scale: 1 } },
  { name: "a sum", inputs: { src: [7, 11], dst: [7, 11] }, options: { scale: 1 } },
  { name: "four a lane", inputs: { src: [5, 44], dst: [5, 44] }, options: { scale: 2 } },
  { name: "scaled, other shape", inputs: { src: [130], dst: [2, 65] }, options: { scale: -0.25 } },
  {
    name: "NaN stays",
    inputs: { src: [3], dst: { shape: [3], fill: (i) => (i === 1 ? Number.NaN : i) } },
    options: { scale: 1 },
  },
  { name: "no elements", inputs: { src: [0], dst: [0, 3] }, options: { scale: 1 } },
];

export const benches: Case<typeof accumulate>[] = [
  {
    name: "16 Mi elements",
    inputs: { src: [4096, 4096], dst: [4096, 4096] },
    options: { scale: 1 },
  },
];
