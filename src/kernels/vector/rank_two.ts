import shader from "#shaders/vector/rank_two.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { boolean } from "../../core/kinds.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";

export interface RankTwoOptions {
  /** Whether h has no content yet: γ · I is used instead. Default false. */
  readonly fresh?: boolean;
}

/**
 * The BFGS update of an inverse Hessian h [n, n] in place, from s [n], u = h·y [n] and scalars [3] = (ρ, yᵀu, γ): Nocedal
 * and Wright (2nd ed.), equation 6.17 multiplied out. ρ = 0 does not change h; h stays exactly symmetric. Throws
 * `ShapeError` for sizes that do not fit.
 */
export const vectorRankTwo = kernel(
  shader,
  ({ h, s, u, scalars }, { fresh = false }: RankTwoOptions) => {
    const n = size(s);
    if (size(h) !== n * n || size(u) !== n || size(scalars) < 3) {
      throw new ShapeError(
        `vector/rank_two: expected h [n, n], u [n] and scalars [3] for s ${show(s)}, got ${show(h, "h")}, ` +
          `${show(u, "u")} and ${show(scalars, "scalars")}; check the sizes`,
      );
    }
    return {
      outputs: {},
      params: { n, fresh: fresh ? 1 : 0 },
      grid: grid1d(Math.ceil((n * n) / 64)),
      flops: 10 * n * n,
      bytes: 8 * n * n,
    };
  },
);

export const kinds = () => ({ fresh: boolean });

export const reference: Reference<typeof vectorRankTwo> = (
  { h, s, u, scalars },
  { fresh = false },
) => {
  const n = s.data.length;
  const [rho = 0, yu = 0, gamma = 0] = Array.from(scalars.data);
  const after = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const before = fresh ? (i === j ? gamma : 0) : (h.data[i * n + j] as number);
      const [si, sj] = [s.data[i] as number, s.data[j] as number];
      const cross = (u.data[i] as number) * sj + si * (u.data[j] as number);
      after[i * n + j] = before - rho * cross + rho * (1 + rho * yu) * si * sj;
    }
  }
  return { h: after };
};

const scalars = (...values: number[]) => ({ shape: [3], fill: (i: number) => values[i] ?? 0 });
const nothing = (n: number) => ({ shape: [n, n], fill: () => NaN });

export const cases: Case<typeof vectorRankTwo>[] = [
  ...[1, 7, 8, 9, 33].map((n) => ({
    name: `${n} × ${n}`,
    inputs: { h: [n, n], s: [n], u: [n], scalars: scalars(0.5, 1.5, 7) },
    options: {},
    tolerance: { length: 8 },
  })),
  {
    name: "the first update, from γ · I",
    inputs: { h: nothing(13), s: [13], u: [13], scalars: scalars(0.5, 1.5, 0.25) },
    options: { fresh: true },
    tolerance: { length: 8 },
  },
  {
    name: "a pair without curvature changes nothing",
    inputs: { h: [9, 9], s: [9], u: [9], scalars: scalars(0, 5, 1) },
    options: {},
    tolerance: "exact",
  },
  {
    name: "safety: NaN in s",
    inputs: {
      h: [3, 3],
      s: { shape: [3], fill: (i) => (i === 1 ? NaN : 1) },
      u: [3],
      scalars: scalars(1, 1, 1),
    },
    options: {},
  },
];

export const benches: Case<typeof vectorRankTwo>[] = [
  {
    name: "1024 × 1024",
    inputs: { h: [1024, 1024], s: [1024], u: [1024], scalars: scalars(0.5, 1.5, 1) },
    options: {},
  },
];
