import shader from "#shaders/neighbors/blocks.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { oneOf, required } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";

/** Number of points in a block. */
export const BLOCK = 16;
/** Stands for a distance that exceeds f32. */
export const FAR = 3.4028234663852886e38;

/** Number of workgroups along an axis that every device allows. */
const MOST_GROUPS = 65535;

export interface BlocksOptions {
  /** "euclidean" gives squared distances. */
  readonly metric: "euclidean" | "manhattan";
}

/**
 * Distance from every query to the nearest point of every block of 16: `near` [count / 16, queries], at most `FAR`, for
 * queries as columns, x [features, queries], and points [count, features]. Features and queries are padded with zeros to
 * multiples of 4; count is padded to a multiple of 16 with repeated points. The k nearest points of a query are in the
 * first k blocks by (distance, index). Throws `ShapeError` for another layout.
 */
export const neighborsBlocks = kernel(shader, ({ x, points }, { metric }: BlocksOptions) => {
  const [features = 0, queries = 0] = x;
  const [count = 0, own = 0] = points;
  const fits = features === own && features % 4 === 0 && queries % 4 === 0 && count % BLOCK === 0;
  if (x.length !== 2 || points.length !== 2 || !fits) {
    throw new ShapeError(
      `neighbors/blocks: expected x [features, queries], both multiples of 4, and points [multiple of ${BLOCK}, features], got ` +
        `${show(x, "x")} and ${show(points, "points")}; pad with zeros`,
    );
  }
  const [all, quads] = [count / BLOCK, queries / 4];
  const half = Math.ceil(quads / 2);
  return {
    outputs: { near: [all, queries] },
    params: { quads, half, blocks: all, quarters: features / 4 },
    grid: [Math.ceil(half / 64), Math.min(MOST_GROUPS, all)],
    slots: { metric },
    flops: 3 * queries * count * features,
  };
});

export const kinds = () => ({ metric: required(oneOf("euclidean", "manhattan")) });

export const reference: Reference<typeof neighborsBlocks> = ({ x, points }, { metric }) => {
  const [features = 0, queries = 0] = x.shape;
  const [count = 0] = points.shape;
  const near = new Float64Array((count / BLOCK) * queries).fill(FAR);
  for (let p = 0; p < count; p++) {
    for (let i = 0; i < queries; i++) {
      let far = 0;
      for (let c = 0; c < features; c++) {
        const away =
          (x.data[c * queries + i] as number) - (points.data[p * features + c] as number);
        far += metric === "euclidean" ? away * away : Math.abs(away);
      }
      const at = Math.floor(p / BLOCK) * queries + i;
      near[at] = Math.min(near[at] as number, far);
    }
  }
  return { near };
};

/** Small integers: distances are exact. */
const whole = (i: number) => ((i * 7 + ((i * i) % 11)) % 9) - 4;

const example = (
  name: string,
  metric: BlocksOptions["metric"],
  [queries, count, features]: readonly [number, number, number],
  fill: (i: number) => number = whole,
): Case<typeof neighborsBlocks> => ({
  name: `${metric}, ${name}`,
  inputs: {
    x: { shape: [features, queries], fill: (i) => fill(i + 3) },
    points: { shape: [count, features], fill },
  },
  options: { metric },
  tolerance: "exact",
});

export const cases: Case<typeof neighborsBlocks>[] = (["euclidean", "manhattan"] as const).flatMap(
  (metric) => [
    example("one of each", metric, [4, 16, 4]),
    example("three blocks, several vectors", metric, [8, 48, 12]),
    example("more than a workgroup, an odd number of vectors", metric, [524, 32, 8]),
    {
      ...example("fractions", metric, [12, 64, 20], (i) => Math.sin(i)),
      tolerance: { length: 20 },
    },
    {
      ...example("safety: too far for f32", metric, [4, 16, 4], (i) => (i % 5 ? 1 : 3e38)),
      tolerance: {},
    },
  ],
);

export const benches: Case<typeof neighborsBlocks>[] = [
  example("1,000 queries of 10,000 × 16", "euclidean", [1000, 10_000, 16]),
];
