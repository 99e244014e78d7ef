import { boolean, integer } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import type { ClassWeight } from "../class_weight.ts";
import type { FitControl } from "../fit_options.ts";
import { checkFit, choice, classWeight, labels as labelsKind } from "../kinds.ts";
import type { IndexedLabels, Label, LabelInput, LabelKind } from "../labels.ts";
import { framed } from "../points.ts";
import { type FitWeights, readWeighted } from "../sample_weight.ts";
import { type HostMatrix, readMatrix, rowsOf, type Samples } from "../samples.ts";
import { checkSaved, pack } from "../saved.ts";
import { Unfitted } from "../unfitted.ts";
import { gained } from "./expansion.ts";
import { FittedSVC } from "./fitted_svc.ts";
import {
  checkKernelOptions,
  framedKernel,
  type KernelOptions,
  kernelFrame,
  kernelKinds,
  kernelOf,
  withKernelDefaults,
} from "./kernel_options.ts";
import type { PlattSigmoid } from "./platt.ts";
import { crossSigmoid } from "./probability.ts";
import { type SavedSVC, svcFields } from "./saved_svc.ts";
import { type Side, sidesOf } from "./sides.ts";
import type { Machine } from "./solve.ts";
import { Trainer } from "./trainer.ts";

/** Options of `SVC`. */
export interface SVCOptions extends KernelOptions {
  /** Factor of C for each class. Default: 1 for all. */
  readonly classWeight?: ClassWeight;
  /** For more than two classes: a machine for every pair, or one for each class against all others. Default "ovo". */
  readonly multiclass?: "ovo" | "ovr";
  /** Result of `decisionFunction` for more than two classes: one number per class, or one per pair. Default "ovr". */
  readonly decisionFunctionShape?: "ovo" | "ovr";
  /**
   * Whether `predictProba` is available: every machine is then fitted five more times, to four fifths of its samples, so a
   * fit takes about five times as long. Default false.
   */
  readonly probability?: boolean;
  /** Seed of the folds for `probability`. Default 0. */
  readonly randomState?: number;
}

/**
 * Support vector classification with a soft margin (Cortes and Vapnik 1995): ½‖w‖² + C·Σ (1 − yᵢ·f(xᵢ))₊ in the space of a
 * kernel. The full kernel matrix is never stored. If it takes at most 2^30 multiplications, everything is computed in
 * float64 on the host, at most 25 ms at a time; beyond that, rows are computed on the GPU in f32 on demand, so that memory
 * grows with samples · features. Polynomials and sigmoids of samples far from 0 are always computed on the host. Finds the
 * optimum of libsvm. Kernels weight features by their units: scale them with `StandardScaler`. Results have the precision
 * of float64; a feature for which that is not possible is refused by name.
 *
 * @example
 * ```ts
 * import { SVC } from "wgrad/ml";
 * const model = await new SVC({ kernel: "rbf", C: 10 }).fit([[0], [1], [4], [5]], ["low", "low", "high", "high"]);
 * console.log(await model.predict([[0.5], [6]])); // [low, high]
 * ```
 */
export class SVC extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("SVC", {
    options: options<SVCOptions>({
      ...kernelKinds,
      classWeight,
      multiclass: choice("ovo", "ovr"),
      decisionFunctionShape: choice("ovo", "ovr"),
      probability: boolean,
      randomState: integer,
    }),
  });

  readonly #options: Required<KernelOptions>;
  readonly #classes: Omit<SVCOptions, keyof KernelOptions>;

  constructor(options: SVCOptions = {}) {
    checkArguments(SVC.signature, arguments);
    super(options);
    this.#options = withKernelDefaults(options);
    checkKernelOptions("SVC", this.#options);
    const { classWeight, multiclass = "ovo", decisionFunctionShape = "ovr" } = options;
    const { probability = false, randomState = 0 } = options;
    this.#classes = {
      ...{ multiclass, decisionFunctionShape, probability, randomState },
      ...(classWeight && { classWeight }),
    };
  }

  /** y: labels [samples]. Throws `ShapeError` and `ValueError` for invalid data, or labels of only one class. */
  async fit<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
    options: FitWeights & FitControl = {},
  ): Promise<FittedSVC<LabelKind<L>>> {
    checkFit("SVC", arguments, labelsKind);
    const { sampleWeight, ...between } = options;
    between.signal?.throwIfAborted();
    const matrix = await readMatrix("SVC", X);
    const { labels, weights } = await readWeighted("SVC", y, matrix.samples, {
      sampleWeight,
      classWeight: this.#classes.classWeight,
    });
    const prices = weights.map((w) => this.#options.C * w);
    const kernel = kernelOf(this.#options, matrix);
    const frame = kernelFrame(kernel, matrix);
    const inner = { matrix: framed(matrix, frame), kernel: framedKernel(kernel, frame) };
    const { tol, maxIter } = this.#options;
    const trainer = new Trainer(inner.matrix, inner.kernel, { tol, maxIter, ...between });
    const machines: Machine[] = [];
    const sigmoids: PlattSigmoid[] = [];
    const { multiclass = "ovo", decisionFunctionShape = "ovr" } = this.#classes;
    const { probability, randomState = 0 } = this.#classes;
    const sides = sidesOf(labels.classes.length, multiclass);
    for (const side of sides) {
      const { dual, rows } = problemOf(labels, prices, side);
      machines.push(await trainer.solve(dual, rows));
      if (probability) sigmoids.push(await crossSigmoid(trainer, inner, dual, rows, randomState));
    }
    return new FittedSVC({
      estimator: "SVC",
      kernel,
      frame: { shift: [...frame.shift], scale: frame.scale },
      multiclass,
      decisionFunctionShape,
      ...(probability && { sigmoids }),
      ...supports(matrix, labels, sides, machines, (coef) =>
        gained(kernel.kind, frame.shift, matrix.host, coef),
      ),
    });
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON<L extends Label = number>(saved: SavedSVC<L>): FittedSVC<L> {
    checkSaved<SavedSVC>("SVC", saved, svcFields);
    return new FittedSVC(saved);
  }
}

/** The dual of a side's machine, and its samples: decisions are positive for `side.positive`. */
function problemOf({ index }: IndexedLabels, prices: Float64Array, { positive, negative }: Side) {
  const rows = Array.from(index.keys()).filter(
    (i) => negative === undefined || index[i] === positive || index[i] === negative,
  );
  const dual = {
    sign: Int8Array.from(rows, (i) => (index[i] === positive ? 1 : -1)),
    row: Uint32Array.from(rows.keys()),
    p: new Float64Array(rows.length).fill(-1),
    C: Float64Array.from(rows, (i) => prices[i] as number),
  };
  return { dual, rows };
}

/** Common results of the machines: the support vectors of all of them, class by class. */
function supports<L extends Label>(
  matrix: HostMatrix,
  { classes, index }: IndexedLabels<L>,
  sides: readonly Side[],
  machines: readonly Machine[],
  gain: (coef: Float64Array) => number,
) {
  const support = Array.from(classes.keys()).flatMap((c) =>
    Array.from(index.keys()).filter(
      (i) => index[i] === c && machines.some(({ coef }) => coef[i] !== 0),
    ),
  );
  return {
    classes: [...classes],
    features: matrix.features,
    sides,
    support,
    supportVectors: pack(rowsOf(matrix, support).data),
    nSupport: Array.from(classes.keys(), (c) => support.filter((i) => index[i] === c).length),
    coef: machines.map(({ coef }) => support.map((i) => coef[i] as number)),
    intercept: machines.map(({ intercept, coef }) => intercept - gain(coef)),
    dualObjective: machines.map(({ objective }) => objective),
    nIter: machines.map(({ nIter }) => nIter),
    converged: machines.every(({ converged }) => converged),
  };
}
