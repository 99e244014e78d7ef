/** Positive definite systems in float64 on the host. Matrices are row-major [n, n]. */

/**
 * L of A + shift·I = L·Lᵀ; undefined if a pivot is at most `least`, by default 10⁻¹² times its diagonal element. Golub and
 * Van Loan, Matrix Computations, 4th ed., section 4.2.
 */
export function cholesky(
  a: Float64Array,
  n: number,
  least = (i: number): number => 1e-12 * Math.abs(a[i * n + i] as number),
  shift = 0,
): Float64Array<ArrayBuffer> | undefined {
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = (a[i * n + j] as number) + (i === j ? shift : 0);
      for (let k = 0; k < j; k++) sum -= (l[i * n + k] as number) * (l[j * n + k] as number);
      if (i === j && !(sum > least(i))) return undefined;
      l[i * n + j] = i === j ? Math.sqrt(sum) : sum / (l[j * n + j] as number);
    }
  }
  return l;
}

/** Solves L·Lᵀ·x = b for x. */
export function solveCholesky(l: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const n = b.length;
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    let sum = x[i] as number;
    for (let k = 0; k < i; k++) sum -= (l[i * n + k] as number) * (x[k] as number);
    x[i] = sum / (l[i * n + i] as number);
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i] as number;
    for (let k = i + 1; k < n; k++) sum -= (l[k * n + i] as number) * (x[k] as number);
    x[i] = sum / (l[i * n + i] as number);
  }
  return x;
}
