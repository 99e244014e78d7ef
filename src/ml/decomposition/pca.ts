import { ValueError } from "../../core/errors.ts";
import { boolean, number, signalKind } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { tensor } from "../../tensor/create.ts";
import { NamesColumns } from "../column_names.ts";
import { scalingOf } from "../columns.ts";
import { eigen } from "../dense.ts";
import { checkDistinct } from "../distinct.ts";
import { gram } from "../gram.ts";
import { samples } from "../kinds.ts";
import { mapped } from "../linear_map.ts";
import { frameOf } from "../points.ts";
import { type FloatMatrix, type HostMatrix, onGpu, readMatrix, type Samples } from "../samples.ts";
import { checkSaved, sealed } from "../saved.ts";
import { Unfitted } from "../unfitted.ts";
import { pcaFields, type SavedPCA } from "./saved_pca.ts";

export type { SavedPCA };

/** Options of `PCA`, with the names and defaults of scikit-learn. */
export interface PCAOptions {
  /** Number of components, or a fraction of the variance in (0, 1). Default min(samples, features). */
  readonly nComponents?: number;
  /** Whether transformed components have variance 1. Default false. */
  readonly whiten?: boolean;
}

/** What a fitted PCA is, as plain numbers. */
interface Stoppable {
  readonly signal?: AbortSignal;
}

const fitSignature = /* @__PURE__ */ signature("PCA.fit", {
  X: samples,
  options: /* @__PURE__ */ options<Stoppable>({ signal: signalKind }),
});

/**
 * Principal components: the directions in which X varies most (Pearson 1901; Hotelling 1933). The covariance matrix is
 * computed on the GPU to about ten digits, and its eigenvectors in float64. Features are weighted by their units: scale
 * them with `StandardScaler`. Results have the precision of float64; a feature for which that is not possible is refused by
 * name.
 *
 * @example
 * ```ts
 * import { PCA } from "wgrad/ml";
 * const model = await new PCA({ nComponents: 1 }).fit([[0, 0], [1, 1], [2, 2.1]]);
 * console.log((await model.transform([[3, 3]])).shape, (model.explainedVarianceRatio[0] ?? 0) > 0.99); // [1, 1] true
 * ```
 */
export class PCA extends Unfitted {
  static readonly signature = /* @__PURE__ */ signature("PCA", {
    options: options<PCAOptions>({ nComponents: number, whiten: boolean }),
  });
  readonly #options: PCAOptions;

  constructor(options: PCAOptions = {}) {
    checkArguments(PCA.signature, arguments);
    super(options);
    const { nComponents } = options;
    const whole = Number.isInteger(nComponents) && (nComponents as number) >= 1;
    if (nComponents !== undefined && !whole && !(nComponents > 0 && nComponents < 1)) {
      throw new ValueError(
        `PCA: expected nComponents a whole number ≥ 1 or a share in (0, 1), got ${nComponents}; leave it out for all`,
      );
    }
    this.#options = { ...options };
  }

  /** Throws `ValueError` for fewer than 2 samples, or more components than are possible. */
  async fit(X: Samples, options: Stoppable = {}): Promise<FittedPCA> {
    checkArguments(fitSignature, arguments);
    const { signal } = options;
    signal?.throwIfAborted();
    const x = await readMatrix("PCA", X);
    const most = Math.min(x.samples, x.features);
    const { nComponents = most, whiten = false } = this.#options;
    if (x.samples < 2 || nComponents > most) {
      throw new ValueError(
        `PCA: expected 2 samples at least and nComponents ≤ min(samples, features), got ${nComponents} components of ` +
          `${x.samples} × ${x.features}; lower nComponents`,
      );
    }
    const { shift } = frameOf(x);
    checkDistinct(x, shift);
    const { covariance, mean } = await covarianceOf(x, signal);
    const { values, vectors } = eigen(covariance, x.features);
    const variances = values.map((v) => Math.max(v, 0));
    const totalVariance = variances.reduce((a, b) => a + b, 0);
    const kept = nComponents < 1 ? enough(variances, nComponents * totalVariance) : nComponents;
    return new FittedPCA({
      estimator: "PCA",
      features: x.features,
      samples: x.samples,
      components: [...pointed(vectors.subarray(0, kept * x.features), x.features)],
      explainedVariance: [...variances.subarray(0, kept)],
      totalVariance,
      mean: [...mean],
      shift: [...shift],
      whiten,
    });
  }

  /** `fit`, and the transformed X. */
  async fitTransform(X: Samples): Promise<FloatMatrix> {
    return (await this.fit(X)).transform(X);
  }

  /** Throws `ValueError` for another estimator's model. */
  static fromJSON(saved: SavedPCA): FittedPCA {
    checkSaved("PCA", saved, pcaFields);
    return new FittedPCA(saved);
  }
}

/** Result of `PCA.fit`: components, their variances, `transform` and `inverseTransform`. */
export class FittedPCA extends NamesColumns {
  /** [components, features], row-major: unit vectors with a positive largest element. */
  readonly components: Float64Array<ArrayBuffer>;
  /** `[components]`: variances (with samples − 1) along the components. */
  readonly explainedVariance: Float64Array<ArrayBuffer>;
  /** `[components]`: fractions of the total variance. */
  readonly explainedVarianceRatio: Float64Array<ArrayBuffer>;
  /** [components] */
  readonly singularValues: Float64Array<ArrayBuffer>;
  /** [features] */
  readonly mean: Float64Array<ArrayBuffer>;
  readonly #saved: SavedPCA;

  constructor(saved: SavedPCA) {
    super();
    this.#saved = saved;
    this.components = Float64Array.from(saved.components);
    this.explainedVariance = Float64Array.from(saved.explainedVariance);
    const all = saved.totalVariance || 1;
    this.explainedVarianceRatio = this.explainedVariance.map((v) => v / all);
    this.singularValues = this.explainedVariance.map((v) => Math.sqrt(v * (saved.samples - 1)));
    this.mean = Float64Array.from(saved.mean);
  }

  /** Number of features in fit. */
  get nFeaturesIn(): number {
    return this.#saved.features;
  }

  protected get namedAs() {
    return "PCA";
  }

  protected columnsOf(): string[] {
    return Array.from(this.explainedVariance, (_, k) => `pca${k}`);
  }

  /** (X − mean) · componentsᵀ, [samples, components]; each divided by its deviation if the PCA whitens. */
  async transform(X: Samples): Promise<FloatMatrix> {
    const { features } = this.#saved;
    const matrix = await readMatrix("PCA.transform", X, { features });
    const rows = this.#scaled((deviation) => 1 / deviation);
    const shift = Float64Array.from(this.#saved.shift);
    const constant = Float64Array.from(this.explainedVariance, (_, k) =>
      shift.reduce(
        (sum, s, c) => sum + (s - (this.mean[c] as number)) * (rows[k * features + c] as number),
        0,
      ),
    );
    const data = await mapped(matrix, { rows, shift, constant });
    return { data, shape: [matrix.samples, constant.length] };
  }

  /** Approximates X from its components: [samples, features]. */
  async inverseTransform(X: Samples): Promise<FloatMatrix> {
    const k = this.explainedVariance.length;
    const matrix = await readMatrix("PCA.inverseTransform", X, { features: k });
    const components = this.#scaled((deviation) => deviation);
    const d = this.#saved.features;
    const rows = components.map((_, at) => components[(at % k) * d + Math.floor(at / k)] as number);
    const data = await mapped(matrix, { rows, shift: new Float64Array(k), constant: this.mean });
    return { data, shape: [matrix.samples, d] };
  }

  /** The fitted model as plain data, for `fromJSON` of its estimator. */
  toJSON(): SavedPCA {
    return sealed(this.#saved);
  }

  /** The components, multiplied by a factor of their deviations if the PCA whitens; one with deviation 0 is unchanged. */
  #scaled(factor: (deviation: number) => number): Float64Array {
    const { features, whiten } = this.#saved;
    if (!whiten) return this.components;
    return this.components.map((value, at) => {
      const variance = this.explainedVariance[Math.floor(at / features)] as number;
      return variance > 0 ? value * factor(Math.sqrt(variance)) : value;
    });
  }
}

async function covarianceOf(matrix: HostMatrix, signal: AbortSignal | undefined) {
  const { samples, features: d } = matrix;
  const { shift, factor } = scalingOf(matrix, true);
  const x = onGpu(matrix, { shift, factor });
  const ones = tensor(new Float32Array(samples).fill(1));
  const one = tensor(new Float32Array(samples).fill(1), { shape: [samples, 1] });
  try {
    const sums = await gram([x.x, one], ones, signal);
    const meanOf = (c: number) => (sums[c * (d + 1) + d] as number) / samples;
    const covariance = Float64Array.from({ length: d * d }, (_, at) => {
      const [i, j] = [Math.floor(at / d), at % d];
      const centred = (sums[i * (d + 1) + j] as number) - samples * meanOf(i) * meanOf(j);
      return centred / ((factor[i] as number) * (factor[j] as number) * (samples - 1));
    });
    const mean = Float64Array.from(shift, (s, c) => s + meanOf(c) / (factor[c] as number));
    return { covariance, mean };
  } finally {
    for (const each of [x, ones, one]) each.dispose();
  }
}

/** Number of the largest variances whose sum exceeds `wanted`. */
function enough(variances: Float64Array, wanted: number): number {
  let sum = 0;
  const last = variances.findIndex((v) => {
    sum += v;
    return sum > wanted;
  });
  return last < 0 ? variances.length : last + 1;
}

/** Unit vectors with the sign changed if their largest element is negative, so that signs do not depend on the solver. */
function pointed(vectors: Float64Array, features: number): Float64Array {
  const result = Float64Array.from(vectors);
  for (let at = 0; at < result.length; at += features) {
    const row = result.subarray(at, at + features);
    const largest = row.reduce((most, v) => (Math.abs(v) > Math.abs(most) ? v : most), 0);
    if (largest < 0)
      row.forEach((v, c) => {
        row[c] = -v;
      });
  }
  return result;
}
