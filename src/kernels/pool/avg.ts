import shader from "#shaders/pool/avg.wgsl";
import { boolean, number } from "../../core/kinds.ts";
import { size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { pooling } from "../option_kinds.ts";
import { type AvgPoolOptions, forEachWindow, poolGeometry, windowParams } from "./geometry.ts";

/**
 * Mean of every window of x[N, C, H, W]. Padding adds 0 to the sum; `countIncludePad` says whether it counts in the divisor
 * (cells that ceil mode adds beyond the padding never do), unless `divisorOverride` sets the divisor. Throws the errors of
 * `poolGeometry`.
 */
export const poolAvg = kernel(shader, ({ x }, options: AvgPoolOptions) => {
  const g = poolGeometry("pool/avg", x, options);
  const count = size(g.output);
  return {
    outputs: { y: g.output },
    params: windowParams(g, count),
    grid: grid1d(Math.ceil(count / 64)),
    overrides: { KH: g.kernel[0], KW: g.kernel[1] },
    flops: count * g.kernel[0] * g.kernel[1],
  };
});

export const kinds = () => ({ countIncludePad: boolean, divisorOverride: number, ...pooling });

export const reference: Reference<typeof poolAvg> = ({ x }, options) => {
  const g = poolGeometry("pool/avg", x.shape, options);
  const y = new Float64Array(size(g.output));
  forEachWindow(g, (window, cells, counted) => {
    let sum = 0;
    for (const cell of cells) sum += x.data[cell] as number;
    y[window] = sum / counted;
  });
  return { y };
};

export const cases: Case<typeof poolAvg>[] = (
  [
    { name: "one cell", inputs: { x: [1, 1, 1, 1] }, options: { kernelSize: 1 } },
    { name: "2×2", inputs: { x: [2, 3, 6, 10] }, options: { kernelSize: 2 } },
    {
      name: "padding counts",
      inputs: { x: [2, 3, 7, 9] },
      options: { kernelSize: 3, stride: 2, padding: 1 },
    },
    {
      name: "padding does not count",
      inputs: { x: [2, 3, 7, 9] },
      options: { kernelSize: 3, stride: 2, padding: 1, countIncludePad: false },
    },
    {
      name: "ceil mode, padding counts, what lies beyond it does not",
      inputs: { x: [1, 2, 8, 8] },
      options: { kernelSize: [4, 3], stride: [3, 2], padding: [2, 1], ceilMode: true },
    },
    {
      name: "ceil mode without padding in the divisor",
      inputs: { x: [1, 2, 6, 8] },
      options: { kernelSize: 3, stride: 2, padding: 1, ceilMode: true, countIncludePad: false },
    },
    {
      name: "divisorOverride, padded",
      inputs: { x: [2, 3, 7, 9] },
      options: { kernelSize: 3, stride: 2, padding: 1, divisorOverride: 2 },
    },
    {
      name: "divisorOverride 1 is a sum",
      inputs: { x: [1, 2, 5, 5] },
      options: { kernelSize: 2, ceilMode: true, countIncludePad: false, divisorOverride: 1 },
    },
    {
      name: "NaN and infinities stay in their windows",
      inputs: { x: { shape: [1, 1, 6, 6], fill: (i) => [NaN, Infinity, -Infinity][i - 7] ?? i } },
      options: { kernelSize: 2, stride: 1 },
    },
  ] satisfies Case<typeof poolAvg>[]
).map((test) => ({ ...test, tolerance: { length: 12 } }));
