import { ShapeError } from "../../core/errors.ts";
import { type Shape, sameShape, show, size } from "../../core/shape.ts";
import { grid1d, type HostTensor } from "../kernel.ts";
import { type SampleMode, type SamplePadding, type Tap, tapsAt } from "./taps.ts";

/** How a grid samples an image; PyTorch's names. */
export interface GridSampleOptions {
  /** Interpolation between cells. Default "bilinear". */
  readonly mode?: SampleMode | undefined;
  /** Values outside the image: zeros, its edge, or its reflection. Default "zeros". */
  readonly paddingMode?: SamplePadding | undefined;
  /** Whether −1 and 1 are the centres of the corner cells, rather than the edges of the image. Default false. */
  readonly alignCorners?: boolean | undefined;
}

/** Sizes of an image and a grid that fit together. */
export interface Sampling {
  readonly batch: number;
  readonly channels: number;
  readonly image: readonly [h: number, w: number];
  readonly points: number;
  /** [N, C, outH, outW] */
  readonly result: Shape;
}

/** Throws `ShapeError` unless x [N, C, H, W], not empty, and grid [N, outH, outW, 2] fit together. */
export function sampling(who: string, x: Shape, grid: Shape): Sampling {
  const [n = 0, c = 0, h = 0, w = 0] = x;
  const [batch, rows = 0, columns = 0, two] = grid;
  if (x.length !== 4 || size(x) === 0 || grid.length !== 4 || batch !== n || two !== 2) {
    throw new ShapeError(
      `${who}: expected x [N, C, H, W] with at least one element and grid [N, outH, outW, 2], got ${show(x, "x")} and ` +
        `${show(grid, "grid")}; make the grid with affineGrid(theta, [N, C, outH, outW])`,
    );
  }
  const points = rows * columns;
  return { batch: n, channels: c, image: [h, w], points, result: [n, c, rows, columns] };
}

/** Throws `ShapeError` unless dy has the shape of the result. */
export function checkUpstream(who: string, { result }: Sampling, dy: Shape): void {
  if (sameShape(dy, result)) return;
  throw new ShapeError(
    `${who}: expected dy of the result's shape ${show(result)}, got ${show(dy)}; pass the gradient of that result`,
  );
}

/** Params, slots and grid of a kernel with `count` invocations. */
export function samplePlan(s: Sampling, options: GridSampleOptions, count: number) {
  const { mode = "bilinear", paddingMode = "zeros", alignCorners = false } = options;
  const [h, w] = s.image;
  const less = alignCorners ? 1 : 0;
  return {
    params: {
      ...{ image: s.image, points: s.points, channels: s.channels, count },
      ...{ edge: alignCorners ? 0 : 0.5, shift: [(w - 1) / 2, (h - 1) / 2] as const },
      scale: [(w - less) / 2, (h - less) / 2] as const,
    },
    slots: { filter: mode, padding: paddingMode },
    grid: grid1d(Math.ceil(count / 64)),
  } as const;
}

/** Taps of a grid point across and down; undefined if a coordinate is NaN. In float64. */
export function tapsOfPoint(
  s: Sampling,
  grid: HostTensor,
  point: number,
  options: GridSampleOptions,
) {
  const { mode = "bilinear", paddingMode: padding = "zeros", alignCorners = false } = options;
  const how = { mode, padding, edge: alignCorners ? 0 : 0.5 };
  const [h, w] = s.image;
  const along = (g: number, cells: number): readonly Tap[] =>
    tapsAt(how, ((g + 1) * (alignCorners ? cells - 1 : cells) - (alignCorners ? 0 : 1)) / 2, cells);
  const [gx = Number.NaN, gy = Number.NaN] = [grid.data[2 * point], grid.data[2 * point + 1]];
  if (Number.isNaN(gx) || Number.isNaN(gy)) return undefined;
  return { across: along(gx, w), down: along(gy, h) };
}

/** The cells that a point reads, row by row, with the product of their weights; −1 for none. */
export function cellsOfPoint(s: Sampling, taps: ReturnType<typeof tapsOfPoint>) {
  if (!taps) return undefined;
  return taps.down.flatMap(([row, a, da]) =>
    taps.across.map(([column, b, db]) => ({
      cell: row < 0 || column < 0 ? -1 : row * s.image[1] + column,
      weight: a * b,
      slope: [a * db, da * b] as const,
    })),
  );
}
