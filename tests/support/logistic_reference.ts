import { type Data, standardised } from "./linear_reference.ts";

/** C · Σ weight · log-loss + l1·‖w‖₁ + ½·l2·‖w‖², with w in the features' own units. */
export interface LogisticTask {
  readonly C: number;
  readonly l1: number;
  readonly l2: number;
  readonly weights?: readonly number[];
}

const at = (a: ArrayLike<number>, i: number) => a[i] as number;

/**
 * Logistic regression in float64 by proximal Newton steps: coordinate descent minimises each quadratic model, and steps
 * are halved until the objective falls. Returns coefficients of the standardised columns, [outputs][features]: in these
 * units differences between coefficients are comparable.
 */
export function logisticReference(
  X: Data,
  y: ArrayLike<number>,
  { C, l1, l2, weights = Array.from(y, () => 1) }: LogisticTask,
  rounds = 25,
) {
  const d = X.shape[1];
  const { z, std } = standardised(X);
  const rows = z.map((row) => [...row, 1]);
  const classes = [...new Set(Array.from(y))].sort((a, b) => a - b);
  const outputs = classes.length === 2 ? 1 : classes.length;
  const p = d + 1;
  const size = outputs * p;
  const penalty = (strength: number, power: number) =>
    Array.from({ length: size }, (_, i) => (i % p === d ? 0 : strength / at(std, i % p) ** power));
  const [lasso, ridge] = [penalty(l1, 1), penalty(l2, 2)];
  const task = { rows, y, classes, weights, C, outputs };
  const whole = (v: readonly number[]) =>
    v.reduce(
      (sum, x, i) => sum + at(lasso, i) * Math.abs(x) + (at(ridge, i) * x * x) / 2,
      moments(v, task).loss,
    );
  let v = new Array<number>(size).fill(0);
  for (let round = 0; round < rounds; round++) {
    const { gradient, hessian } = moments(v, task);
    const aim = descend(v, gradient, hessian, lasso, ridge);
    const before = whole(v);
    let length = 1;
    const along = () => v.map((x, i) => x + length * (at(aim, i) - x));
    while (length > 1e-9 && !(whole(along()) <= before)) length /= 2;
    v = along();
  }
  return { std, coef: Array.from({ length: outputs }, (_, k) => v.slice(k * p, k * p + d)) };
}

interface Task {
  readonly rows: readonly (readonly number[])[];
  readonly y: ArrayLike<number>;
  readonly classes: readonly number[];
  readonly weights: readonly number[];
  readonly C: number;
  readonly outputs: number;
}

/** C · Σ weight · log-loss with its first and second derivatives. */
function moments(v: readonly number[], { rows, y, classes, weights, C, outputs }: Task) {
  const size = v.length;
  const p = size / outputs;
  const gradient = new Array<number>(size).fill(0);
  const hessian = gradient.map(() => new Array<number>(size).fill(0));
  let loss = 0;
  rows.forEach((row, i) => {
    const logits = Array.from({ length: outputs }, (_, k) =>
      row.reduce((sum, value, c) => sum + value * at(v, k * p + c), 0),
    );
    const all = outputs === 1 ? [0, ...logits] : logits;
    const most = Math.max(...all);
    const total = all.reduce((sum, s) => sum + Math.exp(s - most), 0);
    const share = all.map((s) => Math.exp(s - most) / total).slice(-outputs);
    const own = classes.indexOf(y[i] as number);
    const weight = C * at(weights, i);
    loss += weight * (most + Math.log(total) - at(all, own));
    share.forEach((a, k) => {
      const is = Number((outputs === 1 ? own - 1 : own) === k);
      row.forEach((value, c) => {
        gradient[k * p + c] = at(gradient, k * p + c) + weight * (a - is) * value;
        share.forEach((b, m) => {
          const curvature = weight * (a * Number(k === m) - a * b) * value;
          const line = hessian[k * p + c] as number[];
          row.forEach((other, e) => {
            line[m * p + e] = at(line, m * p + e) + curvature * other;
          });
        });
      });
    });
  });
  return { loss, gradient, hessian };
}

/** Minimises g·δ + ½·δᵀHδ + Σ lasso·|x| + ½·Σ ridge·x² for x = v + δ. */
function descend(
  v: readonly number[],
  gradient: readonly number[],
  hessian: readonly (readonly number[])[],
  lasso: readonly number[],
  ridge: readonly number[],
): number[] {
  const x = [...v];
  const slope = [...gradient]; // g + H·δ
  for (let sweep = 0, moved = 1; sweep < 5000 && moved > 1e-13; sweep++) {
    moved = 0;
    for (let j = 0; j < x.length; j++) {
      const line = hessian[j] as readonly number[];
      const curvature = at(line, j) + at(ridge, j) + 1e-12;
      const before = at(x, j);
      const free = at(line, j) * before + 1e-12 * before - at(slope, j);
      const after = (Math.sign(free) * Math.max(0, Math.abs(free) - at(lasso, j))) / curvature;
      moved = Math.max(moved, Math.abs(after - before));
      x[j] = after;
      for (let i = 0; i < x.length; i++) slope[i] = at(slope, i) + (after - before) * at(line, i);
    }
  }
  return x;
}
