import shader from "#shaders/pool/max.wgsl";
import { pair } from "../../core/kinds.ts";
import { size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { pooling } from "../option_kinds.ts";
import { forEachWindow, type MaxPoolOptions, poolGeometry, windowParams } from "./geometry.ts";

/**
 * Maximum of every window of x[N, C, H, W], and its position h·W + w in its plane: the first of equal maxima; NaN counts as
 * the maximum. Throws the errors of `poolGeometry`.
 */
export const poolMax = kernel(shader, ({ x }, options: MaxPoolOptions) => {
  const g = poolGeometry("pool/max", x, options);
  const count = size(g.output);
  return {
    outputs: { y: g.output, index: g.output },
    params: windowParams(g, count),
    grid: grid1d(Math.ceil(count / 64)),
    overrides: { KH: g.kernel[0], KW: g.kernel[1] },
    flops: count * g.kernel[0] * g.kernel[1],
  };
});

export const kinds = () => ({ dilation: pair, ...pooling });

export const reference: Reference<typeof poolMax> = ({ x }, options) => {
  const g = poolGeometry("pool/max", x.shape, options);
  const y = new Float64Array(size(g.output));
  const index = new Uint32Array(y.length);
  const plane = g.image[0] * g.image[1];
  forEachWindow(g, (window, cells) => {
    let winner = cells[0] ?? 0;
    for (const cell of cells) {
      const value = x.data[cell] as number;
      if (Number.isNaN(value) || value > (x.data[winner] as number)) winner = cell;
    }
    y[window] = x.data[winner] as number;
    index[window] = winner % plane;
  });
  return { y, index };
};

const special = [NaN, -Infinity, -3.4e38, 1, -Infinity, Infinity, NaN, -1];

export const cases: Case<typeof poolMax>[] = (
  [
    { name: "one cell", inputs: { x: [1, 1, 1, 1] }, options: { kernelSize: 1 } },
    {
      name: "overlapping, padded 3×3",
      inputs: { x: [2, 3, 7, 9] },
      options: { kernelSize: 3, stride: 2, padding: 1 },
    },
    {
      name: "ceil mode, odd image",
      inputs: { x: [1, 2, 7, 8] },
      options: { kernelSize: 3, stride: 2, ceilMode: true },
    },
    {
      name: "ceil mode drops a window in the padding",
      inputs: { x: [1, 1, 5, 5] },
      options: { kernelSize: 2, stride: 3, padding: 1, ceilMode: true },
    },
    {
      name: "uneven kernel, stride, padding and dilation",
      inputs: { x: [2, 2, 11, 13] },
      options: { kernelSize: [2, 3], stride: [3, 1], padding: [1, 0], dilation: [2, 3] },
    },
    {
      name: "stride beyond the kernel",
      inputs: { x: [1, 3, 9, 10] },
      options: { kernelSize: 2, stride: 4 },
    },
    {
      name: "ties: the first of equals",
      inputs: { x: { shape: [1, 2, 6, 6], fill: (i) => (i * 7) % 3 } },
      options: { kernelSize: 3, stride: 1 },
    },
    {
      name: "NaN, infinities and −0",
      inputs: { x: { shape: [1, 2, 9, 9], fill: (i) => special[(i * 5 + (i >> 4)) % 11] ?? -0 } },
      options: { kernelSize: 3, stride: 2, padding: 1 },
    },
    {
      name: "all −∞: the first cell",
      inputs: { x: { shape: [1, 1, 4, 4], fill: () => -Infinity } },
      options: { kernelSize: 2, padding: 1 },
    },
  ] satisfies Case<typeof poolMax>[]
).map((test) => ({ ...test, tolerance: "exact" }));
