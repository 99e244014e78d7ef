import shader from "#shaders/cluster/silhouette.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";

/**
 * The silhouette s [points] of every point (Rousseeuw 1987): (b − a) / max(a, b) of its mean distances a from its own
 * cluster and b from the nearest other one; 0 for the only point of a cluster. Points are sorted by cluster, xt [features /
 * 4, points, 4] with zeros behind the last feature, starts u32 [clusters + 1]. Throws `ShapeError` for another layout.
 */
export const clusterSilhouette = kernel(shader, ({ xt, starts }, _: object) => {
  const [quarters = 0, points = 0, four = 0] = xt;
  const clusters = size(starts) - 1;
  if (xt.length !== 3 || four !== 4 || clusters < 1) {
    throw new ShapeError(
      `cluster/silhouette: expected xt [features / 4, points, 4] and starts [clusters + 1], got ${show(xt, "xt")} and ` +
        `${show(starts, "starts")}; pad the features with zeros`,
    );
  }
  return {
    outputs: { s: [points] },
    params: { points, quarters, clusters },
    grid: grid1d(Math.ceil(points / 64)),
    flops: 12 * quarters * points * points,
  };
});

export const reference: Reference<typeof clusterSilhouette> = ({ xt, starts }) => {
  const [quarters = 0, points = 0] = xt.shape;
  const distance = (i: number, j: number) => {
    let sum = 0;
    for (let q = 0; q < quarters; q++) {
      for (let c = 0; c < 4; c++) {
        const at = (p: number) => xt.data[(q * points + p) * 4 + c] as number;
        sum += (at(i) - at(j)) ** 2;
      }
    }
    return Math.sqrt(sum);
  };
  const s = Array.from({ length: points }, (_, i) => {
    let [a, b, others] = [0, Number.POSITIVE_INFINITY, 0];
    for (let k = 0; k + 1 < starts.data.length; k++) {
      const [first, end] = [starts.data[k] as number, starts.data[k + 1] as number];
      let sum = 0;
      for (let j = first; j < end; j++) sum += distance(i, j);
      if (i >= first && i < end) {
        others = end - first - 1;
        a = others ? sum / others : 0;
      } else if (end > first) b = Math.min(b, sum / (end - first));
    }
    return others > 0 && Math.max(a, b) > 0 ? (b - a) / Math.max(a, b) : 0;
  });
  return { s };
};

const example = (
  name: string,
  quarters: number,
  starts: readonly number[],
): Case<typeof clusterSilhouette> => {
  const points = starts.at(-1) ?? 0;
  return {
    name,
    inputs: {
      xt: { shape: [quarters, points, 4], fill: (i) => ((i * 29) % 31) / 8 + (i % 3) },
      starts: { shape: [starts.length], fill: (c) => starts[c] ?? 0 },
    },
    options: {},
    tolerance: { length: 4 * points },
  };
};

export const cases: Case<typeof clusterSilhouette>[] = [
  example("two and two", 1, [0, 2, 4]),
  example("one alone, and one cluster without points", 2, [0, 1, 5, 5, 9]),
  example("more than a workgroup", 1, [0, 30, 71]),
  {
    name: "nearer than 1",
    inputs: {
      xt: { shape: [1, 5, 4], fill: (i) => ((i * 29) % 31) / 256 },
      starts: { shape: [3], fill: (c) => [0, 2, 5][c] ?? 0 },
    },
    options: {},
    tolerance: { length: 20 },
  },
  {
    name: "all points the same",
    inputs: {
      xt: { shape: [1, 6, 4], fill: () => 2 },
      starts: { shape: [3], fill: (c) => 3 * c },
    },
    options: {},
  },
];

export const benches: Case<typeof clusterSilhouette>[] = [
  example("2,000 points, 2 features", 1, [0, 900, 2000]),
];
