import shader from "#shaders/conv2d/columns.wgsl";
import { required } from "../../core/kinds.ts";
import { inHalf } from "../half_cases.ts";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";
import { two, windowed } from "../option_kinds.ts";
import {
  type Conv2dKernelOptions,
  geometry,
  geometryOverrides,
  geometryParams,
} from "./geometry.ts";

/** How windows slide over the image, without groups. */
export interface ColumnsOptions extends Conv2dKernelOptions {
  /** Height and width of the window. */
  readonly kernelSize: readonly [number, number];
}

const sizesOf = (x: readonly number[], { kernelSize, ...window }: ColumnsOptions) =>
  geometry("conv2d/columns", x, [1, x[1] ?? 0, ...kernelSize], window);

/**
 * The windows of images x [N, C, H, W] as columns [N, C·kH·kW, oH·oW], zeros outside the images: a convolution is the
 * product of its weight, as a matrix [outC, C·kH·kW], with these columns. PyTorch's `unfold`. Throws `ShapeError` and
 * `ValueError`.
 */
export const conv2dColumns = kernel(shader, ({ x }, options: ColumnsOptions) => {
  const g = sizesOf(x, options);
  const taps = g.inC * g.kernel[0] * g.kernel[1];
  const [height, width] = g.output;
  return {
    outputs: { columns: [g.batch, taps, height * width] },
    params: geometryParams(g),
    overrides: geometryOverrides(g),
    grid: grid256(g.batch * taps * height),
    flops: 0,
  };
});

export const kinds = () => ({ kernelSize: required(two), ...windowed });

export const reference: Reference<typeof conv2dColumns> = ({ x }, options) => {
  const { batch, inC, input, output, kernel: size, ...g } = sizesOf(x.shape, options);
  const result: number[] = [];
  for (let plane = 0; plane < batch * inC; plane++) {
    for (let tap = 0; tap < size[0] * size[1]; tap++) {
      const from = [Math.floor(tap / size[1]), tap % size[1]] as const;
      for (let p = 0; p < output[0] * output[1]; p++) {
        const to = [Math.floor(p / output[1]), p % output[1]] as const;
        const at = (axis: 0 | 1) =>
          to[axis] * g.stride[axis] + from[axis] * g.dilation[axis] - g.padding[axis];
        const [row, column] = [at(0), at(1)];
        const inside = row >= 0 && column >= 0 && row < input[0] && column < input[1];
        const e = (plane * input[0] + row) * input[1] + column;
        result.push(inside ? (x.data[e] as number) : 0);
      }
    }
  }
  return { columns: result };
};

const test = (
  name: string,
  x: readonly number[],
  options: ColumnsOptions,
): Case<typeof conv2dColumns> => ({ name, inputs: { x }, options, tolerance: "exact" });

export const cases: Case<typeof conv2dColumns>[] = [
  test("one pixel", [1, 1, 1, 1], { kernelSize: [1, 1] }),
  test("one by seven, padded", [2, 3, 4, 9], { kernelSize: [1, 7], padding: [0, 3] }),
  test("seven by one, padded", [2, 3, 9, 4], { kernelSize: [7, 1], padding: [3, 0] }),
  test("strides of 2 and 3", [1, 2, 9, 11], { kernelSize: [3, 3], stride: [2, 3] }),
  test("dilated, more zeros below and right", [1, 2, 8, 7], {
    ...{ kernelSize: [2, 3], dilation: [3, 2], padding: [[0, 2], [1, 3]] }, // biome-ignore format: pairs
  }),
  test("padding wider than the image", [1, 1, 2, 2], { kernelSize: [3, 3], padding: 5 }),
  test("more rows than a workgroup has", [2, 4, 9, 5], { kernelSize: [3, 3], padding: "same" }),
  {
    ...test("safety: NaN and infinity stay in their windows", [1, 1, 3, 8], { kernelSize: [2, 2] }),
    inputs: { x: { shape: [1, 1, 3, 8], fill: (i) => (i === 3 ? NaN : i === 20 ? Infinity : i) } },
  },
];

export const halfCases = inHalf(cases, { storage: "f16" });

export const benches: Case<typeof conv2dColumns>[] = [
  test("1×192×17×17, 1×7", [1, 192, 17, 17], { kernelSize: [1, 7], padding: [0, 3] }),
];
