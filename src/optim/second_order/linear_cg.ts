import { ShapeError, ValueError } from "../../core/errors.ts";
import { callback, number } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import { checkedAsync, describe, options } from "../../core/signature.ts";
import { tensor } from "../../tensor/create.ts";
import { isTensor, tensorKind } from "../../tensor/kinds.ts";
import { keep, scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { combine, dotTo, put } from "./vectors.ts";

/** Options of `conjugateGradient`. */
export interface ConjugateGradientOptions {
  /** Initial x; default zeros. */
  readonly x0?: Tensor;
  /** Maximum number of iterations. Default 10 · n, as SciPy. */
  readonly maxIter?: number;
  /** Ends when ‖b − A·x‖ ≤ tol · ‖b‖; default 1e-5, as SciPy. */
  readonly tol?: number;
  /** Iterations queued between two readbacks of the residual; default 10. */
  readonly checkEvery?: number;
}

/** Result of `conjugateGradient`. */
export interface ConjugateGradientResult {
  /** The solution, of b's shape; the caller disposes of it. */
  readonly x: Tensor;
  /** Number of products with A until x no longer changed. */
  readonly iterations: number;
  /** ‖b − A·x‖ from the recurrence. */
  readonly residual: number;
  /** Whether ‖b − A·x‖ reached tol · ‖b‖. */
  readonly converged: boolean;
}

/** Indices into `scalars`: rᵀr, the value at which it stops, α, β; then rᵀr after every iteration since the last readback. */
const [RR, LIMIT, ALPHA, BETA, HISTORY] = [0, 1, 2, 3, 4] as const;

/**
 * Solves A·x = b for a symmetric positive definite A given as `applyA(p)` = A·p (Nocedal and Wright, 2nd ed., algorithm
 * 5.2). Coefficients stay on the GPU; once the residual is small enough x no longer changes, so the interval between
 * readbacks does not affect the result. Throws `ShapeError` for sizes that do not fit and `ValueError` for invalid options.
 */
export const conjugateGradient = /* @__PURE__ */ checkedAsync(
  "conjugateGradient",
  {
    applyA: callback,
    b: tensorKind,
    options: options<ConjugateGradientOptions>({
      x0: tensorKind,
      maxIter: number,
      tol: number,
      checkEvery: number,
    }),
  },
  solve,
);

async function solve(
  applyA: (p: Tensor) => Tensor,
  b: Tensor,
  given: ConjugateGradientOptions = {},
): Promise<ConjugateGradientResult> {
  const { x0, maxIter = 10 * b.size, tol = 1e-5, checkEvery = 10 } = given;
  check(b, given);
  const { engine, shape } = b;
  const vector = (name: string) => keep(tensor(new Float32Array(b.size), { shape, engine, name }));
  const [x, r, p] = [vector("x"), vector("r"), vector("p")];
  scope(() => {
    combine(r, b, { keep: 0 });
    if (!x0) return;
    combine(x, x0, { keep: 0 });
    combine(r, product(applyA, x), { factor: -1 });
  });
  combine(p, r, { keep: 0 });
  const scalars = keep(tensor(new Float32Array(HISTORY + checkEvery), { engine, name: "scalars" }));
  dotTo(scalars, r, r, { to: RR });
  dotTo(scalars, b, b, { to: LIMIT });
  const [rr = 0, bb = 0] = await scalars.read();
  const limit = Math.fround(tol * tol * bb);
  scope(() => put(scalars, tensor(new Float32Array([limit]), { engine }), LIMIT));
  let residual = rr;
  let iterations = 0;
  while (residual > limit && iterations < maxIter) {
    const steps = Math.min(checkEvery, maxIter - iterations);
    for (let k = 0; k < steps; k++) scope(() => iterate(applyA, { x, r, p, scalars }, HISTORY + k));
    const history = (await scalars.read()).slice(HISTORY, HISTORY + steps);
    const end = history.findIndex((value) => !(value > limit));
    iterations += end < 0 ? steps : end + 1;
    residual = history[end < 0 ? steps - 1 : end] as number;
  }
  for (const owned of [r, p, scalars]) owned.dispose();
  return { x, iterations, residual: Math.sqrt(residual), converged: residual <= limit };
}

interface Vectors {
  readonly x: Tensor;
  readonly r: Tensor;
  readonly p: Tensor;
  readonly scalars: Tensor;
}

/** x ← x + α·p, r ← r − α·A·p, p ← r + β·p; rᵀr is also written to index `at`. */
function iterate(applyA: (p: Tensor) => Tensor, { x, r, p, scalars }: Vectors, at: number): void {
  const ap = product(applyA, p);
  dotTo(scalars, p, ap, { to: ALPHA, finish: "step", a: RR, b: LIMIT });
  combine(x, p, { scaled: "factor", scalars, at: ALPHA });
  combine(r, ap, { factor: -1, scaled: "factor", scalars, at: ALPHA });
  dotTo(scalars, r, r, { to: BETA, finish: "share", a: RR }, { to: RR }, { to: at });
  combine(p, r, { scaled: "keep", scalars, at: BETA });
}

function product(applyA: (p: Tensor) => Tensor, p: Tensor): Tensor {
  const ap = applyA(p);
  if (!isTensor(ap)) {
    throw new ValueError(
      `conjugateGradient: expected applyA to return a tensor, got ${describe(ap)}; it returns A·p`,
    );
  }
  if (ap.size === p.size) return ap;
  throw new ShapeError(
    `conjugateGradient: expected applyA to return ${show(p.shape)}, got ${show(ap.shape, ap.name)}; ` +
      "A is square",
  );
}

function check(b: Tensor, { x0, maxIter = 1, tol = 0, checkEvery = 1 }: ConjugateGradientOptions) {
  if (x0 && x0.size !== b.size) {
    throw new ShapeError(
      `conjugateGradient: expected x0 ${show(b.shape)}, got ${show(x0.shape, x0.name)}; it has the size of b`,
    );
  }
  if (maxIter >= 1 && tol >= 0 && Number.isInteger(checkEvery) && checkEvery >= 1) return;
  throw new ValueError(
    `conjugateGradient: expected maxIter ≥ 1, tol ≥ 0 and checkEvery an integer ≥ 1, got ${maxIter}, ${tol} and ` +
      `${checkEvery}; leave them out for the defaults`,
  );
}
