import type shader from "#shaders/elementwise/unary.wgsl";

/** Names of the files in shaders/elementwise/unary_op. */
export type UnaryOp = NonNullable<typeof shader.signature>["slots"]["op"];

/** The float64 twins of shaders/elementwise/unary_op: value and derivative. The type makes the table complete. */
export const unaryOps: Readonly<
  Record<UnaryOp, { value: (x: number) => number; grad: (x: number) => number }>
> = {
  neg: { value: (x) => -x, grad: () => -1 },
  abs: { value: Math.abs, grad: Math.sign },
  exp: { value: Math.exp, grad: Math.exp },
  log: { value: Math.log, grad: (x) => 1 / x },
  sqrt: { value: Math.sqrt, grad: (x) => 0.5 / Math.sqrt(x) },
  square: { value: (x) => x * x, grad: (x) => 2 * x },
  reciprocal: { value: (x) => 1 / x, grad: (x) => -1 / (x * x) },
  sin: { value: Math.sin, grad: Math.cos },
  cos: { value: Math.cos, grad: (x) => -Math.sin(x) },
};
