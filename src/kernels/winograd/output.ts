import shader from "#shaders/winograd/output.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { type Shape, type Size, show, size as sizeOf } from "../../core/shape.ts";
import type { Act } from "../elementwise/activations.ts";
import { type EpilogueBuffers, epilogue, epilogueReference } from "../epilogue.ts";
import { inHalf } from "../half_cases.ts";
import { type Case, grid256, type HostTensor, kernel } from "../kernel.ts";
import { act, two } from "../option_kinds.ts";
import { around, checkComponents, MATRICES, tileAt, tileParams, tiling } from "./tiles.ts";

const WHO = "winograd/output";

export interface OutputOptions {
  /** Number of images in the batch. */
  readonly batch: number;
  /** [height, width] of the convolution's output. */
  readonly size: Size;
  /** Applied to the sum after the bias. Default "identity". */
  readonly act?: Act | undefined;
}

interface OutputBuffers<T> extends EpilogueBuffers<T> {
  readonly m: T;
}

/**
 * Last step of Winograd's convolution: y [N, C, H, W] = act(z) with z = Aᵀ · m · A + bias, from products m [16, C, tiles],
 * four pixels per tile; bias, affine, z and residual as `EpilogueBuffers`. Throws `ShapeError` for a wrong number of tiles,
 * and the errors of `epilogue`.
 */
export const winogradOutput = kernel(shader, ({ m, ...buffers }, options: OutputOptions) => {
  const image = imageOf(m, options);
  const { batch, size } = options;
  const channels = m[1] as number;
  const after = epilogue(WHO, buffers, options, image, channels);
  return {
    outputs: { y: image },
    params: tileParams(image, size),
    grid: grid256((channels * tiling(batch, size).tiles) / 4),
    overrides: after.overrides,
    slots: after.slots,
    flops: 24 * (sizeOf(m) / 16),
  };
});

export const kinds = () => ({ batch: required(number), size: required(two), act });

/** Shape of y. */
function imageOf(m: Shape, { batch, size }: OutputOptions): Shape {
  checkComponents(WHO, "m", m);
  const { tiles } = tiling(batch, size);
  if (m[2] === tiles) return [batch, m[1] as number, ...size];
  throw new ShapeError(
    `${WHO}: expected m [16, C, ${tiles}] for ${batch} images of ${show(size)}, got ${show(m, "m")}; ` +
      "pass the size of the convolution's output",
  );
}

/** Writes every pixel of the tiles in float64. */
export function reference(inputs: OutputBuffers<HostTensor>, options: OutputOptions) {
  const { m } = inputs;
  const [, channels, height, width] = imageOf(m.shape, options) as [number, number, number, number];
  const { batch, size } = options;
  const { tiles } = tiling(batch, size);
  const sums = new Float64Array(batch * channels * height * width);
  for (let c = 0; c < channels; c++) {
    for (let p = 0; p < tiles; p++) {
      const tile = tileAt(p, batch, size);
      if (!tile) continue;
      const component = (i: number) => m.data[(i * channels + c) * tiles + p] as number;
      const products = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => component(4 * i + j)));
      around(MATRICES.At, products).forEach((row, i) => {
        row.forEach((value, j) => {
          const [y, x] = [tile.y + i, tile.x + j];
          if (y >= height || x >= width) return;
          const at = ((tile.image * channels + c) * height + y) * width + x;
          sums[at] = value;
        });
      });
    }
  }
  const channelOf = (i: number) => Math.floor(i / (height * width)) % channels;
  return epilogueReference(sums, inputs, channelOf, options);
}

type OutputCase = Case<typeof winogradOutput>;

function outputs(
  name: string,
  channels: number,
  { batch, size, act }: OutputOptions,
  extra: Partial<OutputCase["inputs"]> = {},
): OutputCase {
  const m = [16, channels, tiling(batch, size).tiles];
  return {
    name,
    inputs: { m, ...extra },
    options: { batch, size, act },
    tolerance: { length: 9 },
  };
}

export const cases: OutputCase[] = [
  outputs("one pixel, three empty tiles", 1, { batch: 1, size: [1, 1] }),
  outputs("three tiles and an empty one", 2, { batch: 3, size: [2, 1] }),
  outputs("odd sizes, tiles across images", 3, { batch: 3, size: [5, 7] }),
  outputs("even sizes", 2, { batch: 2, size: [4, 6] }),
  outputs("one row", 2, { batch: 1, size: [1, 9] }),
  outputs("one column", 2, { batch: 1, size: [9, 1] }),
  outputs("bias and relu", 3, { batch: 2, size: [3, 3], act: "relu" }, { bias: [3] }),
  outputs("bias and silu, z kept", 2, { batch: 2, size: [3, 4], act: "silu" }, {
    ...{ bias: [2], z: [2, 2, 3, 4] },
  }),
  outputs("scale, shift, residual, relu", 3, { batch: 2, size: [3, 5], act: "relu" }, {
    ...{ affine: [3, 2], residual: [2, 3, 3, 5] },
  }),
  outputs("leaky_relu of slope −2", 1, { batch: 1, size: [4, 4], act: { act: "leaky_relu", slope: -2 } }),
  outputs("more tiles than a workgroup has", 9, { batch: 2, size: [16, 16] }),
]; // biome-ignore format: one case a line

export const halfCases = inHalf(cases, { storage: "f16" });
export const benches = [outputs("8×64×16×16", 64, { batch: 8, size: [16, 16] })];
