import { checkArguments, options, signature } from "../../core/signature.ts";
import { vectorRankTwo as rankTwo } from "../../kernels/vector/rank_two.ts";
import { matmul } from "../../ops/matmul/matmul.ts";
import { tensor } from "../../tensor/create.ts";
import { run } from "../../tensor/run.ts";
import { keep, scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { parameterList } from "../kinds.ts";
import { ClosureOptimizer } from "./closure_optimizer.ts";
import { type LossEvaluation, type StopOptions, stopOptions } from "./evaluation.ts";
import type { ClosureState } from "./state.ts";
import { combine, difference, dotTo } from "./vectors.ts";

/** Indices into `curvature`, as kernel vector/rank_two reads them. */
const [RHO, YU, GAMMA, YS] = [0, 1, 2, 3] as const;

/**
 * BFGS with strong Wolfe line search (Nocedal and Wright, 2nd ed., algorithm 6.1): the inverse Hessian, [n, n] for n
 * elements of the parameters with their padding to multiples of 64, stays on the GPU. Initially it is γ·I with γ = yᵀs /
 * yᵀy of the first pair. Memory: 4 · n² bytes, so use it for n up to a few thousand, and LBFGS above.
 */
export class BFGS extends ClosureOptimizer {
  static readonly signature = /* @__PURE__ */ signature("BFGS", {
    parameters: parameterList,
    options: options<StopOptions>(stopOptions),
  });

  readonly #h: Tensor; // [n, n]
  readonly #s: Tensor;
  readonly #y: Tensor;
  readonly #u: Tensor;
  readonly #curvature: Tensor; // [4]: ρ, yᵀu, γ, yᵀs
  #learned = 0;

  /** Throws `ValueError` for invalid options or parameters, `LimitError` if the inverse Hessian is too large to bind. */
  constructor(parameters: readonly Tensor[], stop: StopOptions = {}) {
    checkArguments(BFGS.signature, arguments);
    super("BFGS", parameters, stop, { search: {} });
    const { engine, length } = this.vector;
    engine.gpu.checkFits("BFGS: inverse Hessian", [length, length]);
    const h = new Float32Array(length * length);
    this.#h = keep(tensor(h, { shape: [length, length], engine, name: "h" }));
    this.#curvature = keep(tensor(new Float32Array(4).fill(1), { engine, name: "curvature" }));
    const made = ["s", "y", "u"].map((name) => this.vector.zeros(name));
    [this.#s, this.#y, this.#u] = made as [Tensor, Tensor, Tensor];
  }

  override dispose(): void {
    super.dispose();
    for (const owned of [this.#h, this.#s, this.#y, this.#u, this.#curvature]) owned.dispose();
  }

  protected override direction(): void {
    scope(() => {
      const hg = this.#learned === 0 ? this.g : matmul(this.#h, this.g);
      combine(this.d, hg, { keep: 0, factor: -1 });
    });
  }

  protected override firstStep({ absSum }: LossEvaluation): number {
    return this.#learned === 0 ? Math.min(1, 1 / absSum) : 1;
  }

  protected override learn(): void {
    const scalars = this.#curvature;
    const [s, y, u] = [this.#s, this.#y, this.#u];
    const fresh = this.#learned++ === 0;
    difference(s, this.nextX, this.x);
    difference(y, this.nextG, this.g);
    dotTo(scalars, y, s, { to: YS }, { to: RHO, finish: "inverse" });
    if (fresh) {
      dotTo(scalars, y, y, { to: GAMMA, finish: "quotient", a: YS, b: GAMMA });
      combine(u, y, { keep: 0, scaled: "factor", scalars, at: GAMMA });
    } else {
      scope(() => combine(u, matmul(this.#h, y), { keep: 0 }));
    }
    dotTo(scalars, y, u, { to: YU });
    run(rankTwo, { h: this.#h, s, u, scalars }, { fresh });
  }

  protected override forget(): void {
    this.#learned = 0;
  }

  protected override memory(): ClosureState<Tensor> {
    return { numbers: { learned: this.#learned }, tensors: this.#tensors() };
  }

  protected override recall({ learned = 0 }: Readonly<Record<string, number>>) {
    this.#learned = learned;
    return this.#tensors();
  }

  #tensors(): Record<string, Tensor> {
    return { h: this.#h, curvature: this.#curvature };
  }
}
