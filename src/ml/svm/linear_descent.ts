import { permutation, seeded } from "../../core/rng.ts";
import { betweenRounds } from "../fit_options.ts";
import { Pauses } from "../pause.ts";
import type { HostMatrix } from "../samples.ts";
import type { Dual } from "./dual.ts";
import type { SolveOptions } from "./solve.ts";

/** Count of numbers processed between two turns of the event loop. */
const TURN_AFTER = 2 ** 20;

/**
 * The dual of a machine with penalty ½‖w‖² + ½·(b/scaling)² by coordinate descent (Hsieh et al. 2008), in float64 on the
 * host: passes over all variables, each in a new random order, until no variable can gain more than `tol`, or at most
 * `maxIter` passes. `scaling` 0: no b.
 */
export async function dualDescent(
  { host, features: d }: HostMatrix,
  { sign, row, p, C }: Dual,
  scaling: number,
  { tol, maxIter, ...between }: SolveOptions,
) {
  const coef = new Float64Array(d);
  const alpha = new Float64Array(p.length);
  const pauses = new Pauses();
  const random = seeded(0);
  const often = Math.max(1, Math.floor(TURN_AFTER / d));
  let intercept = 0;
  const visit = (i: number): number => {
    const at = (row[i] as number) * d;
    let [f, square] = [intercept, scaling * scaling];
    for (let c = 0; c < d; c++) {
      const x = host[at + c] as number;
      f += (coef[c] as number) * x;
      square += x * x;
    }
    const [own, price, s] = [alpha[i] as number, C[i] as number, sign[i] as number];
    const slope = s * f + (p[i] as number);
    const next = Math.max(0, Math.min(price, square > 0 ? own - slope / square : own));
    const by = s * (next - own);
    alpha[i] = next;
    for (let c = 0; by !== 0 && c < d; c++)
      coef[c] = (coef[c] as number) + by * (host[at + c] as number);
    intercept += by * scaling * scaling;
    if (own === 0) return Math.max(0, -slope);
    return own === price ? Math.max(0, slope) : Math.abs(slope);
  };
  for (let nIter = 1; ; nIter++) {
    let worst = 0;
    for (const [k, i] of permutation(p.length, random).entries()) {
      if ((C[i] as number) > 0) worst = Math.max(worst, visit(i));
      if (k % often === 0) {
        await pauses.turn();
        between.signal?.throwIfAborted();
      }
    }
    const converged = worst <= tol;
    if (converged || nIter >= maxIter) return { coef: [...coef], intercept, nIter, converged };
    await betweenRounds(between, { iteration: nIter, maxIterations: maxIter, value: worst });
  }
}
