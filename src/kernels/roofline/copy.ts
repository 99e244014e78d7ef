import shader from "#shaders/roofline/copy.wgsl";
import { size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { quarters } from "./quarters.ts";

/**
 * y = x, four elements per thread: measures the memory bandwidth that other kernels are compared with (Williams, Waterman,
 * Patterson, "Roofline", 2009). Throws `ShapeError` unless the size is a multiple of 4.
 */
export const rooflineCopy = kernel(shader, ({ x }) => {
  const count = quarters("roofline/copy", x);
  return {
    outputs: { y: x },
    params: { count },
    grid: grid1d(Math.ceil(count / 256)),
    flops: 0,
    bytes: 8 * size(x),
  };
});

export const reference: Reference<typeof rooflineCopy> = ({ x }) => ({
  y: Float64Array.from(x.data),
});

const special = [Number.NaN, Infinity, -Infinity, -0, 3.4e38, 1e-38, -7.5, 0];

export const cases: Case<typeof rooflineCopy>[] = [
  { name: "four elements", inputs: { x: [4] }, options: undefined, tolerance: "exact" },
  { name: "no elements", inputs: { x: [0] }, options: undefined, tolerance: "exact" },
  {
    name: "a workgroup and four elements",
    inputs: { x: [257, 4] },
    options: undefined,
    tolerance: "exact",
  },
  {
    name: "NaN and infinities",
    inputs: { x: { shape: [8], fill: (i) => special[i] as number } },
    options: undefined,
    tolerance: "exact",
  },
];

export const benches: Case<typeof rooflineCopy>[] = [
  { name: "16 Mi elements", inputs: { x: [1 << 24] }, options: undefined },
];
