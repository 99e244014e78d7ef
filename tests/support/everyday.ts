import { expect } from "vitest";
import text from "../golden/everyday.jsonl?raw";

/** Coefficients and intercepts, and their predictions for the first rows. */
interface Line {
  readonly alpha?: number;
  readonly coef: readonly number[]; // [features]
  readonly intercept: number;
  readonly predictions: readonly number[];
}

/**
 * Results of scikit-learn 1.2 for a data set (tests/golden/everyday.py). Fields with one result per sample, such as
 * "rows", have those of the first few samples only.
 */
export interface Answers {
  readonly StandardScaler: {
    readonly mean: readonly number[];
    readonly scale: readonly number[];
    readonly rows: readonly number[];
  };
  readonly MinMaxScaler: { readonly rows: readonly number[] };
  readonly PolynomialFeatures: { readonly rows: readonly number[] };
  readonly PCA: {
    readonly explainedVariance: readonly number[];
    readonly components: readonly number[];
  };
  readonly LinearRegression: Line;
  readonly Ridge: Line;
  readonly Lasso: Line;
  readonly ElasticNet: Line;
  readonly LogisticRegression: {
    readonly coef: readonly number[];
    readonly intercept: readonly number[];
    readonly probabilities: readonly number[];
  };
  readonly "SVC linear": { readonly C: number; readonly decisions: readonly number[] };
  readonly "SVC rbf": { readonly C: number; readonly decisions: readonly number[] };
  readonly SVR: {
    readonly C: number;
    readonly epsilon: number;
    readonly predictions: readonly number[];
  };
  /** Without a penalty on the intercept. */
  readonly LinearSVR: {
    readonly C: number;
    readonly epsilon: number;
    readonly predictions: readonly number[];
  };
  readonly KNeighborsClassifier: {
    readonly queries: readonly (readonly number[])[];
    readonly indices: readonly number[];
    readonly distances: readonly number[];
    readonly probabilities: readonly number[];
  };
  readonly KNeighborsRegressor: {
    readonly queries: readonly (readonly number[])[];
    readonly predictions: readonly number[];
  };
  readonly GaussianNB: {
    readonly theta: readonly number[];
    readonly variance: readonly number[];
    readonly joint: readonly number[];
  };
  readonly MultinomialNB: {
    readonly featureLogProb: readonly number[];
    readonly joint: readonly number[];
  };
  readonly KMeans: {
    readonly start: readonly number[];
    readonly labels: readonly number[];
    readonly inertia: number;
    readonly centres: readonly number[];
  };
  readonly silhouetteScore: { readonly labels: readonly number[]; readonly score: number };
  readonly metrics: Readonly<
    Record<"accuracy" | "f1" | "r2" | "meanSquaredError" | "meanAbsoluteError", number>
  >;
}

export interface EverydaySet {
  readonly name: string;
  readonly X: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly target: readonly number[];
  /** For estimators whose answer is unique. */
  readonly expected: { readonly [Name in keyof Answers]?: Answers[Name] };
}

export const everydaySets: readonly EverydaySet[] = text
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as EverydaySet);

/** Fails unless every number is within its limit of the expected one; NaN always fails. */
export function within(
  what: string,
  got: ArrayLike<number>,
  expected: readonly number[],
  limit: number | ((at: number) => number),
): void {
  expect(got.length, `${what}: how many`).toBe(expected.length);
  const wrong = expected.flatMap((value, at) => {
    const most = typeof limit === "number" ? limit : limit(at);
    const apart = Math.abs((got[at] as number) - value);
    return apart <= most ? [] : [`[${at}] ${got[at]}, not ${value}: ${apart} > ${most}`];
  });
  expect(wrong, what).toEqual([]);
}

export const largest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** Means and deviations of the features; 1 for a constant one. */
export function featuresOf({ X }: EverydaySet) {
  const d = X[0]?.length ?? 0;
  const mean = new Float64Array(d);
  const deviation = new Float64Array(d);
  for (let c = 0; c < d; c++) {
    const pivot = X[0]?.[c] ?? 0;
    const column = X.map((row) => (row[c] ?? 0) - pivot);
    const middle = column.reduce((a, b) => a + b, 0) / X.length;
    mean[c] = pivot + middle;
    deviation[c] = Math.sqrt(column.reduce((sum, v) => sum + (v - middle) ** 2, 0) / X.length) || 1;
  }
  return { mean, deviation };
}

/**
 * By how much a feature's mean may differ: a share of its deviation, plus the rounding of float64 sums of numbers of
 * its size.
 */
export function placesOf(set: EverydaySet, share: number): (at: number) => number {
  const { mean, deviation } = featuresOf(set);
  return (at) => {
    const c = at % mean.length;
    return share * (deviation[c] as number) + 2 ** -50 * Math.abs(mean[c] as number);
  };
}
