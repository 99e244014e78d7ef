import shader from "#shaders/cluster/nearer.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import type { PointsLayout } from "./layout.ts";

/**
 * Squared distances to the nearest centre, now `squares` [n], if one of the points `drawn` u32 [draws] became a centre as
 * well: `potential` [draws, n], for xt [features, n] as in `layout.ts`. Throws `ShapeError` for another layout.
 */
export const clusterNearer = kernel(shader, ({ xt, squares, drawn }, { points }: PointsLayout) => {
  const [features = 0, n = 0] = xt;
  const draws = size(drawn);
  if (
    xt.length !== 2 ||
    n % 4 ||
    size(squares) !== n ||
    points < 1 ||
    points > n ||
    points <= n - 4
  ) {
    throw new ShapeError(
      `cluster/nearer: expected xt [features, n] and squares [n], n = ${points} rounded up to a multiple of 4, got ` +
        `${show(xt, "xt")} and ${show(squares, "squares")}; pad with zeros`,
    );
  }
  return {
    outputs: { potential: [draws, n] },
    params: { points, blocks: n / 4, features, draws },
    grid: grid1d(Math.ceil((draws * n) / 256)),
    flops: 3 * draws * n * features,
  };
});

export const kinds = () => ({ points: required(number) });

export const reference: Reference<typeof clusterNearer> = ({ xt, squares, drawn }, { points }) => {
  const [features = 0, n = 0] = xt.shape;
  const potential = Array.from(drawn.data).flatMap((centre) =>
    Array.from({ length: n }, (_, i) => {
      if (i >= points) return 0;
      let sum = 0;
      for (let j = 0; j < features; j++) {
        sum += ((xt.data[j * n + i] as number) - (xt.data[j * n + centre] as number)) ** 2;
      }
      return Math.min(sum, squares.data[i] as number);
    }),
  );
  return { potential };
};

const example = (
  name: string,
  points: number,
  features: number,
  drawn: readonly number[],
): Case<typeof clusterNearer> => {
  const n = 4 * Math.ceil(points / 4);
  return {
    name,
    inputs: {
      xt: [features, n],
      squares: { shape: [n], fill: (i) => (i % 3 ? 3.4e38 : 0.5) },
      drawn: { shape: [drawn.length], fill: (t) => drawn[t] ?? 0 },
    },
    options: { points },
    tolerance: { length: features },
  };
};

export const cases: Case<typeof clusterNearer>[] = [
  example("one point", 1, 4, [0]),
  example("five points, every place of a vector", 5, 8, [0, 1, 2, 3, 4]),
  example("more blocks than a workgroup has lanes", 271, 4, [270, 13]),
];

export const benches: Case<typeof clusterNearer>[] = [
  example("20,000 × 16, 4 draws", 20_000, 16, [1, 2, 3, 4]),
];
