import shader from "#shaders/pool/global_avg.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { boolean } from "../../core/kinds.ts";
import { show, size } from "../../core/shape.ts";
import type { Coarse } from "../coarse.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { slicesFor } from "../slices.ts";

/** Mean of every plane: x[N, C, H, W] to y[N, C, 1, 1]. Throws `ShapeError` for another rank or an empty tensor. */
export const globalAvg = kernel(shader, ({ x }, options: Coarse) => {
  if (x.length !== 4 || size(x) === 0) {
    throw new ShapeError(
      `pool/global_avg: expected x [N, C, H, W] with at least one element, got ${show(x)}; reshape it`,
    );
  }
  const [n = 1, c = 1, h = 1, w = 1] = x;
  return {
    outputs: { y: [n, c, 1, 1] },
    params: { planes: n * c, cells: h * w },
    ...slicesFor(n * c, h * w, options),
    flops: size(x),
  };
});

export const kinds = () => ({ coarse: boolean });

export const reference: Reference<typeof globalAvg> = ({ x }) => {
  const [n = 1, c = 1, h = 1, w = 1] = x.shape;
  const y = new Float64Array(n * c);
  for (let plane = 0; plane < n * c; plane++) {
    let sum = 0;
    for (let i = 0; i < h * w; i++) sum += x.data[plane * h * w + i] as number;
    y[plane] = sum / (h * w);
  }
  return { y };
};

const example = (name: string, shape: readonly number[]): Case<typeof globalAvg> => ({
  name,
  inputs: { x: shape },
  options: {},
  tolerance: { length: (shape[2] ?? 1) * (shape[3] ?? 1) },
});

export const cases: Case<typeof globalAvg>[] = [
  example("one cell", [1, 1, 1, 1]),
  example("a lane a plane, planes beyond a workgroup", [5, 13, 3, 5]),
  { ...example("coarse: a lane a plane", [5, 27, 5, 5]), options: { coarse: true } },
  example("sixteen lanes a plane, 7×7", [3, 7, 7, 7]),
  example("sixteen lanes, one cell more than they are", [1, 5, 1, 17]),
  example("a workgroup a plane, 19×23", [2, 3, 19, 23]),
  example("256 lanes a plane, 61×67", [1, 2, 61, 67]),
  example("planes enough for two rows of workgroups", [13, 20165, 1, 16]),
  {
    name: "NaN and infinities stay in their planes",
    inputs: {
      x: { shape: [1, 4, 5, 7], fill: (i) => ({ 3: NaN, 40: Infinity, 80: -Infinity })[i] ?? 1 },
    },
    options: {},
  },
];
