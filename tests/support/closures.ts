import * as ops from "../../src/ops/index.ts";
import type { Closure, ClosureOptimizer } from "../../src/optim/index.ts";
import { tensor } from "../../src/tensor/create.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";

export const leaf = (data: readonly number[]): Tensor => tensor([...data], { requiresGrad: true });

/** A closure as users write it: zero the gradients, compute the loss, run backward. */
export function closureOf(optimizer: ClosureOptimizer, loss: () => Tensor): Closure {
  return () => {
    optimizer.zeroGrad();
    const value = loss();
    value.backward();
    return value;
  };
}

/** Rosenbrock's function 100·(y − x²)² + (1 − x)²: minimum 0 at (1, 1). */
export function rosenbrock(x: Tensor, y: Tensor): Tensor {
  const valley = ops.square(ops.sub(y, ops.square(x)));
  const slope = ops.square(ops.affine(x, { factor: -1, shift: 1 }));
  return ops.add(ops.affine(valley, { factor: 100 }), slope);
}

/** Beale's function Σ (c − x + x·yᵏ)² for c = 1.5, 2.25, 2.625: minimum 0 at (3, 0.5). */
export function beale(x: Tensor, y: Tensor): Tensor {
  const term = (c: number, power: Tensor) => ops.square(ops.add(ops.mul(x, ops.add(power, -1)), c));
  const y2 = ops.square(y);
  return ops.add(ops.add(term(1.5, y), term(2.25, y2)), term(2.625, ops.mul(y2, y)));
}
