import shader from "#shaders/winograd/grad_filter.wgsl";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";
import { around, checkComponents, MATRICES, transposed } from "./tiles.ts";

/**
 * Last step of the weight gradient in Winograd's convolution: dweight [outC, inC, 3, 3] = Gᵀ · t · G, from sums of products
 * t [16, outC, inC]. Throws `ShapeError` for other shapes.
 */
export const winogradGradFilter = kernel(shader, ({ t }, _options: Record<never, never>) => {
  checkComponents("winograd/grad_filter", "t", t);
  const [, outC = 0, inC = 0] = t;
  const windows = outC * inC;
  return {
    outputs: { dweight: [outC, inC, 3, 3] },
    params: { windows },
    grid: grid256(windows),
    flops: 42 * windows,
  };
});

export const reference: Reference<typeof winogradGradFilter> = ({ t }) => {
  const [, outC = 0, inC = 0] = t.shape;
  const windows = outC * inC;
  const dweight = Array.from({ length: windows }, (_, e) => {
    const component = (i: number) => t.data[i * windows + e] as number;
    const sums = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => component(4 * i + j)));
    return around(transposed(MATRICES.G), sums).flat();
  });
  return { dweight: dweight.flat() };
};

const windows = (name: string, outC: number, inC: number): Case<typeof winogradGradFilter> => ({
  name,
  inputs: { t: [16, outC, inC] },
  options: {},
  tolerance: { length: 16 },
});

export const cases: Case<typeof winogradGradFilter>[] = [
  windows("one window", 1, 1),
  windows("more windows than a workgroup has lanes", 5, 13),
  {
    ...windows("safety: a NaN stays in its window", 3, 1),
    inputs: { t: { shape: [16, 3, 1], fill: (i) => (i === 7 ? NaN : i) } },
  },
];

export const benches = [windows("64 × 64", 64, 64)];
