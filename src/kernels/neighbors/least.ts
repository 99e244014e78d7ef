import shader from "#shaders/neighbors/least.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { FAR } from "./blocks.ts";

/** Number of blocks that one pass finds. */
export const LEAST = 16;
/** Index that stands for no neighbour. */
export const NO_POINT = 0xffffffff;

/**
 * The next 16 nearest blocks of every query, ordered by (distance, index): `distances` and `index` u32 [queries, 16], with
 * `FAR` and `NO_POINT` if there are fewer, from near [blocks, queries], the output of neighbors/blocks. Only blocks after
 * (after, behind) [queries] in that order are found: pass the last block of the previous pass. Throws `ShapeError` for
 * another layout.
 */
export const neighborsLeast = kernel(shader, ({ near, after, behind }, _: object) => {
  const [blocks = 0, queries = 0] = near;
  if (near.length !== 2 || size(after) !== queries || size(behind) !== queries) {
    throw new ShapeError(
      `neighbors/least: expected near [blocks, queries], after and behind [queries], got ${show(near, "near")}, ` +
        `${show(after, "after")}, ${show(behind, "behind")}; take what neighbors/blocks makes`,
    );
  }
  return {
    outputs: { distances: [queries, LEAST], index: [queries, LEAST] },
    params: { queries, blocks },
    grid: grid1d(Math.ceil(queries / 64)),
    flops: queries * blocks,
  };
});

export const reference: Reference<typeof neighborsLeast> = ({ near, after, behind }) => {
  const [blocks = 0, queries = 0] = near.shape;
  const distances: number[] = [];
  const index: number[] = [];
  for (let i = 0; i < queries; i++) {
    const [limit, last] = [after.data[i] as number, behind.data[i] as number];
    const found = Array.from({ length: blocks }, (_, b) => ({
      far: near.data[b * queries + i] as number,
      b,
    }))
      .filter(({ far, b }) => far < FAR && (far > limit || (far === limit && b > last)))
      .sort((one, other) => one.far - other.far || one.b - other.b);
    for (let k = 0; k < LEAST; k++) {
      distances.push(found[k]?.far ?? FAR);
      index.push(found[k]?.b ?? NO_POINT);
    }
  }
  return { distances, index };
};

/** Small integers, many of them equal. */
const whole = (i: number) => (i * 7 + ((i * i) % 11)) % 23;

const example = (
  name: string,
  [queries, blocks]: readonly [number, number],
  from: { readonly after?: number; readonly behind?: (i: number) => number } = {},
  fill: (i: number) => number = whole,
): Case<typeof neighborsLeast> => ({
  name,
  inputs: {
    near: { shape: [blocks, queries], fill },
    after: { shape: [queries], fill: () => from.after ?? -1 },
    behind: { shape: [queries], fill: from.behind ?? (() => 0) },
  },
  options: {},
  tolerance: "exact",
});

export const cases: Case<typeof neighborsLeast>[] = [
  example("one of each", [1, 1]),
  example("fewer than a list holds", [3, 9]),
  example("as many as a list holds", [2, 16]),
  example("more than a workgroup, with equals", [70, 50]),
  example("behind the last of a pass", [5, 60], { after: 14, behind: () => 20 }),
  example("a place of its own to go on from", [5, 60], { after: 9, behind: (i) => 10 * i }),
  example("no point is left", [2, 20], { after: 1e30 }),
  example("safety: too far to be told", [3, 20], {}, (i) =>
    i % 4 ? whole(i) : Number.POSITIVE_INFINITY,
  ),
];

export const benches: Case<typeof neighborsLeast>[] = [
  example("1,000 queries of 625 blocks", [1000, 625], {}, (i) => (i * 7919) % 104_729),
];
