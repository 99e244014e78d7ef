import { solve } from "./quadratic.ts";

/** Logistic regression by Newton steps in float64: returns coefficients, then the intercept if there is one. */
export function logisticInFloat64(
  x: Float32Array,
  y: Float32Array,
  features: number,
  { l2 = 0, intercept = true }: { readonly l2?: number; readonly intercept?: boolean },
): number[] {
  const rows = y.length;
  const n = features + (intercept ? 1 : 0);
  const at = (i: number, j: number) => (j < features ? (x[i * features + j] as number) : 1);
  const penalty = (j: number) => (j < features ? l2 : 0);
  let w = new Array<number>(n).fill(0);
  for (let k = 0; k < 50; k++) {
    const h = Float64Array.from({ length: n * n }, (_, e) =>
      e % (n + 1) ? 0 : penalty(e / (n + 1)),
    );
    const g = w.map((value, j) => penalty(j) * value);
    for (let i = 0; i < rows; i++) {
      const p = 1 / (1 + Math.exp(-w.reduce((sum, value, j) => sum + value * at(i, j), 0)));
      for (let j = 0; j < n; j++) {
        g[j] = (g[j] as number) + ((p - (y[i] as number)) * at(i, j)) / rows;
        for (let m = 0; m < n; m++) {
          h[j * n + m] = (h[j * n + m] as number) + (p * (1 - p) * at(i, j) * at(i, m)) / rows;
        }
      }
    }
    const step = solve(h, g);
    w = w.map((value, j) => value - (step[j] as number));
  }
  return w;
}
