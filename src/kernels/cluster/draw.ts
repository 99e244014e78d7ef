import shader from "#shaders/cluster/draw.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";

export interface CentresDrawOptions {
  /** Number of running sums that are used. */
  readonly count: number;
}

/**
 * Indices u32 [draws] drawn with probabilities proportional to the increments of the first `count` running sums of
 * `cumulative`, by inverting the distribution at `uniforms` [draws] in [0, 1). If all sums are 0, the last index. Throws
 * `ShapeError` for fewer sums.
 */
export const clusterDraw = kernel(
  shader,
  ({ cumulative, uniforms }, { count }: CentresDrawOptions) => {
    const draws = size(uniforms);
    if (!(Number.isInteger(count) && count >= 1 && count <= size(cumulative))) {
      throw new ShapeError(
        `cluster/draw: expected count in 1..${size(cumulative)}, got ${count} for ${show(cumulative)}; draw from one sum at least`,
      );
    }
    return {
      outputs: { drawn: [draws] },
      params: { count, draws, top: 2 ** Math.floor(Math.log2(count)) },
      grid: grid1d(Math.ceil(draws / 64)),
      flops: draws * Math.ceil(Math.log2(count) + 1),
    };
  },
);

export const kinds = () => ({ count: required(number) });

export const reference: Reference<typeof clusterDraw> = ({ cumulative, uniforms }, { count }) => {
  const sums = Array.from(cumulative.data).slice(0, count);
  const last = sums.length - 1;
  return {
    drawn: Array.from(uniforms.data, (u) => {
      const first = sums.findIndex((sum) => sum > Math.fround(u * (sums[last] as number)));
      return first < 0 ? last : first;
    }),
  };
};

const example = (
  name: string,
  sums: readonly number[],
  uniforms: readonly number[],
  count = sums.length,
): Case<typeof clusterDraw> => ({
  name,
  inputs: {
    cumulative: { shape: [sums.length], fill: (i) => sums[i] ?? 0 },
    uniforms: { shape: [uniforms.length], fill: (i) => uniforms[i] ?? 0 },
  },
  options: { count },
  tolerance: "exact",
});

export const cases: Case<typeof clusterDraw>[] = [
  example("one sum", [3], [0, 0.5]),
  example("at the edges of steps", [1, 2, 4, 8], [0, 0.125, 0.1875, 0.25, 0.5, 0.75, 0.9375]),
  example("points without a share are never drawn", [0, 0, 2, 2, 4, 4], [0, 0.25, 0.5, 0.75]),
  example("nothing to draw from", [0, 0, 0], [0, 0.5]),
  example("not from the sums behind the last", [0, 0, 0, 5, 5], [0, 0.5, 0.9375], 3),
  example("the last that counts", [1, 2, 4, 8, 8, 8], [0.25, 0.9375], 4),
  example(
    "more draws than a workgroup has lanes",
    Array.from({ length: 131 }, (_, i) => i + 1),
    Array.from({ length: 70 }, (_, i) => i / 128),
  ),
];
