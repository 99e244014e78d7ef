import type { Shape } from "../../core/shape.ts";
import type { HostTensor } from "../kernel.ts";
import { nearestCentre, type PointsLayout, sizes } from "./layout.ts";
import { clustered, sizesOfCases } from "./problems.ts";

/** Options of both kernels that sum points by centre. */
export interface SumsOptions extends PointsLayout {
  /** Number of sets of partial sums. */
  readonly parts: number;
  /** Whether Σ ‖x − c‖² is also summed; otherwise it is 0, and a round takes a fifth less time. Default true. */
  readonly squares?: boolean;
}

/** The common part of both kernels' plans. */
export function sumsPlan(
  who: string,
  shapes: Record<"xt" | "centres", Shape>,
  options: SumsOptions,
) {
  const found = sizes(who, shapes.xt, shapes.centres, options);
  const { blocks, quarters, clusters } = found;
  const { squares = true } = options;
  return {
    found,
    overrides: { SQUARES: squares ? 1 : 0 },
    flops: 2 * 16 * blocks * quarters * (clusters + (squares ? 2 : 1)),
  };
}

/** Adds every point i to the sums of set `part`; returns `partials` unchanged if state says that the rounds have ended. */
export function sumsReference(
  { xt, centres, state, partials }: Record<"xt" | "centres" | "state" | "partials", HostTensor>,
  { points, squares = true }: SumsOptions,
  part: (block: number) => number,
): { partials: ArrayLike<number> } {
  if (state.data[0] !== 0) return { partials: partials.data };
  const [d = 0, n = 0] = xt.shape;
  const [k = 0, width = 0] = centres.shape;
  const sums = new Float64Array(partials.data.length);
  for (let i = 0; i < points; i++) {
    const { label, square } = nearestCentre(xt, centres, i);
    const start = (part(Math.floor(i / 4)) * k + label) * width;
    const add = (j: number, value: number) => {
      sums[start + j] = (sums[start + j] as number) + value;
    };
    for (let j = 0; j < d; j++) add(j, xt.data[j * n + i] as number);
    add(d, 1);
    if (squares) add(d + 1, square);
  }
  return { partials: sums };
}

/** A problem whose points are summed in this many parts, initially filled with garbage. */
function problem(
  about: Parameters<typeof clustered>[0],
  parts: number,
  { done = 0, squares = true } = {},
) {
  const { xt, centres } = clustered(about);
  const [k = 0, width = 0] = "shape" in centres ? centres.shape : centres;
  return {
    inputs: {
      ...{ xt, centres, partials: [parts, k, width] },
      state: { shape: [4], fill: (e: number) => (e === 0 ? done : 0) },
    },
    options: { points: about.points, parts, squares },
    tolerance: { length: Math.ceil(about.points / parts) * about.features },
  };
}

/** Cases of either kernel. */
export function sumsCases(parts: number, { done = 0, only = /./, squares = true } = {}) {
  return sizesOfCases
    .filter(({ name }) => only.test(name))
    .map(({ name, ...about }) => ({
      name: `${name}, ${parts} parts${done ? ", nothing left to do" : ""}${squares ? "" : ", no squares"}`,
      ...problem(about, parts, { done, squares }),
    }));
}

/** Three tiles of points for two workgroups of cluster/sum_tiles. */
export const sumsOfTiles = (parts: number) => ({
  name: "2,100 points",
  ...problem({ points: 2100, features: 4, clusters: 3 }, parts),
});

/** The iteration that the benchmark measures. */
export const sumsBench = (parts: number) => ({
  name: "20,000 × 16, 16 centres",
  ...problem({ points: 20_000, features: 16, clusters: 16 }, parts, { squares: false }),
});
