import { permutation, seeded } from "../../core/rng.ts";
import type { KernelFunction } from "../../kernels/svm/kernel_function.ts";
import { type HostMatrix, rowsOf } from "../samples.ts";
import type { Dual } from "./dual.ts";
import { valuesAt } from "./expansion.ts";
import { coupled, type PlattSigmoid, probabilityOf, sigmoidOf } from "./platt.ts";
import type { Side } from "./sides.ts";
import type { Machine } from "./solve.ts";
import type { Trainer } from "./trainer.ts";

const FOLDS = 5;

/** The sigmoid of a machine, from decisions of held-out samples in five folds, as in libsvm. */
export async function crossSigmoid(
  trainer: Trainer,
  { matrix, kernel }: { readonly matrix: HostMatrix; readonly kernel: KernelFunction },
  dual: Dual,
  rows: readonly number[],
  randomState: number,
): Promise<PlattSigmoid> {
  const order = permutation(rows.length, seeded(randomState));
  const decisions = new Float64Array(rows.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const [from, to] = [0, 1].map((k) => Math.floor(((fold + k) * rows.length) / FOLDS));
    const held = Array.from(order.slice(from, to));
    const others = [...Array.from(order.slice(0, from)), ...Array.from(order.slice(to))];
    const named = (places: readonly number[]) => places.map((at) => rows[at] as number);
    const machine =
      (await oneSide(dual, others)) ?? (await trainer.solve(partOf(dual, others), named(others)));
    const values = await decisionsOf(machine, { matrix, kernel }, named(held));
    held.forEach((at, i) => {
      decisions[at] = values[i] as number;
    });
  }
  return sigmoidOf(
    decisions,
    Array.from(dual.sign, (s) => s > 0),
  );
}

type Constant = Pick<Machine, "coef" | "intercept">;

/** A constant decision where all samples are on one side: that side's sign, or 0 without samples. */
function oneSide({ sign }: Dual, places: readonly number[]): Constant | undefined {
  const sides = new Set(places.map((at) => sign[at] as number));
  if (sides.size > 1) return undefined;
  return { coef: new Float64Array(), intercept: [...sides][0] ?? 0 };
}

const partOf = ({ sign, p, C }: Dual, places: readonly number[]): Dual => ({
  sign: Int8Array.from(places, (at) => sign[at] as number),
  row: Uint32Array.from(places.keys()),
  p: Float64Array.from(places, (at) => p[at] as number),
  C: Float64Array.from(places, (at) => C[at] as number),
});

function decisionsOf(
  { coef, intercept }: Constant,
  { matrix, kernel }: { readonly matrix: HostMatrix; readonly kernel: KernelFunction },
  held: readonly number[],
): Promise<Float64Array> {
  const support = Array.from(coef.keys()).filter((i) => coef[i] !== 0);
  const asked = rowsOf(matrix, held).data;
  return valuesAt(
    {
      kernel,
      features: matrix.features,
      vectors: rowsOf(matrix, support).data,
      coef: Float64Array.from(support, (i) => coef[i] as number),
      intercept: Float64Array.of(intercept),
    },
    { ...matrix, host: asked, samples: held.length },
  );
}

/** Minimum distance of pairs' probabilities from 0 and 1, as in libsvm. */
const LEAST = 1e-7;

/** `[classes]`: probabilities from the decisions of one sample, [machines]. */
export function probabilitiesOf(
  decisions: Float64Array,
  sides: readonly Side[],
  sigmoids: readonly PlattSigmoid[],
  classes: number,
): Float64Array {
  const each = decisions.map((f, m) => probabilityOf(sigmoids[m] as PlattSigmoid, f));
  if (sides.some(({ negative }) => negative === undefined)) {
    const total = each.reduce((a, b) => a + b, 0);
    return each.map((p) => (total > 0 ? p / total : 1 / classes));
  }
  const pairs = each.map((p) => Math.min(Math.max(p, LEAST), 1 - LEAST));
  if (classes === 2) return Float64Array.of(1 - (pairs[0] as number), pairs[0] as number);
  const r = new Float64Array(classes * classes);
  sides.forEach(({ positive, negative = 0 }, m) => {
    r[positive * classes + negative] = pairs[m] as number;
    r[negative * classes + positive] = 1 - (pairs[m] as number);
  });
  return coupled(r, classes);
}
