import { noGrad } from "../../autograd/mode.ts";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { boolean, number } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import { checkedAsync, options } from "../../core/signature.ts";
import { sigmoid } from "../../ops/activation/activation.ts";
import { softplus } from "../../ops/activation/with_options.ts";
import { add, affine, mul, square, sub } from "../../ops/elementwise/elementwise.ts";
import { matmul } from "../../ops/matmul/matmul.ts";
import { mean, sum } from "../../ops/reduce/reduce.ts";
import { ones } from "../../ops/shape/create.ts";
import { reshape } from "../../ops/shape/reshape.ts";
import { concat } from "../../ops/shape/shape.ts";
import { tensor } from "../../tensor/create.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { keep, scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type Report, type StopOptions, stopOptions } from "./evaluation.ts";
import { Newton } from "./newton.ts";

/** Options of `irls`. */
export interface IrlsOptions extends StopOptions {
  /** λ of ½·λ·‖w‖², added to the mean loss; the intercept is not penalised. Default 0. */
  readonly l2?: number;
  /** Whether an intercept is learned. Default true. */
  readonly intercept?: boolean;
}

/** A fitted logistic regression: P(y = 1) = sigmoid(x · w + intercept). */
export interface Irls {
  /** [features], followed by the intercept if there is one; the caller disposes of it. */
  readonly coefficients: Tensor;
  /** How the fit ended. */
  readonly report: Report;
}

/**
 * Binary logistic regression by iteratively reweighted least squares, which is Newton's method with the exact Hessian
 * XᵀWX / n, W = p·(1 − p) (McCullagh and Nelder 1989, section 2.5): x [rows, features], y [rows] of zeros and ones.
 * Throws `ShapeError` for other shapes, `ValueError` for λ < 0 or more than 512 coefficients.
 */
export const irls = /* @__PURE__ */ checkedAsync(
  "irls",
  {
    x: tensorKind,
    y: tensorKind,
    options: options<IrlsOptions>({ ...stopOptions, l2: number, intercept: boolean }),
  },
  fitIrls,
);

async function fitIrls(x: Tensor, y: Tensor, given: IrlsOptions = {}): Promise<Irls> {
  const { l2 = 0, intercept = true, ...stop } = given;
  const [rows = 0] = x.shape;
  if (x.shape.length !== 2 || y.size !== rows || rows === 0) {
    throw new ShapeError(
      `irls: expected x [rows, features] and y [rows], got ${show(x.shape, "x")} and ${show(y.shape, "y")}; ` +
        "one label a row",
    );
  }
  if (!(l2 >= 0)) throw new ValueError(`irls: expected l2 ≥ 0, got ${l2}; 0 is no penalty`);
  const problem = scope(() => new IrlsProblem(x, reshape(y, [rows]), { l2, intercept }));
  const newton = new Newton([problem.w], { hessian: () => problem.hessian(), ...stop });
  await newton.step(() => {
    newton.zeroGrad();
    const loss = problem.loss();
    loss.backward();
    return loss;
  });
  const { report } = newton;
  newton.dispose();
  problem.dispose();
  return { coefficients: problem.w, report: report as Report };
}

/** The data in the form that the loss and its Hessian need. */
class IrlsProblem {
  readonly w: Tensor; // [n]
  readonly #design: Tensor; // [rows, n]
  readonly #labels: Tensor; // [rows]
  readonly #penalty: Tensor; // [n]: λ, and 0 for the intercept
  readonly #ridge: Tensor; // [n, n]: the penalties on the diagonal

  constructor(x: Tensor, y: Tensor, { l2, intercept }: { l2: number; intercept: boolean }) {
    const { engine } = x;
    const [rows = 0, features = 0] = x.shape;
    const n = features + (intercept ? 1 : 0);
    const penalty = Float32Array.from({ length: n }, (_, i) => (i < features ? l2 : 0));
    const ridge = Float32Array.from({ length: n * n }, (_, at) =>
      at % (n + 1) === 0 ? (penalty[at / (n + 1)] as number) : 0,
    );
    this.w = keep(tensor(new Float32Array(n), { engine, requiresGrad: true, name: "w" }));
    this.#design = keep(intercept ? concat([x, ones([rows, 1])], 1) : x.detach());
    this.#labels = keep(y);
    this.#penalty = keep(tensor(penalty, { engine }));
    this.#ridge = keep(tensor(ridge, { shape: [n, n], engine }));
  }

  /** mean(softplus(z) − y·z) + ½·Σ λ·w², for logits z: −y·log p − (1 − y)·log(1 − p) without its overflow. */
  loss(): Tensor {
    const z = matmul(this.#design, this.w);
    const fit = mean(sub(softplus(z), mul(this.#labels, z)));
    return add(fit, affine(sum(mul(this.#penalty, square(this.w))), { factor: 0.5 }));
  }

  /** XᵀWX / rows + λ·I, W = p·(1 − p) */
  hessian(): Tensor {
    return noGrad(() => {
      const [rows = 1] = this.#design.shape;
      const p = sigmoid(matmul(this.#design, this.w));
      const weights = reshape(mul(p, affine(p, { factor: -1, shift: 1 })), [rows, 1]);
      const product = matmul(this.#design, mul(this.#design, weights), { transposeA: true });
      return add(affine(product, { factor: 1 / rows }), this.#ridge);
    });
  }

  /** Frees everything except w. */
  dispose(): void {
    for (const owned of [this.#design, this.#labels, this.#penalty, this.#ridge]) owned.dispose();
  }
}
