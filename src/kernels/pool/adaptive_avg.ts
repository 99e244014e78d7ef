import shader from "#shaders/pool/adaptive_avg.wgsl";
import { required } from "../../core/kinds.ts";
import { type Shape, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { adaptiveSize } from "../option_kinds.ts";
import {
  type AdaptiveOptions,
  type AdaptiveSize,
  adaptiveGeometry,
  adaptiveParams,
  forEachAdaptiveWindow,
} from "./adaptive.ts";

/**
 * Mean of every window of x[N, C, H, W], with windows spread evenly over each axis. Throws the errors of
 * `adaptiveGeometry`.
 */
export const adaptiveAvg = kernel(shader, ({ x }, options: AdaptiveOptions) => {
  const g = adaptiveGeometry("pool/adaptive_avg", x, options);
  const count = size(g.output);
  return {
    outputs: { y: g.output },
    params: adaptiveParams(g, count),
    grid: grid1d(Math.ceil(count / 64)),
    flops: size(x),
  };
});

export const kinds = () => ({ outputSize: required(adaptiveSize) });

export const reference: Reference<typeof adaptiveAvg> = ({ x }, options) => {
  const g = adaptiveGeometry("pool/adaptive_avg", x.shape, options);
  const y = new Float64Array(size(g.output));
  forEachAdaptiveWindow(g, (window, cells) => {
    let sum = 0;
    for (const cell of cells) sum += x.data[cell] as number;
    y[window] = sum / cells.length;
  });
  return { y };
};

const example = (name: string, x: Shape, outputSize: AdaptiveSize): Case<typeof adaptiveAvg> => ({
  name,
  inputs: { x },
  options: { outputSize },
  tolerance: { length: 36 },
});

export const cases: Case<typeof adaptiveAvg>[] = [
  example("one cell", [1, 1, 1, 1], 1),
  example("windows that divide", [2, 3, 6, 8], [3, 2]),
  example("windows that overlap", [2, 3, 7, 10], [3, 4]),
  example("10 to 7, as torchvision's AlexNet", [1, 2, 10, 13], [7, 6]),
  example("larger than the image", [1, 3, 2, 3], [5, 7]),
  example("null keeps", [2, 2, 5, 6], [null, 4]),
  example("all of it", [2, 5, 6, 6], 1),
  example("65 windows, one over", [1, 1, 9, 20], [5, 13]),
  {
    name: "safety: NaN and infinities stay in their windows",
    inputs: { x: { shape: [1, 1, 6, 6], fill: (i) => [NaN, Infinity, -Infinity][i - 7] ?? i } },
    options: { outputSize: [4, 5] },
    tolerance: { length: 4 },
  },
];
