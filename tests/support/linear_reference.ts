/** Float64 solvers on the host that share no code with the library. X is stored by rows [n, d]. */
export interface Data {
  readonly data: ArrayLike<number>;
  readonly shape: readonly [number, number];
}

const at = (a: ArrayLike<number>, i: number) => a[i] as number;

/** Solves A·x = b by elimination with full pivoting. */
export function eliminate(matrix: readonly (readonly number[])[], b: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, at(b, i)]);
  const n = rows.length;
  const row = (i: number) => rows[i] as number[];
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k; i < n; i++) if (Math.abs(at(row(i), k)) > Math.abs(at(row(best), k))) best = i;
    [rows[k], rows[best]] = [row(best), row(k)];
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const share = at(row(i), k) / at(row(k), k);
      for (let j = k; j <= n; j++) row(i)[j] = at(row(i), j) - share * at(row(k), j);
    }
  }
  return rows.map((r, i) => at(r, n) / at(r, i));
}

/** Standardised columns, with their means and deviations. */
export function standardised(
  { data, shape: [n, d] }: Data,
  weights = new Array<number>(n).fill(1),
) {
  const total = weights.reduce((a, b) => a + b, 0);
  const over = (f: (i: number, c: number) => number) =>
    Array.from({ length: d }, (_, c) => weights.reduce((s, w, i) => s + w * f(i, c), 0) / total);
  const first = Array.from({ length: d }, (_, c) => at(data, c));
  const mean = over((i, c) => at(data, i * d + c) - at(first, c)).map((m, c) => m + at(first, c));
  const std = over((i, c) => (at(data, i * d + c) - at(mean, c)) ** 2).map(
    (v) => Math.sqrt(v) || 1,
  );
  const z = Array.from({ length: n }, (_, i) =>
    Array.from({ length: d }, (_, c) => (at(data, i * d + c) - at(mean, c)) / at(std, c)),
  );
  return { z, mean, std };
}

/** Ridge regression (alpha 0: least squares) by the normal equations of the standardised columns. */
export function ridgeReference(
  X: Data,
  y: ArrayLike<number>,
  alpha: number,
  weights = new Array<number>(X.shape[0]).fill(1),
) {
  const { z, mean, std } = standardised(X, weights);
  const total = weights.reduce((a, b) => a + b, 0);
  const yMean = weights.reduce((s, w, i) => s + (w * at(y, i)) / total, 0);
  const a = std.map((s, i) =>
    std.map(
      (_, j) =>
        z.reduce((sum, r, k) => sum + at(weights, k) * at(r, i) * at(r, j), 0) +
        (i === j ? alpha / s ** 2 : 0),
    ),
  );
  const b = std.map((_, i) =>
    z.reduce((sum, r, k) => sum + at(weights, k) * at(r, i) * (at(y, k) - yMean), 0),
  );
  const coef = eliminate(a, b).map((v, i) => v / at(std, i));
  return { coef, intercept: coef.reduce((s, w, c) => s - w * at(mean, c), yMean) };
}

/** Elastic net by coordinate descent on residuals, to full float64 accuracy. */
export function elasticReference(
  X: Data,
  y: ArrayLike<number>,
  { alpha, l1Ratio }: { alpha: number; l1Ratio: number },
  sweeps = 3000,
) {
  const { z, mean, std } = standardised(X);
  const [n, d] = X.shape;
  const yMean = Array.from(y).reduce((s, v) => s + v / n, 0);
  const v = new Array<number>(d).fill(0); // of the standardised columns
  const r = Array.from(y, (value) => value - yMean);
  for (let k = 0; k < sweeps; k++) {
    for (let c = 0; c < d; c++) {
      const norm = z.reduce((s, row) => s + at(row, c) ** 2, 0) / n;
      if (norm === 0) continue;
      const rho = z.reduce((s, row, i) => s + at(row, c) * at(r, i), 0) / n + norm * at(v, c);
      const l1 = (alpha * l1Ratio) / at(std, c);
      const size = Math.max(Math.abs(rho) - l1, 0);
      const next = (Math.sign(rho) * size) / (norm + (alpha * (1 - l1Ratio)) / at(std, c) ** 2);
      const step = next - at(v, c);
      if (step === 0) continue;
      v[c] = next;
      z.forEach((row, i) => {
        r[i] = at(r, i) - step * at(row, c);
      });
    }
  }
  const coef = v.map((value, c) => value / at(std, c));
  return { coef, intercept: coef.reduce((s, w, c) => s - w * at(mean, c), yMean) };
}
