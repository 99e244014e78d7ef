/** A kernel function of two samples, with all of its parameters. */
export interface KernelFunction {
  /** "linear" x·s, "poly" (γ x·s + coef0)^degree, "rbf" e^(−γ‖x − s‖²), "sigmoid" tanh(γ x·s + coef0). */
  readonly kind: "linear" | "poly" | "rbf" | "sigmoid";
  /** γ; "linear" does not use it. */
  readonly gamma: number;
  /** The constant of "poly" and "sigmoid"; other kinds do not use it. */
  readonly coef0: number;
  /** Exponent of "poly", an integer ≥ 0. */
  readonly degree: number;
}

/** K as a function of x·s, or of ‖x − s‖² for "rbf". */
export const ofSum: Record<
  KernelFunction["kind"],
  (kernel: KernelFunction, sum: number) => number
> = {
  linear: (_, sum) => sum,
  poly: ({ gamma, coef0, degree }, sum) => (gamma * sum + coef0) ** degree,
  rbf: ({ gamma }, sum) => Math.exp(-gamma * sum),
  sigmoid: ({ gamma, coef0 }, sum) => Math.tanh(gamma * sum + coef0),
};

/** K(a, b) in float64 for two samples at offsets in their arrays, with features `stride` apart. */
export function kernelValue(
  kernel: KernelFunction,
  a: { readonly data: ArrayLike<number>; readonly start: number; readonly stride: number },
  b: { readonly data: ArrayLike<number>; readonly start: number; readonly stride: number },
  features: number,
): number {
  let sum = 0;
  for (let c = 0; c < features; c++) {
    const x = a.data[a.start + c * a.stride] as number;
    const s = b.data[b.start + c * b.stride] as number;
    sum += kernel.kind === "rbf" ? (x - s) ** 2 : x * s;
  }
  return ofSum[kernel.kind](kernel, sum);
}
