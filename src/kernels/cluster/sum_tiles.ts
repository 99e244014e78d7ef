import shader from "#shaders/cluster/sum_tiles.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { sameShape, show } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import {
  type SumsOptions,
  sumsBench,
  sumsCases,
  sumsOfTiles,
  sumsPlan,
  sumsReference,
} from "./sums.ts";

/** Blocks of four points that a workgroup processes together: one per lane. */
const WG = 256;

/** Number of sets of sums per workgroup: as many as fit if each lane owns one column, at most 8. */
export function slicesOf(width: number): number {
  return Math.min(8, Math.max(1, Math.floor(WG / width)));
}

/**
 * As cluster/sum_lanes, for GPUs: each workgroup finds the centres of 1,024 points and sums them column by column. A
 * workgroup computes `slicesOf(d + 4)` parts, so `parts` must be a multiple of that; block b goes to slice b mod slices of
 * workgroup ⌊b / 256⌋ mod (parts / slices).
 */
export const clusterSumTiles = kernel(shader, ({ xt, centres, partials }, options: SumsOptions) => {
  const { found, ...rest } = sumsPlan("cluster/sum_tiles", { xt, centres }, options);
  const { parts } = options;
  const slices = slicesOf(4 * found.quarters + 4);
  const room = [parts, ...centres];
  if (!sameShape(partials, room) || parts % slices !== 0 || parts === 0) {
    throw new ShapeError(
      `cluster/sum_tiles: expected partials ${show(room)} of a multiple of ${slices} parts, got ${show(partials)}; ` +
        "round the parts up",
    );
  }
  const groups = parts / slices;
  if ((groups - 1) * WG >= found.blocks) {
    throw new ShapeError(
      `cluster/sum_tiles: expected at most ${slices * Math.ceil(found.blocks / WG)} parts, got ${parts}; lower parts, as a workgroup takes 1,024 points`,
    );
  }
  return {
    outputs: {},
    params: { ...found, parts, slices },
    grid: [groups],
    ...rest,
  };
});

export const reference: Reference<typeof clusterSumTiles> = (inputs, options) => {
  const slices = slicesOf(inputs.centres.shape[1] as number);
  const groups = options.parts / slices;
  const part = (block: number) => (Math.floor(block / WG) % groups) * slices + (block % slices);
  return sumsReference(inputs, options, part);
};

export const cases: Case<typeof clusterSumTiles>[] = [
  ...sumsCases(8, { only: /one point|two|three|five|workgroup|13|equal|halfway|safety/ }),
  ...sumsCases(1, { only: /many/ }),
  ...sumsCases(8, { only: /five/, done: 1 }),
  ...sumsCases(8, { only: /five|13|safety/, squares: false }),
  sumsOfTiles(16),
];

export const benches: Case<typeof clusterSumTiles>[] = [sumsBench(160)];

export { kinds } from "./sum_lanes.ts";
