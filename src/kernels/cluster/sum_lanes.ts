import shader from "#shaders/cluster/sum_lanes.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { boolean, number, required } from "../../core/kinds.ts";
import { sameShape, show } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { type SumsOptions, sumsBench, sumsCases, sumsPlan, sumsReference } from "./sums.ts";

/**
 * The sums of a step of Lloyd's algorithm: for every centre Σ x, their number and Σ ‖x − c‖² over the points that are
 * nearest to it, the first of equally near ones, as `partials` [parts, k, d + 4], which cluster/move adds up. Blocks 2b and
 * 2b + 1 of four points go to part b mod parts. Does nothing if state[0] is not 0. Each part is summed by one lane: for
 * software adapters. Layout as in `layout.ts`; throws `ShapeError` for another one.
 */
export const clusterSumLanes = kernel(shader, ({ xt, centres, partials }, options: SumsOptions) => {
  const { found, ...rest } = sumsPlan("cluster/sum_lanes", { xt, centres }, options);
  const { parts } = options;
  const room = [parts, ...centres];
  if (!sameShape(partials, room)) {
    throw new ShapeError(
      `cluster/sum_lanes: expected partials ${show(room)}, got ${show(partials)}; make room for ${parts} parts`,
    );
  }
  return {
    outputs: {},
    params: { ...found, parts, slices: 1 },
    grid: grid1d(Math.ceil(parts / 8)),
    ...rest,
  };
});

export const kinds = () => ({
  parts: required(number),
  points: required(number),
  squares: boolean,
});

export const reference: Reference<typeof clusterSumLanes> = (inputs, options) =>
  sumsReference(inputs, options, (block) => Math.floor(block / 2) % options.parts);

export const cases: Case<typeof clusterSumLanes>[] = [
  ...sumsCases(1),
  ...sumsCases(3),
  ...sumsCases(70, { only: /workgroup|safety/ }),
  ...sumsCases(2, { only: /five/, done: 1 }),
  ...sumsCases(3, { only: /five|13|safety/, squares: false }),
];

export const benches: Case<typeof clusterSumLanes>[] = [sumsBench(128)];
