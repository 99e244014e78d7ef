import shader from "#shaders/cluster/adopt.wgsl";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";

export interface AdoptOptions {
  /** Index of the element of `chosen` that is written. */
  readonly place: number;
}

/**
 * Chooses the next initial centre among the points `drawn`, u32 [draws]: that with the smallest of `totals` [draws], the
 * first of equal ones. Writes it to `chosen`, u32 [centres], at `place`, and its row of `potential` [draws, n], n a multiple
 * of 4, to `squares` [n]. Throws `ShapeError` and `ValueError`.
 */
export const clusterAdopt = kernel(
  shader,
  ({ potential, totals, drawn, chosen }, { place }: AdoptOptions) => {
    const [draws = 0, n = 0] = potential;
    if (n % 4 || n === 0 || draws === 0 || size(totals) !== draws || size(drawn) !== draws) {
      throw new ShapeError(
        `cluster/adopt: expected potential [draws, multiple of 4], totals and drawn [draws], got ${show(potential, "potential")}, ` +
          `${show(totals, "totals")}, ${show(drawn, "drawn")}; sum every row of the potential`,
      );
    }
    if (!(Number.isInteger(place) && place >= 0 && place < size(chosen))) {
      throw new ValueError(
        `cluster/adopt: expected place in 0..${size(chosen) - 1}, got ${place}; chosen has a number for each centre`,
      );
    }
    return {
      outputs: { squares: [n] },
      params: { blocks: n / 4, draws, place },
      grid: grid1d(Math.ceil(n / 256)),
      flops: draws * (n / 4),
    };
  },
);

export const kinds = () => ({ place: required(number) });

export const reference: Reference<typeof clusterAdopt> = (
  { potential, totals, drawn, chosen },
  { place },
) => {
  const n = potential.shape[1] as number;
  const sums = Array.from(totals.data);
  const best = sums.indexOf(Math.min(...sums));
  const next = Float64Array.from(chosen.data);
  next[place] = drawn.data[best] as number;
  return { squares: Array.from(potential.data).slice(best * n, (best + 1) * n), chosen: next };
};

const example = (
  name: string,
  n: number,
  totals: readonly number[],
  place: number,
): Case<typeof clusterAdopt> => ({
  name,
  inputs: {
    potential: [totals.length, n],
    totals: { shape: [totals.length], fill: (t) => totals[t] ?? 0 },
    drawn: { shape: [totals.length], fill: (t) => 7 + 3 * t },
    chosen: { shape: [5], fill: (i) => 100 + i },
  },
  options: { place },
  tolerance: "exact",
});

export const cases: Case<typeof clusterAdopt>[] = [
  example("one draw", 4, [2], 0),
  example("the least of four", 8, [5, 4, 1, 3], 4),
  example("the first of equals", 12, [5, 2, 2, 2], 1),
  example("more blocks than a workgroup has lanes", 264, [3, 4, 0], 2),
];
