import shader from "#shaders/winograd/input.wgsl";
import { required } from "../../core/kinds.ts";
import { type Size, size as sizeOf } from "../../core/shape.ts";
import { inHalf } from "../half_cases.ts";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";
import { two } from "../option_kinds.ts";
import { around, checkImages, MATRICES, tileAt, tileParams, tiling } from "./tiles.ts";

const WHO = "winograd/input";

export interface InputOptions {
  /** [height, width] of the convolution's output. */
  readonly size: Size;
  /** Rows and columns of zeros above and to the left, ≥ −1; −1 omits the first row or column. */
  readonly padding: Size;
}

/**
 * Patches of x [N, C, H, W] transformed for Winograd's convolution with 3 × 3 taps: v [16, C, tiles], component 4·i + j of
 * Bᵀ · d · B for each tile of 2 × 2 outputs; zeros for the padding tiles that round their number up to a multiple of four.
 * Throws `ShapeError` for other ranks.
 */
export const winogradInput = kernel(shader, ({ x }, { size, padding }: InputOptions) => {
  checkImages(WHO, "x", x);
  const [batch = 0, channels = 0] = x;
  const { tiles } = tiling(batch, size);
  return {
    outputs: { v: [16, channels, tiles] },
    params: tileParams(x, size, padding),
    grid: grid256((channels * tiles) / 4),
    flops: 32 * channels * tiles,
    bytes: 4 * (sizeOf(x) + 16 * channels * tiles),
  };
});

export const kinds = () => ({ size: required(two), padding: required(two) });

export const reference: Reference<typeof winogradInput> = ({ x }, { size, padding }) => {
  const [batch, channels, height, width] = x.shape as [number, number, number, number];
  const { tiles } = tiling(batch, size);
  const v = new Float64Array(16 * channels * tiles);
  for (let p = 0; p < tiles; p++) {
    const tile = tileAt(p, batch, size);
    if (!tile) continue;
    for (let c = 0; c < channels; c++) {
      const pixel = (row: number, column: number) => {
        const [y, at] = [tile.y + row - padding[0], tile.x + column - padding[1]];
        if (y < 0 || y >= height || at < 0 || at >= width) return 0;
        return x.data[((tile.image * channels + c) * height + y) * width + at] as number;
      };
      const patch = [0, 1, 2, 3].map((row) => [0, 1, 2, 3].map((column) => pixel(row, column)));
      around(MATRICES.Bt, patch).forEach((row, i) => {
        row.forEach((value, j) => {
          v[((4 * i + j) * channels + c) * tiles + p] = value;
        });
      });
    }
  }
  return { v };
};

const patches = (
  name: string,
  x: readonly number[],
  size: Size,
  padding: Size,
): Case<typeof winogradInput> => ({
  name,
  inputs: { x },
  options: { size, padding },
  tolerance: { length: 4 },
});

export const cases: Case<typeof winogradInput>[] = [
  patches("one pixel inside padding 1", [1, 1, 1, 1], [1, 1], [1, 1]),
  patches("three tiles, the fourth empty", [1, 2, 4, 8], [2, 6], [0, 0]),
  patches("odd sizes, tiles across images", [3, 3, 5, 7], [5, 7], [1, 1]),
  patches("padding 2 above, none on the left", [2, 1, 4, 6], [6, 4], [2, 0]),
  patches("the first row and column left out", [1, 2, 6, 7], [3, 4], [-1, -1]),
  patches("padding wider than the image", [1, 1, 2, 2], [10, 10], [5, 5]),
  patches("more tiles than a workgroup has", [2, 9, 16, 16], [16, 16], [1, 1]),
  {
    ...patches("safety: NaN and infinity stay in their patches", [1, 1, 4, 12], [4, 12], [1, 1]),
    inputs: { x: { shape: [1, 1, 4, 12], fill: (i) => (i === 0 ? NaN : i === 23 ? Infinity : i) } },
  },
];

export const halfCases = inHalf(cases, { storage: "f16" });
export const benches = [patches("8×64×16×16", [8, 64, 16, 16], [16, 16], [1, 1])];
