import { ValueError } from "../../core/errors.ts";
import { boolean, integer, number } from "../../core/kinds.ts";
import { permutation, seeded } from "../../core/rng.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { perceptronPass } from "../../kernels/linear/perceptron.ts";
import { zeros } from "../../ops/create.ts";
import { concat } from "../../ops/shape.ts";
import { tensor } from "../../tensor/create.ts";
import { onAdapter, run } from "../../tensor/run.ts";
import { scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { ClassWeight } from "../class_weight.ts";
import { betweenRounds, type FitOptions } from "../fit_options.ts";
import { checkFit, classWeight, labels as labelsKind } from "../kinds.ts";
import type { Label, LabelInput, LabelKind, Labels } from "../labels.ts";
import { type FitWeights, readWeighted } from "../sample_weight.ts";
import { onGpu, readMatrix, type SampleMatrix, type Samples } from "../samples.ts";
import { checkSaved } from "../saved.ts";
import { FittedLinearClassifier, type SavedLinearClassifier } from "./fitted_linear_classifier.ts";

export interface PerceptronOptions {
  /** What a mistake moves the weights by. Default 1. */
  readonly eta0?: number;
  /** Most passes over the samples. Default 1000. */
  readonly maxIter?: number;
  /** A pass counts as better if its mean loss is this much below the best. Default 1e-3. */
  readonly tol?: number;
  /** Passes that are no better after which a class has learned. Default 5. */
  readonly nIterNoChange?: number;
  /** Whether a constant is learned, too. Default true. */
  readonly fitIntercept?: boolean;
  /** Whether the samples are mixed before every pass. Default true. */
  readonly shuffle?: boolean;
  /** Default: all samples count the same. */
  readonly classWeight?: ClassWeight;
  /** Of the shuffle. Default 0. */
  readonly randomState?: number;
}

/**
 * Rosenblatt's perceptron (1958): weights are moved by every sample they are wrong about, one after the other; of more than two
 * classes each has its own, against all others. A pass over the samples is one dispatch, a workgroup a class.
 * What it learns depends on the order, number and units of the samples, and on how far they are from 0: centre and scale
 * them first (`StandardScaler`).
 */
export class Perceptron {
  static readonly signature = /* @__PURE__ */ signature("Perceptron", {
    options: options<PerceptronOptions>({
      eta0: number,
      maxIter: number,
      tol: number,
      nIterNoChange: number,
      fitIntercept: boolean,
      shuffle: boolean,
      classWeight,
      randomState: integer,
    }),
  });

  readonly #options: Required<Omit<PerceptronOptions, "classWeight">>;
  readonly #classWeight: ClassWeight | undefined;

  constructor(options: PerceptronOptions = {}) {
    checkArguments(Perceptron.signature, arguments);
    const { eta0 = 1, maxIter = 1000, tol = 1e-3, nIterNoChange = 5 } = options;
    const { fitIntercept = true, shuffle = true, randomState = 0 } = options;
    this.#options = { eta0, maxIter, tol, nIterNoChange, fitIntercept, shuffle, randomState };
    this.#classWeight = options.classWeight;
    const whole = (n: number) => Number.isInteger(n) && n >= 1;
    if (eta0 > 0 && Number.isFinite(eta0) && tol >= 0 && whole(maxIter) && whole(nIterNoChange))
      return;
    throw new ValueError(
      `Perceptron: expected eta0 > 0, tol ≥ 0, whole maxIter and nIterNoChange ≥ 1, got ${eta0}, ${tol}, ${maxIter} and ` +
        `${nIterNoChange}; leave them out for the defaults`,
    );
  }

  /** y: labels [samples]. Throws `ShapeError` and `ValueError` for data that do not fit, or of one class only. */
  async fit<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
    options: FitWeights & FitOptions = {},
  ): Promise<FittedLinearClassifier<LabelKind<L>>> {
    checkFit("Perceptron", arguments, labelsKind);
    const { sampleWeight, ...between } = options;
    between.signal?.throwIfAborted();
    const who = "Perceptron";
    const matrix = await readMatrix(who, X);
    const x = onGpu(matrix, { shift: new Float64Array(matrix.features) });
    try {
      const { labels, weights } = await readWeighted(who, y, x.samples, {
        sampleWeight,
        classWeight: this.#classWeight,
      });
      return await this.#learn(x, labels, weights, between);
    } finally {
      x.dispose();
    }
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON<L extends Label = number>(
    saved: SavedLinearClassifier<L>,
  ): FittedLinearClassifier<L> {
    checkSaved("Perceptron", saved);
    return new FittedLinearClassifier(saved);
  }

  async #learn<L extends Label>(
    x: SampleMatrix,
    labels: Labels<L>,
    weights: Float64Array,
    between: FitOptions,
  ) {
    const { fitIntercept, randomState, shuffle, maxIter } = this.#options;
    const outputs = labels.classes.length === 2 ? 1 : labels.classes.length;
    const held = scope(() => this.#upload(x, labels, weights, outputs));
    const random = seeded(randomState);
    const progress = new Progress(outputs, this.#options, x.samples);
    let nIter = 0;
    try {
      while (nIter < maxIter && progress.goes) {
        const order = shuffle
          ? permutation(x.samples, random)
          : Uint32Array.from({ length: x.samples }, (_, i) => i);
        const loss = scope(() => this.#pass(held, order, progress.going, outputs));
        try {
          progress.add(await loss.read());
        } finally {
          loss.dispose();
        }
        nIter++;
        await betweenRounds(between, {
          iteration: nIter,
          maxIterations: maxIter,
          value: progress.loss,
        });
      }
      const rows = await held.w.read();
      const width = x.features + Number(fitIntercept);
      const row = (k: number) => [...rows.subarray(k * width, k * width + x.features)];
      const all = Array.from({ length: outputs }, (_, k) => k);
      return new FittedLinearClassifier({
        estimator: "Perceptron",
        classes: [...labels.classes],
        coef: all.flatMap(row),
        intercept: all.map((k) => (fitIntercept ? (rows[(k + 1) * width - 1] as number) : 0)),
        shift: new Array<number>(x.features).fill(0),
        nIter,
        converged: !progress.goes,
      });
    } finally {
      for (const each of Object.values(held)) each.dispose();
    }
  }

  #upload(
    { x, samples, features }: SampleMatrix,
    { index }: Labels,
    weights: Float64Array,
    outputs: number,
  ) {
    const { fitIntercept } = this.#options;
    const ones = () => tensor(new Float32Array(samples).fill(1), { shape: [samples, 1] });
    return {
      // a copy where there is no column of ones: the caller's own tensor is not to be disposed of
      x: concat(fitIntercept ? [x, ones()] : [x], 1),
      labels: tensor(Uint32Array.from(index)),
      weights: tensor(Float32Array.from(weights)),
      w: zeros([outputs, features + Number(fitIntercept)]),
    };
  }

  #pass(
    { x, labels, weights, w }: Readonly<Record<"x" | "labels" | "weights" | "w", Tensor>>,
    order: Uint32Array<ArrayBuffer>,
    going: Uint32Array<ArrayBuffer>,
    outputs: number,
  ): Tensor {
    const options = { rate: this.#options.eta0, positive: outputs === 1 ? 1 : 0, ...onAdapter(x) };
    const inputs = { x, labels, weights, order: tensor(order), going: tensor(going), w };
    return run(perceptronPass, inputs, options).loss;
  }
}

/** Which classes still learn. */
class Progress {
  readonly going: Uint32Array<ArrayBuffer>;
  /** Of the last pass, all classes together. */
  loss = 0;
  readonly #best: Float64Array;
  readonly #waited: Uint32Array;
  readonly #least: number;
  readonly #patience: number;

  constructor(
    outputs: number,
    { tol, nIterNoChange }: { readonly tol: number; readonly nIterNoChange: number },
    samples: number,
  ) {
    this.going = new Uint32Array(outputs).fill(1);
    this.#best = new Float64Array(outputs).fill(Number.POSITIVE_INFINITY);
    this.#waited = new Uint32Array(outputs);
    this.#least = tol * samples;
    this.#patience = nIterNoChange;
  }

  get goes(): boolean {
    return this.going.some((goes) => goes !== 0);
  }

  add(losses: ArrayLike<number>): void {
    this.loss = 0;
    this.going.forEach((goes, k) => {
      if (!goes) return;
      const own = losses[k] as number;
      this.loss += own;
      const better = own <= (this.#best[k] as number) - this.#least;
      this.#waited[k] = better ? 0 : (this.#waited[k] as number) + 1;
      this.#best[k] = Math.min(this.#best[k] as number, own);
      if ((this.#waited[k] as number) >= this.#patience) this.going[k] = 0;
    });
  }
}
