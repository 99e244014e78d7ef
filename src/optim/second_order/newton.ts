import { ShapeError, ValueError } from "../../core/errors.ts";
import { callback } from "../../core/kinds.ts";
import { show } from "../../core/shape.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { transact } from "../../scheduler/transaction.ts";
import { tensor } from "../../tensor/create.ts";
import { scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { parameterList } from "../kinds.ts";
import { ClosureOptimizer } from "./closure_optimizer.ts";
import { solveDamped } from "./damped.ts";
import { type Closure, type StopOptions, stopOptions } from "./evaluation.ts";
import { hessianByDifferences } from "./hessian.ts";
import type { ClosureState } from "./state.ts";
import { combine } from "./vectors.ts";

/** Maximum number of elements: the host solves the system in n³/3 operations. */
const MOST = 512;

/** Options of `Newton`. */
export interface NewtonOptions extends StopOptions {
  /**
   * Returns the Hessian [n, n] of the loss at the current parameters, with elements counted parameter by parameter.
   * Default: fourth-order differences of the closure's gradients, 4·n calls of the closure per iteration.
   */
  readonly hessian?: () => Tensor;
}

/**
 * Newton's method for small problems (n ≤ 512 elements): (H + τ·I)·d = −g solved in float64 on the host, with τ = 0 if H is
 * positive definite, and a strong Wolfe line search that tries the full step first (Nocedal and Wright, 2nd ed., section
 * 3.4). Two submits per iteration besides the function evaluations.
 */
export class Newton extends ClosureOptimizer {
  static readonly signature = /* @__PURE__ */ signature("Newton", {
    parameters: parameterList,
    options: options<NewtonOptions>({ ...stopOptions, hessian: callback }),
  });

  readonly #hessian: (() => Tensor) | undefined;
  /** τ of the last iteration. */
  damping = 0;
  #plain = false;

  /** Throws `ValueError` for invalid options or parameters, and for more than 512 elements. */
  constructor(parameters: readonly Tensor[], given: NewtonOptions = {}) {
    checkArguments(Newton.signature, arguments);
    const { hessian, ...stop } = given;
    super("Newton", parameters, stop, { search: {} });
    this.#hessian = hessian;
    const { count } = this.vector;
    if (count <= MOST) return;
    this.dispose();
    throw new ValueError(
      `Newton: expected at most ${MOST} elements, got ${count}; use BFGS, LBFGS or NonlinearCG`,
    );
  }

  protected override async direction(_: unknown, closure: Closure): Promise<void> {
    if (this.#plain) {
      combine(this.d, this.g, { keep: 0, factor: -1 });
      return;
    }
    const places = this.vector.positions();
    const [h, g] = await Promise.all([this.#read(closure), this.g.read()]);
    const b = Float64Array.from(places, (at) => -(g[at] as number));
    const solved = solveDamped(h, b);
    const data = new Float32Array(this.vector.length);
    places.forEach((at, i) => {
      data[at] = solved ? (solved.x[i] as number) : (b[i] as number);
    });
    this.damping = solved?.damping ?? Infinity;
    scope(() => combine(this.d, tensor(data, { engine: this.vector.engine }), { keep: 0 }));
  }

  protected override firstStep(): number {
    return 1;
  }

  protected override learn(): void {
    this.#plain = false;
  }

  /** Makes the next direction the negative gradient. */
  protected override forget(): void {
    this.#plain = true;
  }

  protected override memory(): ClosureState<Tensor> {
    return { numbers: { plain: this.#plain ? 1 : 0 }, tensors: {} };
  }

  protected override recall({ plain = 0 }: Readonly<Record<string, number>>) {
    this.#plain = plain === 1;
    return {};
  }

  async #read(closure: Closure): Promise<Float64Array> {
    if (!this.#hessian) return hessianByDifferences(this.vector, this.x, closure);
    const { count } = this.vector;
    const hessian = this.#hessian;
    const h = transact(this.vector.engine, () => scope(hessian));
    if (show(h.shape) !== show([count, count])) {
      throw new ShapeError(
        `Newton: expected hessian() to return ${show([count, count])}, got ${show(h.shape, h.name)}; ` +
          "one row for each element of the parameters",
      );
    }
    const read = Float64Array.from(await h.read());
    h.dispose();
    return read;
  }
}
