import { describe, test } from "vitest";
import {
  accuracyScore,
  ElasticNet,
  f1Score,
  GaussianNB,
  KMeans,
  KNeighborsClassifier,
  KNeighborsRegressor,
  Lasso,
  LinearRegression,
  LinearSVC,
  LinearSVR,
  LogisticRegression,
  MinMaxScaler,
  MultinomialNB,
  meanAbsoluteError,
  meanSquaredError,
  PCA,
  PolynomialFeatures,
  Ridge,
  r2Score,
  StandardScaler,
  SVC,
  SVR,
  silhouetteScore,
} from "../../../src/ml/index.ts";
import {
  type Answers,
  type EverydaySet,
  everydaySets,
  featuresOf,
  largest,
  placesOf,
  within,
} from "../../support/everyday.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

/** Computed in float64 on the host; the expected values have ten digits. */
const HOST = 1e-9;
/** Sums of up to forty products of values that were centred, scaled and rounded to f32 (2^-24 each). */
const F32 = 40 * 2 ** -24;
/**
 * Gram matrices are accurate to nine digits; the correlation matrices have condition numbers below 1e3, the nearly
 * collinear one 2e5.
 */
const gramLimit = ({ name }: EverydaySet) => (name === "nearly collinear" ? 2e-4 : 1e-6);

/** Kernel values in f32; solvers stop at a violation of 1e-6. */
const MACHINE = 1e-4;
/** The gradient is at most 1e-4, and the error after Newton's last step is of the order of the square of that step. */
const LOGISTIC = 1e-5;

const FEW = 4; // rows whose predictions the file has
type Check<Expected> = (set: EverydaySet, expected: Expected) => Promise<void>;

const relative = (values: readonly number[], limit: number) => (at: number) =>
  limit * Math.abs(values[at] as number);

/** Compares coefficients in units of the features' deviations, and intercepts within what such differences cause. */
function lines(
  set: EverydaySet,
  got: { readonly coef: ArrayLike<number>; readonly intercept: ArrayLike<number> },
  expected: { readonly coef: readonly number[]; readonly intercept: readonly number[] },
  limits: { readonly coef: number; readonly constant: number },
): void {
  const { mean, deviation } = featuresOf(set);
  const by = (at: number) => deviation[at % deviation.length] as number;
  const limit = limits.coef * largest(expected.coef.map((w, at) => w * by(at)));
  within("coef", got.coef, expected.coef, (at) => limit / by(at));
  const moved = mean.reduce((sum, m, c) => sum + (limit * Math.abs(m)) / by(c), limits.constant);
  within("intercept", got.intercept, expected.intercept, moved);
}

const lineOf =
  (
    make: (alpha: number) => LinearRegression | Ridge | Lasso | ElasticNet,
  ): Check<Answers["Lasso"]> =>
  async (set, { alpha = 0, predictions, ...expected }) => {
    const model = await make(alpha).fit(set.X, set.target);
    const share = gramLimit(set);
    const limits = { coef: share, constant: share * largest(set.target) };
    const wanted = { coef: expected.coef, intercept: [expected.intercept] };
    lines(set, { coef: model.coef, intercept: [model.intercept] }, wanted, limits);
    const got = await model.predict(set.X.slice(0, FEW));
    within("predictions", got, predictions, F32 * largest(set.target));
  };

const machine =
  (kernel: "linear" | "rbf"): Check<Answers["SVC rbf"]> =>
  async ({ X, labels }, { C, decisions }) => {
    const options = { kernel, C, tol: 1e-6, decisionFunctionShape: "ovo" } as const;
    const model = await new SVC(options).fit(X, labels);
    const { data } = await model.decisionFunction(X.slice(0, FEW));
    const limit = MACHINE * Math.max(1, largest(decisions));
    within("decisions", data, decisions, limit);
    if (kernel !== "linear" || new Set(labels).size > 2) return;
    const same = { C, loss: "hinge", interceptScaling: Number.POSITIVE_INFINITY } as const;
    const linear = await new LinearSVC({ ...same, tol: 1e-6 }).fit(X, labels);
    const found = await linear.decisionFunction(X.slice(0, FEW));
    within("decisions of LinearSVC", found.data, decisions, limit);
  };

const checks: { readonly [Name in keyof Answers]: Check<Answers[Name]> } = {
  StandardScaler: async (set, { mean, scale, rows }) => {
    const model = await new StandardScaler().fit(set.X);
    const place = placesOf(set, HOST);
    within("mean", model.mean, mean, place);
    within("scale", model.scale, scale, relative(scale, HOST));
    const { data } = await model.transform(set.X.slice(0, FEW));
    within("rows", data, rows, (at) => place(at) / (scale[at % scale.length] as number));
  },
  MinMaxScaler: async ({ X }, { rows }) => {
    const model = await new MinMaxScaler().fit(X);
    within("rows", (await model.transform(X.slice(0, FEW))).data, rows, HOST);
  },
  PolynomialFeatures: async ({ X }, { rows }) => {
    const { data } = await new PolynomialFeatures().fitTransform(X.slice(0, FEW));
    within("rows", data, rows, relative(rows, HOST));
  },
  PCA: async (set, { explainedVariance, components }) => {
    const model = await new PCA({ nComponents: explainedVariance.length }).fit(set.X);
    const limit = gramLimit(set);
    within(
      "variances",
      model.explainedVariance,
      explainedVariance,
      relative(explainedVariance, limit),
    );
    within("components", model.components, components, limit);
  },
  LinearRegression: lineOf(() => new LinearRegression()),
  Ridge: lineOf((alpha) => new Ridge({ alpha })),
  Lasso: lineOf((alpha) => new Lasso({ alpha })),
  ElasticNet: lineOf((alpha) => new ElasticNet({ alpha })),
  LogisticRegression: async (set, expected) => {
    const model = await new LogisticRegression().fit(set.X, set.labels);
    // for more than two classes only differences of intercepts are determined
    const k = model.intercept.length;
    const middle = k === 1 ? 0 : model.intercept.reduce((sum, b) => sum + b / k, 0);
    const intercept = model.intercept.map((b) => b - middle);
    const limits = { coef: LOGISTIC, constant: LOGISTIC };
    lines(set, { coef: model.coef, intercept }, expected, limits);
    const { data } = await model.predictProba(set.X.slice(0, FEW));
    within("probabilities", data, expected.probabilities, LOGISTIC);
  },
  "SVC linear": machine("linear"),
  "SVC rbf": machine("rbf"),
  SVR: async ({ X, target }, { C, epsilon, predictions }) => {
    const model = await new SVR({ C, epsilon, tol: 1e-6 }).fit(X, target);
    const got = await model.predict(X.slice(0, FEW));
    within("predictions", got, predictions, MACHINE * C);
  },
  LinearSVR: async ({ X, target }, { C, epsilon, predictions }) => {
    const interceptScaling = Number.POSITIVE_INFINITY;
    const model = await new LinearSVR({ C, epsilon, interceptScaling, tol: 1e-6 }).fit(X, target);
    const got = await model.predict(X.slice(0, FEW));
    within("predictions", got, predictions, MACHINE * largest(target));
  },
  KNeighborsClassifier: async ({ X, labels }, { queries, indices, distances, probabilities }) => {
    const model = await new KNeighborsClassifier({ nNeighbors: 3 }).fit(X, labels);
    const found = await model.kneighbors(queries);
    within("indices", found.indices, indices, 0);
    within("distances", found.distances, distances, F32 * largest(distances));
    within("probabilities", (await model.predictProba(queries)).data, probabilities, HOST);
  },
  KNeighborsRegressor: async ({ X, target }, { queries, predictions }) => {
    const model = await new KNeighborsRegressor({ nNeighbors: 3 }).fit(X, target);
    within("predictions", await model.predict(queries), predictions, relative(predictions, HOST));
  },
  GaussianNB: async (set, { theta, variance, joint }) => {
    const model = await new GaussianNB().fit(set.X, set.labels);
    within("theta", model.theta, theta, placesOf(set, HOST));
    within("variance", model.variance, variance, relative(variance, HOST));
    const { data } = await model.predictLogProba(set.X.slice(0, FEW));
    within("log probabilities", data, joint, F32 * largest([1, ...joint]));
  },
  MultinomialNB: async ({ X, labels }, { featureLogProb, joint }) => {
    const model = await new MultinomialNB().fit(X, labels);
    const limit = HOST * largest(featureLogProb);
    within("featureLogProb", model.featureLogProb, featureLogProb, limit);
    const { data } = await model.predictLogProba(X.slice(0, FEW));
    within("log probabilities", data, joint, F32 * largest([1, ...joint]));
  },
  KMeans: async (set, { start, labels, inertia, centres }) => {
    const init = start.map((row) => set.X[row] as readonly number[]);
    const model = await new KMeans({ nClusters: 3, init, tol: 0 }).fit(set.X);
    within("labels", model.labels, labels, 0);
    within("inertia", [model.inertia], [inertia], HOST * inertia);
    within("centres", model.clusterCenters, centres, placesOf(set, HOST));
  },
  silhouetteScore: async ({ X }, { labels, score }) => {
    within("score", [await silhouetteScore(X, labels)], [score], F32);
  },
  metrics: async ({ labels, target }, expected) => {
    const predicted = [...labels.slice(-1), ...labels.slice(0, -1)];
    const guessed = [...target.slice(-1), ...target.slice(0, -1)];
    const got = {
      accuracy: accuracyScore(labels, predicted),
      f1: f1Score(labels, predicted, { average: "macro" }),
      r2: r2Score(target, guessed),
      meanSquaredError: meanSquaredError(target, guessed),
      meanAbsoluteError: meanAbsoluteError(target, guessed),
    };
    const wanted = Object.keys(got).map((key) => expected[key as keyof typeof got]);
    within(Object.keys(got).join(), Object.values(got), wanted, relative(wanted, HOST));
  },
};

function testOf<Name extends keyof Answers>(name: Name, set: EverydaySet): void {
  const expected: EverydaySet["expected"][Name] = set.expected[name];
  if (expected !== undefined) test(name, () => checks[name](set, expected));
}

for (const set of everydaySets) {
  describe(`${set.name}:`, () => {
    for (const name of Object.keys(checks) as (keyof Answers)[]) testOf(name, set);
  });
}
