import { ValueError } from "../../core/errors.ts";
import { integer, type Kind, number } from "../../core/kinds.ts";
import { permutation, type Random, seeded } from "../../core/rng.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { checkData, labels as labelsKind } from "../kinds.ts";
import {
  type Label,
  type LabelInput,
  type LabelKind,
  type LabelList,
  labelList,
  named,
  readLabels,
} from "../labels.ts";
import { byLabel } from "../model_selection/folds.ts";
import { kNearest } from "../neighbors/search.ts";
import { type FloatMatrix, type HostMatrix, readMatrix, rowsOf, type Samples } from "../samples.ts";
import { type SamplingStrategy, strategyKind, wantedOf } from "./strategy.ts";

export interface SamplingOptions {
  /** How many samples the classes get. Default "auto": of all as many as of the largest, or of the smallest. */
  readonly samplingStrategy?: SamplingStrategy;
  /** Of the draws. Default 0. */
  readonly randomState?: number;
}

const samplingKinds: { readonly [Name in keyof SamplingOptions]-?: Kind } = {
  samplingStrategy: strategyKind,
  randomState: integer,
};

export interface Resampled<L extends Label = number> {
  readonly X: FloatMatrix;
  /** [samples], of the kind of the given y. */
  readonly y: LabelList<L>;
  /** [samples]: the row of the given X that a sample is, or that a made one began with. */
  readonly indices: Uint32Array<ArrayBuffer>;
}

interface Classes<L extends Label> {
  readonly matrix: HostMatrix;
  /** Rows of each label, labels sorted. */
  readonly classes: readonly (readonly [label: L, rows: readonly number[]])[];
  readonly y: readonly L[];
}

/**
 * Leaves samples out until every class has as many as the smallest, or as `samplingStrategy` says.
 * What is drawn depends on the order and number of the samples.
 */
export class RandomUnderSampler {
  static readonly signature = /* @__PURE__ */ signature("RandomUnderSampler", {
    options: options<SamplingOptions>(samplingKinds),
  });

  readonly #options: Required<SamplingOptions>;

  constructor(options: SamplingOptions = {}) {
    checkArguments(RandomUnderSampler.signature, arguments);
    const { samplingStrategy = "auto", randomState = 0 } = options;
    this.#options = { samplingStrategy, randomState };
  }

  /** X [samples, features] and labels y [samples]. Throws `ShapeError` and `ValueError` for data that do not fit. */
  async fitResample<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
  ): Promise<Resampled<LabelKind<L>>> {
    checkData("RandomUnderSampler.fitResample", arguments, labelsKind);
    const all = await readClasses("RandomUnderSampler", X, y);
    const { samplingStrategy, randomState } = this.#options;
    const wanted = wantedOf("RandomUnderSampler", samplingStrategy, all.classes, false);
    const random = seeded(randomState);
    const kept = all.classes.flatMap(([, rows], c) =>
      Array.from(
        permutation(rows.length, random).subarray(0, wanted[c]),
        (at) => rows[at] as number,
      ),
    );
    return take(
      all,
      kept.sort((a, b) => a - b),
    );
  }
}

/**
 * Repeats samples until every class has as many as the largest, or as `samplingStrategy` says.
 * What is drawn depends on the order and number of the samples.
 */
export class RandomOverSampler {
  static readonly signature = /* @__PURE__ */ signature("RandomOverSampler", {
    options: options<SamplingOptions>(samplingKinds),
  });

  readonly #options: Required<SamplingOptions>;

  constructor(options: SamplingOptions = {}) {
    checkArguments(RandomOverSampler.signature, arguments);
    const { samplingStrategy = "auto", randomState = 0 } = options;
    this.#options = { samplingStrategy, randomState };
  }

  /** X [samples, features] and labels y [samples]; the repeated ones come last. Throws `ShapeError` and `ValueError`. */
  async fitResample<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
  ): Promise<Resampled<LabelKind<L>>> {
    checkData("RandomOverSampler.fitResample", arguments, labelsKind);
    const all = await readClasses("RandomOverSampler", X, y);
    const random = seeded(this.#options.randomState);
    const missing = missingOf("RandomOverSampler", all, this.#options);
    const repeated = missing.flatMap(({ rows, missing }) =>
      Array.from({ length: missing }, () => oneOf(rows, random)),
    );
    return take(all, [...all.y.keys(), ...repeated]);
  }
}

export interface SMOTEOptions extends SamplingOptions {
  /** Neighbours of the same class that a sample is moved towards. Default 5. */
  readonly kNeighbors?: number;
}

/**
 * Makes samples of the smaller classes until every class has as many as the largest: each lies between a sample and one of its
 * nearest of the same class (Chawla, Bowyer, Hall and Kegelmeyer 2002). Neighbours are those of float64.
 * Features count by their units: `StandardScaler` makes them alike. What is drawn depends on the order and number of the
 * samples.
 * Digits are float64's or refused by feature: the rule at the head of `ml/samples.ts`.
 */
export class SMOTE {
  static readonly signature = /* @__PURE__ */ signature("SMOTE", {
    options: options<SMOTEOptions>({ ...samplingKinds, kNeighbors: number }),
  });

  readonly #options: Required<SMOTEOptions>;

  constructor(options: SMOTEOptions = {}) {
    checkArguments(SMOTE.signature, arguments);
    const { kNeighbors = 5, samplingStrategy = "auto", randomState = 0 } = options;
    if (!(Number.isInteger(kNeighbors) && kNeighbors >= 1)) {
      throw new ValueError(
        `SMOTE: expected a whole kNeighbors ≥ 1, got ${kNeighbors}; the default is 5`,
      );
    }
    this.#options = { kNeighbors, samplingStrategy, randomState };
  }

  /**
   * X [samples, features] and labels y [samples]; the made ones come last. Throws `ShapeError` and `ValueError`, also for a class
   * that is to grow and has no more samples than neighbours are asked for.
   */
  async fitResample<L extends Label = number>(
    X: Samples,
    y: LabelInput<L>,
  ): Promise<Resampled<LabelKind<L>>> {
    checkData("SMOTE.fitResample", arguments, labelsKind);
    const all = await readClasses("SMOTE", X, y);
    const { kNeighbors } = this.#options;
    const small = missingOf("SMOTE", all, this.#options).filter(({ missing }) => missing > 0);
    const lonely = small.find(({ rows }) => rows.length <= kNeighbors);
    if (lonely) {
      throw new ValueError(
        `SMOTE: expected more than ${kNeighbors} samples of each class that is to grow, got ${lonely.rows.length} of ` +
          `class ${named([lonely.label])}; lower kNeighbors, or use RandomOverSampler`,
      );
    }
    const random = seeded(this.#options.randomState);
    const made: number[] = [];
    const [labels, begun]: [LabelKind<L>[], number[]] = [[...all.y], [...all.y.keys()]];
    for (const { label, rows, missing } of small) {
      const own = { ...all.matrix, host: rowsOf(all.matrix, rows).data, samples: rows.length };
      const near = await kNearest(own, own, kNeighbors + 1, "euclidean");
      for (let i = 0; i < missing; i++) {
        const at = Math.floor(random() * rows.length);
        made.push(...between(own, at, neighborOf(near, at, random), random()));
        labels.push(label);
        begun.push(rows[at] as number);
      }
    }
    const data = new Float64Array(labels.length * all.matrix.features);
    data.set(all.matrix.host);
    data.set(made, all.matrix.host.length);
    return {
      X: { data, shape: [labels.length, all.matrix.features] },
      y: labelList(labels),
      indices: Uint32Array.from(begun),
    };
  }
}

/** One of the nearest, but not the sample itself: equal samples may stand before it in the list. */
function neighborOf(
  { indices, k }: Awaited<ReturnType<typeof kNearest>>,
  at: number,
  random: Random,
): number {
  const others = [...indices.subarray(at * k, (at + 1) * k)].filter((other) => other !== at);
  return oneOf(others.slice(0, k - 1), random);
}

function between({ host, features }: HostMatrix, a: number, b: number, share: number): number[] {
  return Array.from({ length: features }, (_, c) => {
    const start = host[a * features + c] as number;
    return start + share * ((host[b * features + c] as number) - start);
  });
}

const oneOf = (rows: readonly number[], random: Random): number =>
  rows[Math.floor(random() * rows.length)] as number;

async function readClasses<L extends Label>(
  who: string,
  X: Samples,
  y: LabelInput<L>,
): Promise<Classes<LabelKind<L>>> {
  const matrix = await readMatrix(who, X);
  const { classes, index } = await readLabels<LabelKind<L>>(who, y, matrix.samples);
  const labels = Array.from(index, (c) => classes[c] as LabelKind<L>);
  return { matrix, classes: byLabel(labels), y: labels };
}

function missingOf<L extends Label>(
  who: string,
  { classes }: Classes<L>,
  { samplingStrategy }: Required<SamplingOptions>,
) {
  const wanted = wantedOf(who, samplingStrategy, classes, true);
  return classes.map(([label, rows], c) => ({
    label,
    rows,
    missing: (wanted[c] as number) - rows.length,
  }));
}

const take = <L extends Label>(
  { matrix, y }: Classes<L>,
  rows: readonly number[],
): Resampled<L> => ({
  X: rowsOf(matrix, rows),
  y: labelList(rows.map((i) => y[i] as L)),
  indices: Uint32Array.from(rows),
});
