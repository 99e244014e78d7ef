import type { Shape } from "../../core/shape.ts";
import type { HostTensor } from "../kernel.ts";
import { type Layout, nearestCentre, sizes } from "./layout.ts";
import { clustered, sizesOfCases } from "./problems.ts";

/** In how many sets of sums the points are added up; options of both kernels that do it. */
export interface SumsOptions extends Layout {
  /** Sets of partial sums there are room for. */
  readonly parts: number;
  /** Whether Σ ‖x − c‖² is added up as well; else it is 0, and a round takes a fifth less. Default true. */
  readonly squares?: boolean;
}

/** What a plan of both kernels has in common. */
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

/** Sums of set `part(i)` for every point i, or `partials` as they were where state says that nothing is left to do. */
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

/** A problem whose points are added up in so many parts, garbage in them at first. */
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

/** The iteration that is measured. */
export const sumsBench = (parts: number) => ({
  name: "20,000 × 16, 16 centres",
  ...problem({ points: 20_000, features: 16, clusters: 16 }, parts, { squares: false }),
});
