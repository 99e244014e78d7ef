import { ShapeError } from "../../core/errors.ts";
import type { Size } from "../../core/shape.ts";
import { checkShape, type Shape, show, size } from "../../core/shape.ts";

type Coefficients = readonly (readonly number[])[];

/**
 * The matrices of F(2 × 2, 3 × 3) of Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks" (2015): with Bᵀ
 * for a patch d of 4 × 4 pixels, G for a kernel g of 3 × 3 taps and Aᵀ for 2 × 2 outputs, y = Aᵀ · [(G · g · Gᵀ) ⊙ (Bᵀ · d
 * · B)] · A needs 16 products instead of 36.
 *
 * Larger tiles are not used: in f32 the errors of F(2 × 2) are smaller than those of a plain loop, but those of F(3 × 3)
 * and F(4 × 4) two and three times as large, beyond the tolerance of convolutions.
 */
export const MATRICES: Readonly<Record<"Bt" | "G" | "At", Coefficients>> = {
  Bt: [
    [1, 0, -1, 0],
    [0, 1, 1, 0],
    [0, -1, 1, 0],
    [0, 1, 0, -1],
  ],
  G: [
    [1, 0, 0],
    [0.5, 0.5, 0.5],
    [0.5, -0.5, 0.5],
    [0, 0, 1],
  ],
  At: [
    [1, 1, 1, 0],
    [0, 1, -1, -1],
  ],
};

/** left · x · leftᵀ in plain loops; a zero of `left` skips its factor, so that NaN there has no effect. */
export function around(left: Coefficients, x: Coefficients): Coefficients {
  const times = (b: Coefficients) =>
    left.map((row) =>
      Array.from({ length: b[0]?.length ?? 0 }, (_, j) =>
        row.reduce((sum, value, k) => (value === 0 ? sum : sum + value * (b[k]?.[j] ?? 0)), 0),
      ),
    );
  return transposed(times(transposed(times(x))));
}

/** The transposed matrix. */
export function transposed(x: Coefficients): number[][] {
  return (x[0] ?? []).map((_, j) => x.map((row) => row[j] as number));
}

/**
 * Number of rows and columns of tiles in an image of this size, and number of tiles of a batch, rounded up to a multiple of
 * four.
 */
export function tiling(batch: number, [height, width]: Size) {
  const [rows, columns] = [Math.ceil(height / 2), Math.ceil(width / 2)];
  return { rows, columns, tiles: 4 * Math.ceil((batch * rows * columns) / 4) };
}

/** Position of tile p; undefined for the padding tiles at the end. */
export function tileAt(p: number, batch: number, size: Size) {
  const { rows, columns } = tiling(batch, size);
  const image = Math.floor(p / columns / rows);
  if (image >= batch) return undefined;
  return { image, y: 2 * (Math.floor(p / columns) % rows), x: 2 * (p % columns) };
}

/** Values of `struct Params` in shaders/winograd/tiles.wgsl, for tiles of `size` in images [N, C, H, W]. */
export function tileParams(image: Shape, size: Size, [top, left]: Size = [0, 0]) {
  const [batch = 0, channels = 0, height = 0, width = 0] = image;
  const { rows, columns, tiles } = tiling(batch, size);
  return {
    ...{ batch, channels, height, width, rows, columns, fours: tiles / 4 },
    ...{ pad_h: top >>> 0, pad_w: left >>> 0 }, // −1 wraps around
  };
}

/** Throws `ShapeError` unless `shape` is [N, C, H, W] without empty axes. */
export function checkImages(who: string, name: string, shape: Shape): void {
  checkShape(who, shape);
  if (shape.length === 4 && size(shape) > 0) return;
  throw new ShapeError(
    `${who}: expected ${name} [N, C, H, W] without empty axes, got ${show(shape, name)}; reshape it to four axes`,
  );
}

/** Throws `ShapeError` unless `shape` is [16, rows, columns]. */
export function checkComponents(who: string, name: string, shape: Shape): void {
  checkShape(who, shape);
  if (shape.length === 3 && shape[0] === 16 && size(shape) > 0) return;
  throw new ShapeError(
    `${who}: expected ${name} [16, channels, tiles or channels], got ${show(shape, name)}; ` +
      "pass what a product of 16 transformed components made",
  );
}
