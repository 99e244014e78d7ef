import shader from "#shaders/augment/boxes.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { list, natural, record, required } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { stream, two } from "../option_kinds.ts";
import { type Stream, streamKey } from "../random/stream.ts";
import { ImageDraws } from "./draw.ts";
import { type GeometryStep, type MatrixRows, packStep } from "./geometry_step.ts";
import { matrixOf, resultOf } from "./matrix.ts";

export interface BoxesOptions extends Stream {
  /** [height, width] of the images of the boxes. */
  readonly size: readonly [number, number];
  /** The steps of `geometry`; use the same stream and the same `first`. */
  readonly steps: readonly GeometryStep[];
  /** Number of the first step. Default 0. */
  readonly first?: number | undefined;
}

const WHO = "augment/boxes";

function boxesOf(x: readonly number[]) {
  const [n = 0, count = 0, four] = x;
  if (x.length === 3 && four === 4 && n >= 1 && count >= 1 && n <= 65535) return { n, count };
  throw new ShapeError(
    `${WHO}: expected boxes [N, K, 4] with N ≤ 65535 and K ≥ 1, got ${show(x)}; give images with fewer boxes empty ones`,
  );
}

/**
 * Boxes x [N, K, 4] as (x₁, y₁, x₂, y₂) in cells from the upper left corner, transformed as `geometry` transforms images:
 * axis-aligned boxes around the transformed corners, clipped at the edges. Throws `ShapeError` and `ValueError`.
 */
export const augmentBoxes = kernel(shader, ({ x }, options: BoxesOptions) => {
  const { n, count } = boxesOf(x);
  const { size, steps, first = 0 } = options;
  const result = resultOf(WHO, steps, size);
  return {
    outputs: { y: x },
    params: {
      ...{ key: streamKey(WHO, options), first, steps: steps.length, count, image: size, result },
      list: steps.map(packStep),
    },
    grid: [Math.ceil(count / 64), n],
    flops: 100 * n * count,
  };
});

export const kinds = () => ({
  ...stream(),
  size: required(two),
  steps: required(list(record)),
  first: natural,
});

/** Inverse of a matrix up to a factor. */
function inverse(m: MatrixRows): MatrixRows {
  const at = (i: number, j: number) => m[i % 3]?.[j % 3] as number;
  return [0, 1, 2].map((j) =>
    [0, 1, 2].map((i) => at(i + 1, j + 1) * at(i + 2, j + 2) - at(i + 1, j + 2) * at(i + 2, j + 1)),
  );
}

export const reference: Reference<typeof augmentBoxes> = ({ x }, options) => {
  const { n, count } = boxesOf(x.shape);
  const { size, steps, first = 0 } = options;
  const [h, w] = size;
  const [outH, outW] = resultOf(WHO, steps, size);
  const y = new Float64Array(4 * n * count);
  for (let box = 0; box < n * count; box++) {
    const to = inverse(matrixOf(steps, new ImageDraws(options, Math.floor(box / count)), first));
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = Array.from(x.data).slice(4 * box, 4 * box + 4);
    const corners = [x1, x2].flatMap((across) =>
      [y1, y2].map((down) => {
        const point = [across - w / 2, down - h / 2, 1];
        const [a = 0, b = 0, c = 1] = to.map((row) =>
          row.reduce((sum, v, k) => sum + v * (point[k] as number), 0),
        );
        return [a / c + outW / 2, b / c + outH / 2] as const;
      }),
    );
    const [across, down] = [corners.map(([a]) => a), corners.map(([, b]) => b)];
    const cut = (value: number, most: number) => Math.min(Math.max(value, 0), most);
    y.set(
      [
        ...[cut(Math.min(...across), outW), cut(Math.min(...down), outH)],
        ...[cut(Math.max(...across), outW), cut(Math.max(...down), outH)],
      ],
      4 * box,
    );
  }
  return { y };
};

/** Boxes within 20 × 30 cells. */
const some = (n: number, k: number) => ({
  shape: [n, k, 4],
  fill: (i: number) => [3 + (i % 5), 2 + (i % 3), 15 + (i % 7), 11 + (i % 6)][i % 4] as number,
});
const size = [20, 30] as const;

const test = (
  name: string,
  [n, k]: readonly [number, number],
  steps: readonly GeometryStep[],
  first = 0,
): Case<typeof augmentBoxes> => ({
  name,
  inputs: { x: some(n, k) },
  options: { seed: 4, size, steps, first },
  tolerance: { atol: 1e-4, rtol: 1e-5 },
});

const step = { from: size, to: size };

export const cases: Case<typeof augmentBoxes>[] = [
  test("nothing to do", [2, 3], []),
  test("mirrored or not", [7, 2], [{ ...step, zoom: [-1, 1], gate: { p: 0.5 } }]),
  test(
    "turned, sheared, scaled and shifted",
    [5, 3],
    [
      {
        ...{
          ...step,
          angle: [-0.6, 0.6],
          scale: [0.6, 1.4],
          shear: [
            [-0.2, 0.2],
            [0, 0.1],
          ],
        },
        shift: [
          [-4, 4],
          [-3, 3],
        ],
      },
    ],
    3,
  ),
  test(
    "a part of it, resized, more boxes than lanes",
    [3, 70],
    [{ from: size, to: [16, 12], box: { area: [0.3, 0.9], ratio: [0.75, 1.33] } }],
  ),
  test(
    "seen from another side, then cropped",
    [4, 2],
    [
      { from: size, to: [18, 25], room: [6, 3], move: [-2.5, -1] },
      { from: [18, 25], to: [18, 25], distortion: 0.3 },
    ],
  ),
  test(
    "far outside",
    [2, 1],
    [
      {
        ...step,
        shift: [
          [90, 90],
          [0, 0],
        ],
      },
    ],
  ),
];
