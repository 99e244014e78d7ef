import shader from "#shaders/neighbors/nearest.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";

/** Points that a pass finds. */
export const NEAREST = 16;
/** The distance and the index of nobody. */
export const [FAR, NOBODY] = [3.4028234663852886e38, 0xffffffff];

export interface NearestOptions {
  /** "euclidean" gives squared distances. */
  readonly metric: "euclidean" | "manhattan";
}

/**
 * The 16 nearest points of every query, in the order of (distance, index): `distances` and `index` u32 [queries, 16], `FAR` and
 * `NOBODY` where there are fewer. Only points behind (after, behind) [queries] in that order: the last found of one pass
 * starts the next. x [features / 4, queries, 4] and points [count, features], features a multiple of 4 with zeros behind the
 * last. Throws `ShapeError` for another layout.
 */
export const nearest = kernel(
  shader,
  ({ x, points, after, behind }, { metric }: NearestOptions) => {
    const [quarters = 0, queries = 0, four = 0] = x;
    const [count = 0, features = 0] = points;
    if (
      x.length !== 3 ||
      four !== 4 ||
      points.length !== 2 ||
      features !== 4 * quarters ||
      size(after) !== queries ||
      size(behind) !== queries
    ) {
      throw new ShapeError(
        `neighbors/nearest: expected x [features / 4, queries, 4], points [count, features], after and behind [queries], got ` +
          `${show(x, "x")}, ${show(points, "points")}, ${show(after, "after")}, ${show(behind, "behind")}; fill up with zeros`,
      );
    }
    return {
      outputs: { distances: [queries, NEAREST], index: [queries, NEAREST] },
      params: { queries, points: count, quarters },
      grid: grid1d(Math.ceil(queries / 64)),
      slots: { metric },
      flops: 3 * queries * count * features,
    };
  },
);

export const reference: Reference<typeof nearest> = ({ x, points, after, behind }, { metric }) => {
  const [quarters = 0, queries = 0] = x.shape;
  const [count = 0, features = 0] = points.shape;
  const distances: number[] = [];
  const index: number[] = [];
  for (let i = 0; i < queries; i++) {
    const all = Array.from({ length: count }, (_, p) => {
      let far = 0;
      for (let c = 0; c < 4 * quarters; c++) {
        const own = x.data[(Math.floor(c / 4) * queries + i) * 4 + (c % 4)] as number;
        const away = own - (points.data[p * features + c] as number);
        far += metric === "euclidean" ? away * away : Math.abs(away);
      }
      return { far, p };
    });
    const [limit, last] = [after.data[i] as number, behind.data[i] as number];
    const found = all
      .filter(({ far, p }) => far > limit || (far === limit && p > last))
      .sort((a, b) => a.far - b.far || a.p - b.p);
    for (let k = 0; k < NEAREST; k++) {
      distances.push(found[k]?.far ?? FAR);
      index.push(found[k]?.p ?? NOBODY);
    }
  }
  return { distances, index };
};

/** Small whole numbers: distances are exact, and many are the same. */
const whole = (i: number) => ((i * 7 + ((i * i) % 11)) % 9) - 4;

const example = (
  name: string,
  metric: NearestOptions["metric"],
  [queries, count, features]: readonly [number, number, number],
  from: { readonly after?: number; readonly behind?: (i: number) => number } = {},
): Case<typeof nearest> => ({
  name: `${metric}, ${name}`,
  inputs: {
    x: { shape: [features / 4, queries, 4], fill: (i) => whole(i + 3) },
    points: { shape: [count, features], fill: whole },
    after: { shape: [queries], fill: () => from.after ?? -1 },
    behind: { shape: [queries], fill: from.behind ?? (() => 0) },
  },
  options: { metric },
  tolerance: "exact",
});

export const cases: Case<typeof nearest>[] = (["euclidean", "manhattan"] as const).flatMap(
  (metric) => [
    example("one of each", metric, [1, 1, 4]),
    example("fewer than a list holds", metric, [3, 9, 8]),
    example("as many as a list holds", metric, [2, 16, 4]),
    example("more than a workgroup, with equals", metric, [70, 50, 4]),
    example("behind the last of a pass", metric, [5, 60, 4], {
      after: metric === "euclidean" ? 14 : 6,
      behind: () => 20,
    }),
    example("a place of its own to go on from", metric, [5, 60, 4], {
      after: metric === "euclidean" ? 26 : 8,
      behind: (i) => 10 * i,
    }),
    example("nobody is left", metric, [2, 20, 4], { after: 1e30 }),
  ],
);

export const benches: Case<typeof nearest>[] = [
  example("1,000 queries of 10,000 × 16", "euclidean", [1000, 10_000, 16]),
];
