import shader from "#shaders/winograd/grad_output.wgsl";
import { type Size, size as sizeOf } from "../../core/shape.ts";
import { inHalf } from "../half_cases.ts";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";
import { around, checkImages, MATRICES, tileAt, tileParams, tiling, transposed } from "./tiles.ts";

const WHO = "winograd/grad_output";

/**
 * Tiles of dy [N, C, H, W] transformed for the weight gradient of Winograd's convolution: s [16, C, tiles], component 4·i +
 * j of A · d · Aᵀ for the 2 × 2 pixels d of each tile. Throws `ShapeError` for other ranks.
 */
export const winogradGradOutput = kernel(shader, ({ dy }, _options: Record<never, never>) => {
  checkImages(WHO, "dy", dy);
  const [batch, channels, height, width] = dy as [number, number, number, number];
  const size: Size = [height, width];
  const { tiles } = tiling(batch, size);
  return {
    outputs: { s: [16, channels, tiles] },
    params: tileParams(dy, size),
    grid: grid256((channels * tiles) / 4),
    flops: 12 * channels * tiles,
    bytes: 4 * (sizeOf(dy) + 16 * channels * tiles),
  };
});

export const reference: Reference<typeof winogradGradOutput> = ({ dy }) => {
  const [batch, channels, height, width] = dy.shape as [number, number, number, number];
  const { tiles } = tiling(batch, [height, width]);
  const s = new Float64Array(16 * channels * tiles);
  for (let p = 0; p < tiles; p++) {
    const tile = tileAt(p, batch, [height, width]);
    if (!tile) continue;
    for (let c = 0; c < channels; c++) {
      const pixel = (row: number, column: number) => {
        const [y, x] = [tile.y + row, tile.x + column];
        if (y >= height || x >= width) return 0;
        return dy.data[((tile.image * channels + c) * height + y) * width + x] as number;
      };
      const pixels = [0, 1].map((row) => [0, 1].map((column) => pixel(row, column)));
      around(transposed(MATRICES.At), pixels).forEach((row, i) => {
        row.forEach((value, j) => {
          s[((4 * i + j) * channels + c) * tiles + p] = value;
        });
      });
    }
  }
  return { s };
};

const tiles = (name: string, dy: readonly number[]): Case<typeof winogradGradOutput> => ({
  name,
  inputs: { dy },
  options: {},
  tolerance: { length: 4 },
});

export const cases: Case<typeof winogradGradOutput>[] = [
  tiles("one pixel, three empty tiles", [1, 1, 1, 1]),
  tiles("odd sizes, tiles across images", [3, 3, 5, 7]),
  tiles("even sizes", [2, 2, 4, 6]),
  tiles("more tiles than a workgroup has", [2, 9, 16, 16]),
  {
    ...tiles("safety: NaN and infinity stay in their tiles", [1, 1, 4, 12]),
    inputs: {
      dy: { shape: [1, 1, 4, 12], fill: (i) => (i === 0 ? NaN : i === 23 ? Infinity : i) },
    },
  },
];

export const halfCases = inHalf(cases, { storage: "f16" });
export const benches = [tiles("8×64×16×16", [8, 64, 16, 16])];
