import { checkArguments, options, signature } from "../../core/signature.ts";
import { samples, targets } from "../kinds.ts";
import { accuracyScore } from "../metrics/classification.ts";
import {
  type FloatMatrix,
  readLabels,
  readMatrix,
  readTargets,
  type Samples,
  type Targets,
} from "../samples.ts";
import { checkSaved } from "../saved.ts";
import {
  checkEnough,
  FittedNeighbors,
  type NeighborsOptions,
  neighborKinds,
  type SavedNeighbors,
  saveNeighbors,
  withNeighborDefaults,
} from "./fitted_neighbors.ts";

const fitSignature = /* @__PURE__ */ signature("KNeighborsClassifier.fit", {
  X: samples,
  y: targets,
});

/**
 * Classification by the vote of the nearest samples (Fix and Hodges 1951; Cover and Hart 1967). Exact: every query is compared
 * with every sample, on the GPU; the distances are never all written.
 */
export class KNeighborsClassifier {
  static readonly signature = /* @__PURE__ */ signature("KNeighborsClassifier", {
    options: options<NeighborsOptions>(neighborKinds),
  });
  readonly #options: Required<NeighborsOptions>;

  constructor(options: NeighborsOptions = {}) {
    checkArguments(KNeighborsClassifier.signature, arguments);
    this.#options = withNeighborDefaults("KNeighborsClassifier", options);
  }

  /** y: labels [samples]. Keeps the samples. Throws `ShapeError` and `ValueError` for data that do not fit. */
  async fit(X: Samples, y: Targets): Promise<FittedKNeighborsClassifier> {
    checkArguments(fitSignature, [X, y]);
    const who = "KNeighborsClassifier";
    const matrix = await readMatrix(who, X);
    checkEnough(who, matrix.samples, this.#options.nNeighbors);
    const { classes, index } = await readLabels(who, y, matrix.samples, { atLeast: 1 });
    const labels = Array.from(index, (c) => classes[c] as number);
    return new FittedKNeighborsClassifier(saveNeighbors(who, matrix, labels, this.#options));
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedNeighbors): FittedKNeighborsClassifier {
    checkSaved("KNeighborsClassifier", saved);
    return new FittedKNeighborsClassifier(saved);
  }
}

export class FittedKNeighborsClassifier extends FittedNeighbors {
  readonly estimator = "KNeighborsClassifier";
  /** [classes], ascending. */
  readonly classes: Float32Array<ArrayBuffer>;
  readonly #index: Uint32Array;

  constructor(saved: SavedNeighbors) {
    super(saved);
    this.classes = Float32Array.from(new Set(saved.y)).sort();
    const position = new Map(Array.from(this.classes, (label, c) => [label, c]));
    this.#index = Uint32Array.from(saved.y, (label) => position.get(label) ?? 0);
  }

  /** [samples, classes]: shares of the neighbours' weights. */
  async predictProba(X: Samples): Promise<FloatMatrix> {
    const all = await this.weighed(X);
    const k = this.classes.length;
    const data = new Float64Array(all.length * k);
    all.forEach((neighbors, i) => {
      const total = neighbors.reduce((sum, { weight }) => sum + weight, 0);
      const votes = new Float64Array(k);
      for (const { row, weight } of neighbors) {
        const c = this.#index[row] as number;
        votes[c] = (votes[c] as number) + weight / total;
      }
      data.set(votes, i * k);
    });
    return { data, shape: [all.length, k] };
  }

  /** [samples]: the label of most weight, of equals the smallest. */
  async predict(X: Samples): Promise<Float32Array<ArrayBuffer>> {
    const { data, shape } = await this.predictProba(X);
    const k = shape[1];
    return Float32Array.from({ length: shape[0] }, (_, i) => {
      const own = data.subarray(i * k, (i + 1) * k);
      return this.classes[own.indexOf(own.reduce((a, b) => Math.max(a, b)))] as number;
    });
  }

  /** Share of the samples that get their label. */
  async score(X: Samples, y: Targets): Promise<number> {
    const predicted = await this.predict(X);
    return accuracyScore(await readTargets(this.estimator, y, predicted.length), predicted);
  }
}
