import { Delegate } from "../../../src/ml/compose/delegate.ts";
import type { FloatMatrix, Readers, Resampled, Samples } from "../../../src/ml/index.ts";
import * as ml from "../../../src/ml/index.ts";
import { FittedSVC } from "../../../src/ml/svm/fitted_svc.ts";

/** What every fitted model may have; each kind has some of it. */
export interface Fitted {
  readonly classes?: ArrayLike<unknown>;
  readonly labels?: ArrayLike<number>;
  readonly inertia?: number;
  /** Of an inspector: [repeats, features]. */
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
 * What an estimator learns. A scaler works column by column; a transformer's columns have no counterpart in X; an inspector is a
 * function that looks at a model of X and y.
 */
export type Kind =
  | "classifier"
  | "regressor"
  | "clusterer"
  | "scaler"
  | "transformer"
  | "sampler"
  | "inspector";

/** How the data of a relation differ, for models whose options have the data's units or count samples. */
export interface Change {
  /** X is multiplied by this. Default 1. */
  readonly scale: number;
  /** Every row stands there so often. */
  readonly times: number;
  /** Clusters more than the three there are. */
  readonly more: number;
  /** Features are multiplied one by one: an option that adds up features is to be left out. */
  readonly units: boolean;
}

export const unchanged: Change = { scale: 1, times: 1, more: 0, units: false };

/** What the suite has to know of an exported class: one entry in `entries`. */
export interface Entry {
  readonly kind: Kind;
  /** A new estimator; its options make up for the change where they have units or count samples. */
  readonly make: (change: Change) => Estimator;
  /** What `fit` takes beside X and y. */
  readonly takes?: readonly ("sampleWeight" | "signal" | "onProgress")[];
  /** Largest difference between answers that should be equal, as a share of the largest number. Default 1e-5. */
  readonly tolerance?: number;
  /** X holds counts: whole numbers ≥ 0. */
  readonly counts?: boolean;
  /** What `transform` gives are numbers of X. */
  readonly keepsNumbers?: boolean;
  /** What `transform` gives is in the units of X. */
  readonly keepsUnits?: boolean;
  /** Relations that do not hold, or sizes that are refused, and why: words of the class's docstrings. */
  readonly exempt?: Readonly<Record<string, string>>;
  /** Makes one with an option that it has not. Default: with nothing else. */
  readonly unknown?: () => unknown;
  /** Classes of the parts, for `fromJSON`. */
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

/** Fits, or resamples: what a relation looks at. */
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
 * The methods of a fitted model that answer about samples. `SVC` has probabilities only where they were asked for; their folds
 * depend on the order of the rows, so that no relation holds for them: svm_gaps.test.ts has their tests.
 */
export const answersOf = (model: object) =>
  (["predict", "predictProba", "decisionFunction", "transform"] as const).filter(
    (method) =>
      method in innermost(model) &&
      !(method === "predictProba" && innermost(model) instanceof FittedSVC),
  );

/** The fitted model that answers what others are asked. */
function innermost(model: object): object {
  if (!(model instanceof Delegate)) return model;
  return innermost(
    Object("finalEstimator" in model ? model.finalEstimator : Object(model).bestEstimator),
  );
}

/** What a model says of queries: labels to compare exactly, and numbers to compare within a tolerance. */
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

/** An entry of a kind, by what makes the estimator. */
export const entry =
  (kind: Entry["kind"]) =>
  (make: (change: Change) => Estimator, options: Omit<Entry, "kind" | "make"> = {}): Entry => ({
    kind,
    make,
    ...options,
  });
