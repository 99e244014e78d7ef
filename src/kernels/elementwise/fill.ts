import shader from "#shaders/elementwise/fill.wgsl";
import { number, oneOf, required } from "../../core/kinds.ts";
import { checkShape, type DType, type Shape, size, typedArray } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { sizes } from "../option_kinds.ts";

interface FillOptions {
  readonly shape: Shape;
  readonly value: number;
  /** dtype of y; default "f32". */
  readonly dtype?: Exclude<DType, "f16">;
}

/** A tensor of `shape` whose every element is `value`. */
export const fill = kernel(shader, (_inputs, { shape, value, dtype = "f32" }: FillOptions) => {
  checkShape("fill", shape);
  const [bits = 0] = new Uint32Array(typedArray(dtype, [value]).buffer);
  return {
    outputs: { y: shape },
    params: { count: size(shape), bits },
    grid: grid1d(Math.ceil(size(shape) / 64)),
    flops: 0,
  };
});

export const kinds = () => ({
  shape: required(sizes),
  value: required(number),
  dtype: oneOf("f32", "i32", "u32"),
});

export const reference: Reference<typeof fill> = (_inputs, { shape, value }) => ({
  y: new Float64Array(size(shape)).fill(value),
});

export const cases: Case<typeof fill>[] = [
  { name: "a scalar", inputs: {}, options: { shape: [], value: -2.5 }, tolerance: "exact" },
  { name: "zeros", inputs: {}, options: { shape: [5, 13], value: 0 }, tolerance: "exact" },
  { name: "infinity", inputs: {}, options: { shape: [65], value: -Infinity }, tolerance: "exact" },
  // the smallest row of workgroups that is folded into two dimensions: 65,536 of 64 elements, and one more element
  {
    name: "more workgroups than a dimension has",
    inputs: {},
    options: { shape: [64 * 65536 + 1], value: 1.5 },
    tolerance: "exact",
  },
  ...([-7, 2 ** 31 - 1] as const).map((value) => ({
    name: `${value} as i32`,
    inputs: {},
    options: { shape: [67], value, dtype: "i32" as const },
    dtypes: { result: "i32" as const },
  })),
  {
    name: "more than f32 holds as u32",
    inputs: {},
    options: { shape: [3], value: 2 ** 32 - 1, dtype: "u32" },
    dtypes: { result: "u32" },
  },
  { name: "no elements", inputs: {}, options: { shape: [2, 0], value: 1 } },
];

export const benches: Case<typeof fill>[] = [
  { name: "16 Mi elements", inputs: {}, options: { shape: [4096, 4096], value: 1 } },
];
