import { ValueError } from "../../core/errors.ts";
import { number } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import type { FitOptions } from "../fit_options.ts";
import { checkFit, choice } from "../kinds.ts";
import { FittedLinear, loadLinear, type SavedLinear } from "../linear_model/fitted_linear.ts";
import { minimise } from "../linear_model/minimise.ts";
import { type FitWeights, readWeights } from "../sample_weight.ts";
import { readMatrix, readTargets, type Samples, type Targets } from "../samples.ts";
import {
  checkLinearMachine,
  type LinearMachineOptions,
  linearMachineKinds,
  solveLinear,
} from "./linear_options.ts";
import { PrimalProblem } from "./primal.ts";
import { regressionDual } from "./svr.ts";

export interface LinearSVROptions extends LinearMachineOptions {
  /** Half the width of the tube in which errors cost nothing, ≥ 0. Default 0. */
  readonly epsilon?: number;
  /** "epsilonInsensitive" (|error| − ε)₊ or "squaredEpsilonInsensitive", its square. Default "epsilonInsensitive". */
  readonly loss?: "epsilonInsensitive" | "squaredEpsilonInsensitive";
}

/**
 * Linear support vector regression: w of least ½‖w‖² + C·Σ loss. The squared loss is made small in the primal by L-BFGS, with
 * losses and slopes from the GPU; the other one through its dual, as `SVR`'s.
 * The penalty counts features by their units: `StandardScaler` makes them alike.
 * X is shifted and scaled in float64, then f32 where the GPU computes: the rule at the head of `ml/samples.ts`, unchecked.
 */
export class LinearSVR {
  static readonly signature = /* @__PURE__ */ signature("LinearSVR", {
    options: options<LinearSVROptions>({
      ...linearMachineKinds,
      epsilon: number,
      loss: choice("epsilonInsensitive", "squaredEpsilonInsensitive"),
    }),
  });

  readonly #options: Required<LinearSVROptions>;

  constructor(options: LinearSVROptions = {}) {
    checkArguments(LinearSVR.signature, arguments);
    const { C = 1, fitIntercept = true, tol = 1e-4, maxIter = 1000 } = options;
    const { epsilon = 0, loss = "epsilonInsensitive" } = options;
    this.#options = { C, fitIntercept, tol, maxIter, epsilon, loss };
    if (!(epsilon >= 0 && Number.isFinite(epsilon))) {
      throw new ValueError(`LinearSVR: expected epsilon ≥ 0, got ${epsilon}; the default is 0`);
    }
    checkLinearMachine("LinearSVR", this.#options, loss === "squaredEpsilonInsensitive");
  }

  /** Throws `ShapeError` and `ValueError` for data that do not fit. */
  async fit(X: Samples, y: Targets, options: FitWeights & FitOptions = {}): Promise<FittedLinear> {
    checkFit("LinearSVR", arguments);
    const { sampleWeight, ...between } = options;
    between.signal?.throwIfAborted();
    const who = "LinearSVR";
    const matrix = await readMatrix(who, X);
    const targets = await readTargets(who, y, matrix.samples);
    const weights = await readWeights(who, sampleWeight, matrix.samples);
    const { C, fitIntercept, tol, maxIter, epsilon, loss } = this.#options;
    if (loss === "epsilonInsensitive") {
      const dual = regressionDual(targets, weights, C, epsilon);
      const found = await solveLinear(matrix, dual, { tol, maxIter: -1, ...between });
      return linear(found);
    }
    const miss = { kind: "tube", epsilon } as const;
    const problem = new PrimalProblem(matrix, Float32Array.from(targets), weights, {
      miss,
      C,
      fitIntercept,
    });
    try {
      const l1 = new Float64Array(problem.size);
      const found = await minimise(problem, { maxIter, tol, l1, ...between });
      const { coef, intercept, shift } = problem.inUnits(found.v);
      return linear({ ...found, coef, intercept: intercept[0] as number, shift });
    } finally {
      problem.dispose();
    }
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedLinear): FittedLinear {
    return loadLinear("LinearSVR", saved);
  }
}

interface Found {
  readonly coef: Iterable<number>;
  readonly intercept: number;
  readonly shift: Iterable<number>;
  readonly nIter: number;
  readonly converged: boolean;
}

const linear = ({ coef, intercept, shift, nIter, converged }: Found) =>
  new FittedLinear("LinearSVR", {
    ...{ coef: [...coef], intercept, shift: [...shift], nIter, converged },
    dualGap: 0,
  });
