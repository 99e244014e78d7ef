import type shader from "#shaders/elementwise/unary.wgsl";
import { normalCdf } from "./normal.ts";

/** Names of the files in shaders/elementwise/unary_op. */
export type UnaryOp = NonNullable<typeof shader.signature>["slots"]["op"];

const flat = () => 0;

/** All of shaders/elementwise/unary_op in float64: value and derivative. The type requires an entry for each file. */
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
  rsqrt: { value: (x) => 1 / Math.sqrt(x), grad: (x) => -0.5 / (x * Math.sqrt(x)) },
  log1p: { value: Math.log1p, grad: (x) => 1 / (1 + x) },
  expm1: { value: Math.expm1, grad: Math.exp },
  erf: { value: erf, grad: (x) => (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) },
  sign: { value: (x) => Math.sign(x) || 0, grad: flat },
  round: { value: toEven, grad: flat },
  floor: { value: Math.floor, grad: flat },
  ceil: { value: Math.ceil, grad: flat },
  trunc: { value: Math.trunc, grad: flat },
  isnan: { value: (x) => (Number.isNaN(x) ? 1 : 0), grad: flat },
  isfinite: { value: (x) => (Number.isFinite(x) ? 1 : 0), grad: flat },
};

/** Rounds to the nearest integer, ties to even. */
function toEven(x: number): number {
  const low = Math.floor(x);
  const above = x - low;
  if (above === 0.5) return low % 2 === 0 ? low : low + 1;
  return above < 0.5 ? low : Math.ceil(x);
}

/** erf(x) = 2Φ(√2·x) − 1; near 0 by its Taylor series, which avoids cancellation. */
function erf(x: number): number {
  if (!(Math.abs(x) < 1)) return 2 * normalCdf(Math.SQRT2 * x) - 1;
  let term = x;
  let sum = x;
  for (let n = 1; n < 40; n++) {
    term *= -(x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}
