import { number } from "../../core/kinds.ts";
import { seeded } from "../../core/rng.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { checkData, labels as labelsKind } from "../kinds.ts";
import type { Label, LabelInput, LabelKind } from "../labels.ts";
import type { Samples } from "../samples.ts";
import {
  missingOf,
  type Resampled,
  readClasses,
  type SamplingOptions,
  samplingKinds,
} from "./classes.ts";
import { checkLonely, checkNeighbors, Grown, nearestOfClass } from "./grown.ts";

/** Options of `SMOTE`, with the names and defaults of imbalanced-learn. */
export interface SMOTEOptions extends SamplingOptions {
  /** Number of neighbours of the same class towards which samples are interpolated. Default 5. */
  readonly kNeighbors?: number;
}

/**
 * Makes synthetic samples of the smaller classes until every class has as many as the largest: each is interpolated between
 * a sample and one of its nearest neighbours of the same class (Chawla, Bowyer, Hall and Kegelmeyer 2002). Neighbours are
 * found in float64. Features are weighted by their units: scale them with `StandardScaler`. Random draws depend on the
 * order and number of the samples. Results have the precision of float64; a feature for which that is not possible is
 * refused by name.
 *
 * @example
 * ```ts
 * import { SMOTE } from "wgrad/ml";
 * const sampler = new SMOTE({ kNeighbors: 1, randomState: 0 });
 * const { y } = await sampler.fitResample([[0], [1], [2], [3], [9], [10]], [0, 0, 0, 0, 1, 1]);
 * console.log(Array.from(y).filter((label) => label === 1).length); // 4
 * ```
 */
export class SMOTE {
  static readonly signature = /* @__PURE__ */ signature("SMOTE", {
    options: options<SMOTEOptions>({ ...samplingKinds, kNeighbors: number }),
  });

  readonly #options: Required<SMOTEOptions>;

  constructor(options: SMOTEOptions = {}) {
    checkArguments(SMOTE.signature, arguments);
    const { kNeighbors = 5, samplingStrategy = "auto", randomState = 0 } = options;
    checkNeighbors("SMOTE", "kNeighbors", kNeighbors, 5);
    this.#options = { kNeighbors, samplingStrategy, randomState };
  }

  /**
   * X [samples, features] and labels y [samples]; synthetic samples come last. Throws `ShapeError` and `ValueError`, also
   * for a class that should grow and has no more samples than `kNeighbors`.
   */
  async fitResample<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
  ): Promise<Resampled<LabelKind<L>>> {
    checkData("SMOTE.fitResample", arguments, labelsKind);
    const all = await readClasses("SMOTE", X, y);
    const { kNeighbors } = this.#options;
    const small = missingOf("SMOTE", all, this.#options).filter(({ missing }) => missing > 0);
    checkLonely("SMOTE", "kNeighbors", kNeighbors, small);
    const random = seeded(this.#options.randomState);
    const grown = new Grown(all);
    for (const { label, rows, missing } of small) {
      const near = await nearestOfClass(all.matrix, rows, kNeighbors);
      grown.addBetween(label, missing, [rows, near], random);
    }
    return grown.result();
  }
}
