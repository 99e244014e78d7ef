import { Delegate } from "../../../src/ml/compose/delegate.ts";
import type { FloatMatrix, Readers, Resampled, Samples } from "../../../src/ml/index.ts";
import * as ml from "../../../src/ml/index.ts";
import { FittedSVC } from "../../../src/ml/svm/fitted_svc.ts";

/** Methods that fitted models may have; each kind has some of them. */
export interface Fitted {
  readonly classes?: ArrayLike<unknown>;
  readonly labels?: ArrayLike<number>;
  readonly inertia?: number;
  /** Result of a function that inspects a model: [repeats, features]. */
  readonly importances?: FloatMatrix;
  predict?(X: Samples): Promise<ArrayLike<unknown>>;
  predictProba?(X: Samples): Promise<FloatMatrix>;
  decisionFunction?(X: Samples): Promise<FloatMatrix>;
  transform?(X: Samples): Promise<FloatMatrix>;
  inverseTransform?(X: Samples): Promise<Pick<FloatMatrix, "shape"> & { readonly data: unknown }>;
  score?(X: Samples, y?: unknown): Promise<number>;
  toJSON?(): unknown;
}

export interface Estimator {
  fit?(...args: unknown[]): Promise<Fitted>;
  fitResample?(...args: unknown[]): Promise<Resampled>;
}

/**
 * The kind of an estimator. A scaler works column by column; the columns of a transformer's result do not correspond to
 * columns of X; an inspector is a function that examines a model with X and y.
 */
export type Kind =
  | "classifier"
  | "regressor"
  | "clusterer"
  | "scaler"
  | "transformer"
  | "sampler"
  | "inspector";

/** How a relation changes the data, for estimators whose options are in the data's units or count samples. */
export interface Change {
  /** Factor for X. Default 1. */
  readonly scale: number;
  /** How often every row is repeated. */
  readonly times: number;
  /** Additional clusters beyond the three. */
  readonly more: number;
  /** Whether features are multiplied by different factors: options that add up features must then be left out. */
  readonly units: boolean;
}

export const unchanged: Change = { scale: 1, times: 1, more: 0, units: false };

/** What the suite needs to know of an exported class: its entry in `entries`. */
export interface Entry {
  readonly kind: Kind;
  /** Makes an estimator; where its options are in the data's units or count samples, they are adapted to the change. */
  readonly make: (change: Change) => Estimator;
  /** Further arguments of `fit` after X and y. */
  readonly takes?: readonly ("sampleWeight" | "signal" | "onProgress")[];
  /** Largest difference between answers that should be equal, as a share of the largest number. Default 1e-5. */
  readonly tolerance?: number;
  /** X holds counts: whole numbers ≥ 0. */
  readonly counts?: boolean;
  /** The numbers that `transform` returns are numbers of X. */
  readonly keepsNumbers?: boolean;
  /** The results of `transform` have the units of X. */
  readonly keepsUnits?: boolean;
  /** Relations that do not hold, or sizes that are refused, and why: quotations from the class's docstring. */
  readonly exempt?: Readonly<Record<string, string>>;
  /** Makes one with an unknown option. Default: as `make` with no other option. */
  readonly unknown?: () => unknown;
  /** Classes of its parts, for `fromJSON`. */
  readonly readers?: Readers;
}

type Class = new (...args: unknown[]) => Estimator;

/** The classes of wgrad/ml that learn from data. */
export const exportedEstimators: ReadonlyMap<string, Class> = new Map(
  Object.entries(ml).flatMap(([name, value]: [string, unknown]) => {
    const prototype = typeof value === "function" ? (value.prototype as object | undefined) : {};
    const learns = ["fit", "fitTransform", "fitResample"].some((m) => m in (prototype ?? {}));
    return learns ? [[name, value as Class] as const] : [];
  }),
);

export const classOf = (name: string): Class => {
  const found = exportedEstimators.get(name);
  if (!found) throw new Error(`wgrad/ml exports no estimator ${name}`);
  return found;
};

const texts: Readonly<Record<string, string>> = import.meta.glob("../../../src/ml/**/*.ts", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** The docstrings of the file that exports a class or a function, on one line. */
export function docstringsOf(name: string): string {
  const head = new RegExp(`^export (class|const) ${name}\\b`, "m");
  const text = Object.values(texts).find((file) => head.test(file)) ?? "";
  const docs = text.match(/\/\*\*.*?\*\//gs) ?? [];
  return docs.join(" ").replace(/\s*\n\s*\*\s*/g, " ");
}

const supervised = ({ kind }: Entry): boolean =>
  ["classifier", "regressor", "sampler", "inspector"].includes(kind);

/** Fits, or resamples: the result that relations examine. */
export async function learn(
  entry: Entry,
  estimator: Estimator,
  X: unknown,
  y: unknown,
  ...options: unknown[]
): Promise<Fitted | Resampled> {
  const args = supervised(entry) ? [X, y, ...options] : [X, ...options];
  if (estimator.fitResample) return estimator.fitResample(...args);
  if (!estimator.fit) throw new Error("an estimator has fit or fitResample");
  return estimator.fit(...args);
}

/**
 * Methods of a fitted model that answer about samples. `SVC` has probabilities only on request; their folds depend on
 * the order of the rows, so that no relation holds for them: svm_gaps.test.ts tests them.
 */
export const answersOf = (model: object) =>
  (["predict", "predictProba", "decisionFunction", "transform"] as const).filter(
    (method) =>
      method in innermost(model) &&
      !(method === "predictProba" && innermost(model) instanceof FittedSVC),
  );

/** The fitted model with the methods of a predictor. */
function innermost(model: object): object {
  if (!(model instanceof Delegate)) return model;
  return innermost(
    Object("finalEstimator" in model ? model.finalEstimator : Object(model).bestEstimator),
  );
}

/**
 * A model's answers for queries: labels, which are compared exactly, and numbers, which are compared within a
 * tolerance.
 */
export interface Answer {
  readonly labels: unknown[];
  readonly numbers: ReadonlyMap<string, FloatMatrix>;
}

const column = (values: ArrayLike<unknown>): FloatMatrix => ({
  data: Float64Array.from(values as ArrayLike<number>),
  shape: [values.length, 1],
});

export async function answerOf(
  { kind }: Entry,
  learned: Fitted | Resampled,
  queries: Samples,
): Promise<Answer> {
  const numbers = new Map<string, FloatMatrix>();
  if ("indices" in learned) {
    numbers.set("X", learned.X);
    return { labels: [...Array.from(learned.y), ...learned.indices], numbers };
  }
  if (learned.importances) numbers.set("importances", learned.importances);
  const answers = answersOf(learned);
  const predicted = answers.includes("predict") ? await learned.predict?.(queries) : undefined;
  if (kind === "regressor" && predicted) numbers.set("predict", column(predicted));
  for (const method of answers) {
    if (method === "predict") continue;
    const result = await learned[method]?.(queries);
    if (result) numbers.set(method, result);
  }
  const there = numbers.get("transform");
  if (there && learned.inverseTransform) {
    const back = await learned.inverseTransform(there);
    if (back.data instanceof Float64Array) numbers.set("inverseTransform", back as FloatMatrix);
  }
  return { labels: kind === "regressor" ? [] : Array.from(predicted ?? []), numbers };
}

/** Makes the entry of a kind from a function that makes the estimator. */
export const entry =
  (kind: Entry["kind"]) =>
  (make: (change: Change) => Estimator, options: Omit<Entry, "kind" | "make"> = {}): Entry => ({
    kind,
    make,
    ...options,
  });
