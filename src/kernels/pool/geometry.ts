import { ShapeError, ValueError } from "../../core/errors.ts";
import type { Two } from "../../core/shape.ts";
import { type Shape, show, size } from "../../core/shape.ts";
import { type Padding, type Pair, paddingAlong } from "../padding.ts";

export type { Padding, Pair } from "../padding.ts";

/** How windows slide over the image; PyTorch's names and defaults. */
export interface PoolOptions {
  /** Cells under a window, [height, width] or one number for both, ≥ 1. */
  readonly kernelSize: Pair;
  /** Step of the window. Default: the kernel size. */
  readonly stride?: Pair;
  /**
   * Cells added around the image, at most half the kernel: a number, [height, width], [[top, bottom], [left, right]], or
   * "same", which gives ⌈size / stride⌉ windows with an odd cell at the end. Default 0. Padding is never a maximum and adds
   * 0 to a mean.
   */
  readonly padding?: Padding;
  /** Whether the number of windows is rounded up; the last one must still start inside the image or its left padding. */
  readonly ceilMode?: boolean;
}

export interface MaxPoolOptions extends PoolOptions {
  /** Distance between neighbouring cells of a window; default 1. */
  readonly dilation?: Pair;
}

export interface AvgPoolOptions extends PoolOptions {
  /** Whether the divisor counts all cells of the window including padding (default), or only those in the image. */
  readonly countIncludePad?: boolean;
  /** Divisor to use instead, an integer ≥ 1. */
  readonly divisorOverride?: number | undefined;
}

/** [H, W] of the image that was pooled or resized, which cannot be derived from the gradient's shape. */
export interface ImageSize {
  readonly imageSize: readonly [number, number];
}

/** Sizes for a pooling kernel; each pair is [rows, columns]. */
export interface PoolGeometry {
  readonly planes: number;
  readonly image: Two;
  readonly windows: Two;
  readonly kernel: Two;
  readonly stride: Two;
  /** Padding above and to the left. */
  readonly padding: Two;
  readonly dilation: Two;
  /** Padding that the mean counts as cells: above and to the left, below and to the right. */
  readonly border: Two;
  readonly borderAfter: Two;
  /** Divisor of the mean; 0 for the number of cells it counts. */
  readonly divisor: number;
  /** [N, C, outH, outW] */
  readonly output: Shape;
}

const pair = (value: Pair): Two => (typeof value === "number" ? [value, value] : value);

/** Windows along one axis. */
interface WindowAxis {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: Two;
  readonly ceilMode: boolean;
}

/**
 * Number of windows along an axis, as in PyTorch: ⌊(size + padding − d(k − 1) − 1) / s⌋ + 1, or ⌈⌉ in ceil mode, without a
 * last window that would start in the padding at the end.
 */
function windowCount({ size, kernel, stride, padding, dilation, ceilMode }: WindowAxis): number {
  const room = size + padding[0] + padding[1] - dilation * (kernel - 1) - 1;
  const count = Math.floor((room + (ceilMode ? stride - 1 : 0)) / stride) + 1;
  return ceilMode && (count - 1) * stride >= size + padding[0] ? count - 1 : count;
}

/**
 * Geometry of pooling x[N, C, H, W]. Throws `ShapeError` unless x has four axes of at least one element and every window
 * contains a cell of the image; `ValueError` for options outside their domain.
 */
export function poolGeometry(
  who: string,
  x: Shape,
  options: MaxPoolOptions & AvgPoolOptions,
): PoolGeometry {
  if (x.length !== 4 || size(x) === 0) {
    throw new ShapeError(
      `${who}: expected x [N, C, H, W] with at least one element, got ${show(x)}; reshape it, or skip empty batches`,
    );
  }
  const [n = 1, c = 1, h = 1, w = 1] = x;
  const kernel = pair(options.kernelSize);
  const stride = pair(options.stride ?? kernel);
  const dilation = pair(options.dilation ?? 1);
  atLeast(who, "kernelSize", kernel, 1);
  atLeast(who, "stride", stride, 1);
  atLeast(who, "dilation", dilation, 1);
  const { padding = 0, ceilMode = false } = options;
  const along = (axis: 0 | 1): WindowAxis => {
    const window = { size: axis === 0 ? h : w, kernel: kernel[axis], stride: stride[axis] };
    const reach = dilation[axis] * (window.kernel - 1) + 1;
    const sides = paddingAlong(who, padding, axis, { ...window, reach });
    return { ...window, dilation: dilation[axis], ceilMode, padding: sides };
  };
  const axes = [along(0), along(1)] as const;
  const limited = padding !== "same";
  const windows = [
    checkedCount(who, "rows", axes[0], limited),
    checkedCount(who, "columns", axes[1], limited),
  ] as const;
  const at = (side: 0 | 1): Two => [axes[0].padding[side], axes[1].padding[side]];
  const border = (options.countIncludePad ?? true) ? at : (): Two => [0, 0];
  const divisor = options.divisorOverride ?? 0;
  if (options.divisorOverride !== undefined) atLeast(who, "divisorOverride", [divisor, divisor], 1);
  return {
    ...{ planes: n * c, image: [h, w], windows, kernel, stride, padding: at(0), dilation },
    ...{ border: border(0), borderAfter: border(1), divisor, output: [n, c, ...windows] },
  };
}

function atLeast(who: string, name: string, values: Two, least: number): void {
  if (values.length === 2 && values.every((v) => Number.isInteger(v) && v >= least)) return;
  throw new ValueError(
    `${who}: expected ${name} an integer ≥ ${least} or a pair of them, got ${show(values)}; round or raise it`,
  );
}

/** The number of windows, checked; with `limited`, padding may not exceed half the kernel. */
function checkedCount(who: string, name: string, along: WindowAxis, limited: boolean): number {
  const { size, kernel, stride, padding, dilation } = along;
  const [before] = padding;
  if (limited && 2 * Math.max(...padding) > kernel) {
    throw new ValueError(
      `${who}: expected padding of at most half the kernel (${kernel} ${name}), got ${Math.max(...padding)}; ` +
        "pad the image instead",
    );
  }
  const count = windowCount(along);
  const empty = (a: number) =>
    !Array.from({ length: kernel }, (_, i) => a * stride - before + i * dilation).some(
      (cell) => cell >= 0 && cell < size,
    );
  // only windows that start left of the image, and the last one, can miss the image
  const early = Math.min(count, Math.ceil(before / stride));
  if (count < 1 || Array.from({ length: early }, (_, a) => a).some(empty) || empty(count - 1)) {
    throw new ShapeError(
      `${who}: expected every window to hold a cell, got ${size} ${name}, kernel ${kernel}, stride ${stride}, ` +
        `padding ${padding.join(" and ")}, dilation ${dilation}; use a smaller kernel or a larger image`,
    );
  }
  return count;
}

/** The uniform block of shaders/pool/window.wgsl. */
export function windowParams(g: PoolGeometry, count: number) {
  const { image, windows, kernel, stride, padding, dilation, border, borderAfter, divisor } = g;
  const borders = { border, border_after: borderAfter };
  return { image, windows, kernel, stride, padding, dilation, ...borders, divisor, count };
}

/** Geometry from a gradient dy[N, C, outH, outW]; throws `ShapeError` if it is not the gradient of such an image. */
export function gradientGeometry(
  who: string,
  dy: Shape,
  options: MaxPoolOptions & AvgPoolOptions & ImageSize,
): PoolGeometry {
  const [n = 0, c = 0] = dy;
  const g = poolGeometry(who, [n, c, ...options.imageSize], options);
  if (dy.length !== 4 || g.output.some((length, axis) => length !== dy[axis])) {
    throw new ShapeError(
      `${who}: expected dy ${show(g.output)} for images of ${g.image.join("×")}, got ${show(dy)}; ` +
        "pass the options and the image size of the forward pass",
    );
  }
  return g;
}

/** Calls `visit` for every window with its cells inside the image, as flat positions. */
export function forEachWindow(
  g: PoolGeometry,
  visit: (window: number, cells: number[], counted: number) => void,
): void {
  const [outH, outW] = g.windows;
  for (let plane = 0; plane < g.planes; plane++) {
    for (let a = 0; a < outH; a++) {
      for (let b = 0; b < outW; b++) {
        const rows = span(g, 0, a);
        const columns = span(g, 1, b);
        const cells = rows.cells.flatMap((h) =>
          columns.cells.map((w) => (plane * g.image[0] + h) * g.image[1] + w),
        );
        const counted = g.divisor || rows.counted * columns.counted;
        visit((plane * outH + a) * outW + b, cells, counted);
      }
    }
  }
}

/** Cells of window `a` along one axis: those in the image, and how many count in the mean's divisor. */
function span(g: PoolGeometry, axis: 0 | 1, a: number): { cells: number[]; counted: number } {
  const size = g.image[axis];
  const start = a * g.stride[axis] - g.padding[axis];
  const all = Array.from({ length: g.kernel[axis] }, (_, i) => start + i * g.dilation[axis]);
  const inside = (before: number, after: number) =>
    all.filter((cell) => cell >= -before && cell < size + after);
  return { cells: inside(0, 0), counted: inside(g.border[axis], g.borderAfter[axis]).length };
}
