import * as ml from "../../../src/ml/index.ts";
import { type Entry, type Estimator, entry } from "./estimator.ts";
import {
  drawn,
  draws,
  folds,
  fromZero,
  inTurn,
  kernels,
  penalised,
  products,
  shares,
  tables,
  together,
  units,
} from "./reasons.ts";
import { samplers } from "./sampler_entries.ts";

const classifier = entry("classifier");
const regressor = entry("regressor");
const clusterer = entry("clusterer");
const scaler = entry("scaler");
const transformer = entry("transformer");
const inspector = entry("inspector");

const odd = { noSuchOption: 1 } as never;

/** Importances [features][repeats] as a matrix [repeats, features]. */
function byRepeat(importances: readonly Float64Array[]): ml.FloatMatrix {
  const [d, n] = [importances.length, importances[0]?.length ?? 0];
  const data = Float64Array.from({ length: n * d }, (_, at) =>
    Number(importances[at % d]?.[Math.floor(at / d)]),
  );
  return { data, shape: [n, d] };
}
const weighs = ["sampleWeight", "signal"] as const;
const long = ["sampleWeight", "signal", "onProgress"] as const;

/**
 * Every class of wgrad/ml that learns from data, and every function that inspects a model, by its exported name: how to
 * make one for small data, and its kind. A new estimator needs an entry here. `exempt` quotes the class's docstring.
 */
export const entries: Readonly<Record<string, Entry>> = {
  ColumnTransformer: scaler(
    () =>
      new ml.ColumnTransformer([
        ["least", new ml.MinMaxScaler(), [0]],
        ["mean", new ml.StandardScaler(), [1]],
      ]) as Estimator,
    {
      exempt: {
        "permuted features": "the positions of its columns",
        "what is no finite number in X is named by row and column": tables,
        "one feature": "Throws `ValueError` for columns that X does not have",
      },
      unknown: () => new ml.ColumnTransformer([["all", "passthrough", [0]]], odd),
      readers: { least: ml.MinMaxScaler, mean: ml.StandardScaler },
    },
  ),
  ElasticNet: regressor(
    ({ scale }) => {
      const [l1, l2] = [0.05 * scale, 0.05 * scale ** 2]; // factors of ‖w‖₁ and ‖w‖² in the penalty
      return new ml.ElasticNet({ alpha: l1 + l2, l1Ratio: l1 / (l1 + l2), tol: 1e-12 });
    },
    { takes: long, exempt: { ...penalised, "times 2^-60": "`l1Ratio` cannot express both" } },
  ),
  GaussianNB: classifier(({ units }) => new ml.GaussianNB(units ? { varSmoothing: 0 } : {}), {
    takes: weighs,
    exempt: { "all samples the same": "all features are constant" },
  }),
  GridSearchCV: classifier(
    ({ times }) =>
      new ml.GridSearchCV(
        ml.KNeighborsClassifier,
        { nNeighbors: [times, 3 * times] },
        { cv: 3 },
      ) as Estimator,
    {
      takes: ["signal", "onProgress"],
      exempt: {
        units: "Units of features matter as they do for the estimator",
        "permuted rows": folds,
        "repeated rows": folds,
        "an outlier of 1e6": folds,
        "JSON there and back answers the same bits": "A search has no fromJSON()",
        "as many samples as neighbours or clusters": "every fold needs a sample of each class",
      },
      unknown: () => new ml.GridSearchCV(ml.SVC, { C: [1] }, odd),
    },
  ),
  KMeans: clusterer(({ more }) => new ml.KMeans({ nClusters: 3 + more, nInit: 4 }), {
    takes: ["signal", "onProgress"],
    keepsUnits: true,
    exempt: { units },
  }),
  KNeighborsClassifier: classifier(
    ({ times }) => new ml.KNeighborsClassifier({ nNeighbors: 3 * times }),
    { takes: ["signal"], exempt: { units } },
  ),
  KNeighborsRegressor: regressor(
    ({ times }) => new ml.KNeighborsRegressor({ nNeighbors: 3 * times, weights: "distance" }),
    { takes: ["signal"], exempt: { units } },
  ),
  Lasso: regressor(({ scale }) => new ml.Lasso({ alpha: 0.1 * scale, tol: 1e-12 }), {
    takes: long,
    exempt: penalised,
  }),
  LinearRegression: regressor(() => new ml.LinearRegression(), { takes: long }),
  LinearSVC: classifier(
    ({ scale, times }) =>
      new ml.LinearSVC({ C: 0.02 / (scale ** 2 * times), interceptScaling: scale }),
    { takes: long, tolerance: 1e-3, exempt: fromZero },
  ),
  LinearSVR: regressor(
    ({ scale, times }) =>
      new ml.LinearSVR({ C: 1 / (scale ** 2 * times), interceptScaling: scale }),
    { takes: long, tolerance: 1e-3, exempt: fromZero },
  ),
  LogisticRegression: classifier(
    ({ scale, times }) => new ml.LogisticRegression({ C: 1 / (scale ** 2 * times) }),
    { takes: long, tolerance: 1e-3, exempt: penalised },
  ),
  MaxAbsScaler: scaler(() => new ml.MaxAbsScaler(), {
    exempt: { shift: "a shift changes the result" },
  }),
  MiniBatchKMeans: clusterer(({ more }) => new ml.MiniBatchKMeans({ nClusters: 3 + more }), {
    takes: ["signal", "onProgress"],
    keepsUnits: true,
    exempt: { units, ...draws },
  }),
  MinMaxScaler: scaler(() => new ml.MinMaxScaler()),
  MultinomialNB: classifier(({ scale, times }) => new ml.MultinomialNB({ alpha: scale * times }), {
    takes: weighs,
    counts: true,
    exempt: { shift: shares, scale: shares, units: shares, "constant feature": shares },
  }),
  Normalizer: scaler(() => new ml.Normalizer(), {
    exempt: { shift: together, units: together, "constant feature": together },
  }),
  OneHotEncoder: transformer(() => new ml.OneHotEncoder({ handleUnknown: "ignore" }), {
    exempt: {
      "permuted features": "A column of 0 and 1 for each category of every feature",
      "what is no finite number in X is named by row and column": tables,
    },
  }),
  NearestCentroid: classifier(() => new ml.NearestCentroid(), {
    takes: ["signal"],
    exempt: { units, "an outlier of 1e6": "An outlier shifts the mean of its class" },
  }),
  PCA: transformer(() => new ml.PCA(), {
    takes: ["signal"],
    keepsUnits: true,
    exempt: { units },
  }),
  Perceptron: classifier(() => new ml.Perceptron({ maxIter: 20 }), {
    takes: long,
    exempt: inTurn,
  }),
  permutationImportance: inspector(
    () => ({
      fit: async (...[X, y, ...options]) => {
        const model = await new ml.KNeighborsClassifier({ nNeighbors: 3 }).fit(
          X as ml.Samples,
          y as number[],
        );
        const found = await ml.permutationImportance(
          model,
          X as ml.Samples,
          y as number[],
          ...(options as [object?]),
        );
        return { importances: byRepeat(found.importances) };
      },
    }),
    {
      takes: ["signal", "onProgress"],
      exempt: {
        units: "The units of features matter as they do for the model",
        ...draws,
        "permuted features": drawn,
        "an outlier of 1e6": drawn,
        "small data": "X must be valid for the model",
      },
      unknown: () => ml.permutationImportance({ predict: () => [0] } as never, [[0]], [0], odd),
    },
  ),
  Pipeline: classifier(
    ({ times }) =>
      new ml.Pipeline([
        ["scale", new ml.StandardScaler()],
        ["svc", new ml.SVC({ C: 1 / times, tol: 1e-6 })],
      ]) as Estimator,
    {
      takes: long,
      exempt: { "an outlier of 1e6": "sample weights are passed to the last step" },
      unknown: () => Reflect.construct(ml.Pipeline, [[["svc", ml.SVC]], odd]),
      readers: { scale: ml.StandardScaler, svc: ml.SVC },
    },
  ),
  PolynomialFeatures: transformer(() => new ml.PolynomialFeatures(), {
    exempt: {
      shift: products,
      scale: products,
      units: products,
      "permuted features": "Ordered by degree, then by their features",
      "constant feature": "a constant feature is one more factor",
    },
  }),
  Ridge: regressor(({ scale, times }) => new ml.Ridge({ alpha: scale ** 2 * times }), {
    takes: long,
    exempt: penalised,
  }),
  RobustScaler: scaler(() => new ml.RobustScaler(), {
    exempt: { "repeated rows": "repeated rows change them" },
  }),
  SGDClassifier: classifier(() => new ml.SGDClassifier({ loss: "logLoss", maxIter: 20 }), {
    takes: long,
    exempt: inTurn,
  }),
  SGDRegressor: regressor(() => new ml.SGDRegressor({ maxIter: 20 }), {
    takes: long,
    exempt: inTurn,
  }),
  SimpleImputer: scaler(() => new ml.SimpleImputer(), {
    keepsNumbers: true,
    exempt: { "what is no finite number in X is named by row and column": tables },
  }),
  StandardScaler: scaler(() => new ml.StandardScaler()),
  SVC: classifier(
    ({ scale, times }) => new ml.SVC({ C: 1 / times, gamma: 0.1 / scale ** 2, tol: 1e-6 }),
    { takes: long, exempt: kernels },
  ),
  SVR: regressor(
    ({ scale, times }) => new ml.SVR({ C: 1 / times, gamma: 0.1 / scale ** 2, tol: 1e-6 }),
    { takes: long, exempt: kernels },
  ),
  ...samplers,
};
