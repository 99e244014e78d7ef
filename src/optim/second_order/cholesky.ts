/** Share of a matrix' largest element that a pivot must exceed, and that is first added to a diagonal that fails. */
const LEAST_PIVOT = 1e-7;
const FIRST_SHIFT = 1e-3;

/** L of A = L·Lᵀ, row by row, of A + shift·I [n, n]; undefined if that is not positive definite. */
function factor(a: Float64Array, n: number, shift: number, least: number) {
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = (a[i * n + j] as number) + (i === j ? shift : 0);
      for (let k = 0; k < j; k++) sum -= (l[i * n + k] as number) * (l[j * n + k] as number);
      if (i === j && !(sum > least)) return undefined;
      l[i * n + j] = i === j ? Math.sqrt(sum) : sum / (l[j * n + j] as number);
    }
  }
  return l;
}

/**
 * x of (A + τ·I)·x = b in float64, for a symmetric A [n, n], with the first τ of 0, then 10⁻³ of A's largest element and
 * its doublings for which the matrix is positive definite: Nocedal and Wright (2nd ed.), algorithm 3.3. Undefined where A
 * has elements that are not finite.
 */
export function solveDamped(
  a: Float64Array,
  b: Float64Array,
): { readonly x: Float64Array; readonly damping: number } | undefined {
  const n = b.length;
  const scale = a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!Number.isFinite(scale)) return undefined;
  const step = FIRST_SHIFT * (scale || 1);
  const lowest = a.reduce(
    (low, value, at) => (at % (n + 1) === 0 ? Math.min(low, value) : low),
    1e300,
  );
  let damping = lowest > 0 ? 0 : step - lowest;
  for (;;) {
    const l = factor(a, n, damping, LEAST_PIVOT * scale);
    if (l) return { x: substitute(l, b), damping };
    damping = Math.max(2 * damping, step);
  }
}

/** x of L·Lᵀ·x = b. */
function substitute(l: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++)
      x[i] = (x[i] as number) - (l[i * n + k] as number) * (x[k] as number);
    x[i] = (x[i] as number) / (l[i * n + i] as number);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) {
      x[i] = (x[i] as number) - (l[k * n + i] as number) * (x[k] as number);
    }
    x[i] = (x[i] as number) / (l[i * n + i] as number);
  }
  return x;
}
