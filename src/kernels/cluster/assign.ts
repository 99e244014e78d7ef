import shader from "#shaders/cluster/assign.wgsl";
import { number, required } from "../../core/kinds.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { nearestCentre, type PointsLayout, sizes } from "./layout.ts";
import { clustered, sizesOfCases } from "./problems.ts";

/**
 * The nearest centre of every point, the first of equally near ones, and its squared distance: `labels` (u32) and `squares`
 * [n] for points and centres in the layout of `layout.ts`. Values for the padding after the last point are meaningless. The
 * n × k distances are never written. Throws `ShapeError` for another layout.
 */
export const clusterAssign = kernel(shader, ({ xt, centres }, options: PointsLayout) => {
  const found = sizes("cluster/assign", xt, centres, options);
  const { blocks, quarters, clusters } = found;
  return {
    outputs: { labels: [4 * blocks], squares: [4 * blocks] },
    params: { ...found, parts: 0, slices: 0 },
    grid: grid1d(Math.ceil(blocks / 64)),
    flops: 2 * 16 * blocks * quarters * (clusters + 1.5),
  };
});

export const kinds = () => ({ points: required(number) });

export const reference: Reference<typeof clusterAssign> = ({ xt, centres }) => {
  const found = Array.from({ length: xt.shape[1] as number }, (_, i) =>
    nearestCentre(xt, centres, i),
  );
  return { labels: found.map(({ label }) => label), squares: found.map(({ square }) => square) };
};

export const cases: Case<typeof clusterAssign>[] = sizesOfCases.map(({ name, ...about }) => ({
  name,
  inputs: clustered(about),
  options: { points: about.points },
  tolerance: { length: about.features },
}));

export const benches: Case<typeof clusterAssign>[] = [
  {
    name: "20,000 × 16, 16 centres",
    inputs: clustered({ points: 20_000, features: 16, clusters: 16 }),
    options: { points: 20_000 },
  },
];
