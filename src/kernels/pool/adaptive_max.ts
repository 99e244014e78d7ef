import shader from "#shaders/pool/adaptive_max.wgsl";
import { size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import {
  type AdaptiveOptions,
  adaptiveGeometry,
  adaptiveParams,
  forEachAdaptiveWindow,
} from "./adaptive.ts";

/**
 * Maximum of every window of x[N, C, H, W], with windows spread evenly over each axis, and its position h·W + w in its
 * plane: the first of equal maxima; NaN counts as the maximum. Throws the errors of `adaptiveGeometry`.
 */
export const adaptiveMax = kernel(shader, ({ x }, options: AdaptiveOptions) => {
  const g = adaptiveGeometry("pool/adaptive_max", x, options);
  const count = size(g.output);
  return {
    outputs: { y: g.output, index: g.output },
    params: adaptiveParams(g, count),
    grid: grid1d(Math.ceil(count / 64)),
    flops: size(x),
  };
});

export const reference: Reference<typeof adaptiveMax> = ({ x }, options) => {
  const g = adaptiveGeometry("pool/adaptive_max", x.shape, options);
  const y = new Float64Array(size(g.output));
  const index = new Uint32Array(y.length);
  forEachAdaptiveWindow(g, (window, cells) => {
    let winner = cells[0] ?? 0;
    for (const cell of cells) {
      const value = x.data[cell] as number;
      if (Number.isNaN(value) || value > (x.data[winner] as number)) winner = cell;
    }
    y[window] = x.data[winner] as number;
    index[window] = winner % (g.image[0] * g.image[1]);
  });
  return { y, index };
};

const special = [NaN, -Infinity, -3.4e38, 1, -Infinity, Infinity, NaN, -1];

export const cases: Case<typeof adaptiveMax>[] = (
  [
    { name: "one cell", inputs: { x: [1, 1, 1, 1] }, options: { outputSize: 1 } },
    { name: "windows that divide", inputs: { x: [2, 3, 6, 8] }, options: { outputSize: [3, 2] } },
    { name: "windows that overlap", inputs: { x: [2, 3, 7, 10] }, options: { outputSize: [3, 4] } },
    { name: "larger than the image", inputs: { x: [1, 3, 2, 3] }, options: { outputSize: [5, 7] } },
    { name: "null keeps", inputs: { x: [2, 2, 5, 6] }, options: { outputSize: [2, null] } },
    {
      name: "65 windows, one over",
      inputs: { x: [1, 1, 9, 20] },
      options: { outputSize: [5, 13] },
    },
    {
      name: "ties: the first of equals",
      inputs: { x: { shape: [1, 2, 6, 7], fill: (i) => (i * 7) % 3 } },
      options: { outputSize: [2, 3] },
    },
    {
      name: "safety: NaN, infinities and −0",
      inputs: { x: { shape: [1, 2, 9, 9], fill: (i) => special[(i * 5 + (i >> 4)) % 11] ?? -0 } },
      options: { outputSize: [4, 5] },
    },
    {
      name: "all −∞: the first cell",
      inputs: { x: { shape: [1, 1, 4, 4], fill: () => -Infinity } },
      options: { outputSize: 2 },
    },
  ] satisfies Case<typeof adaptiveMax>[]
).map((test) => ({ ...test, tolerance: "exact" }));

export { kinds } from "./adaptive_avg.ts";
