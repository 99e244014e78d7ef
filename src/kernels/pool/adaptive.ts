import { ShapeError, ValueError } from "../../core/errors.ts";
import type { Two } from "../../core/shape.ts";
import { type Shape, show, size } from "../../core/shape.ts";
import type { ImageSize } from "./geometry.ts";

/** Number of windows along an axis; null keeps the axis's length. */
export type AdaptiveLength = number | null;

/** [rows, columns] of the result, or one number for both. */
export type AdaptiveSize = AdaptiveLength | readonly [AdaptiveLength, AdaptiveLength];

export interface AdaptiveOptions {
  /** Size of the result, [rows, columns] or one number for both; null keeps an axis's length. */
  readonly outputSize: AdaptiveSize;
}

/** Sizes for an adaptive pooling kernel; each pair is [rows, columns]. */
export interface AdaptiveGeometry {
  readonly planes: number;
  readonly image: Two;
  readonly windows: Two;
  /** [N, C, outH, outW] */
  readonly output: Shape;
}

/**
 * Geometry of pooling x[N, C, H, W] to a given size: window a of m covers cells ⌊a·n/m⌋ to ⌈(a + 1)·n/m⌉ of an axis of n.
 * Throws `ShapeError` unless x has four axes of at least one element; `ValueError` for a size that is not whole.
 */
export function adaptiveGeometry(
  who: string,
  x: Shape,
  { outputSize }: AdaptiveOptions,
): AdaptiveGeometry {
  if (x.length !== 4 || size(x) === 0) {
    throw new ShapeError(
      `${who}: expected x [N, C, H, W] with at least one element, got ${show(x)}; reshape it, or skip empty batches`,
    );
  }
  const [n = 1, c = 1, h = 1, w = 1] = x;
  const [rows, columns] = Array.isArray(outputSize) ? outputSize : [outputSize, outputSize];
  const windows = [rows ?? h, columns ?? w] as const;
  if (
    !windows.every((m, axis) => Number.isInteger(m) && m >= 1 && m * (x[axis + 2] ?? 1) < 2 ** 32)
  ) {
    throw new ValueError(
      `${who}: expected outputSize an integer ≥ 1, null or a pair of them, got ${windows.join(" × ")}; ` +
        "null keeps an axis as it is",
    );
  }
  return { planes: n * c, image: [h, w], windows, output: [n, c, ...windows] };
}

/** Geometry from a gradient dy[N, C, outH, outW] and the image size. Throws `ShapeError` for another rank. */
export function adaptiveGradGeometry(
  who: string,
  dy: Shape,
  { imageSize: [h, w] }: ImageSize,
): AdaptiveGeometry {
  if (dy.length !== 4 || size(dy) * h * w === 0) {
    throw new ShapeError(
      `${who}: expected dy [N, C, outH, outW] and an image of at least one cell, got ${show(dy)} and ${h}×${w}; ` +
        "pass the image size of the forward pass",
    );
  }
  const [n = 1, c = 1, rows = 1, columns = 1] = dy;
  return adaptiveGeometry(who, [n, c, h, w], { outputSize: [rows, columns] });
}

/** The uniform block of shaders/pool/adaptive.wgsl. */
export function adaptiveParams({ image, windows }: AdaptiveGeometry, count: number) {
  return { image, windows, count };
}

/** Calls `visit` for every window with its cells, as flat positions. */
export function forEachAdaptiveWindow(
  { planes, image: [h, w], windows: [outH, outW] }: AdaptiveGeometry,
  visit: (window: number, cells: number[]) => void,
): void {
  for (let plane = 0; plane < planes; plane++) {
    for (let a = 0; a < outH; a++) {
      for (let b = 0; b < outW; b++) {
        const cells = span(a, h, outH).flatMap((row) =>
          span(b, w, outW).map((column) => (plane * h + row) * w + column),
        );
        visit((plane * outH + a) * outW + b, cells);
      }
    }
  }
}

/** Cells of window `a` of `m` along an axis of `n`. */
function span(a: number, n: number, m: number): number[] {
  const start = Math.floor((a * n) / m);
  return Array.from({ length: Math.ceil(((a + 1) * n) / m) - start }, (_, i) => start + i);
}
