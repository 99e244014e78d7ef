import fc from "fast-check";
import { WgradError } from "../../../src/core/errors.ts";
import type { FloatMatrix } from "../../../src/ml/index.ts";
import { scoreOf } from "./behaviour.ts";
import { answersOf, type Entry, type Fitted, learn, unchanged } from "./estimator.ts";

export interface DataSet {
  readonly X: number[][];
  readonly y: number[];
}

/** Draws a feature: the location of its numbers, and their spacing. */
const feature = (n: number, counts: boolean): fc.Arbitrary<number[]> => {
  const whole = fc.integer({ min: 0, max: 20 });
  const list = (each: fc.Arbitrary<number>) => fc.array(each, { minLength: n, maxLength: n });
  if (counts) return list(whole);
  const grid = fc.integer({ min: -4096, max: 4096 }).map((k) => k / 256);
  const scale = fc.integer({ min: -12, max: 12 }).map((e) => 10 ** e);
  return fc.oneof(
    list(grid),
    list(fc.constantFrom(0, 1)),
    fc.tuple(list(grid), scale).map(([xs, s]) => xs.map((x) => x * s)),
    list(fc.integer({ min: 0, max: 86_400_000 })).map((ms) => ms.map((x) => 1.7e12 + x)), // timestamps
    list(whole).map((ks) => ks.map((k) => 1e9 + k)), // identifiers
    grid.map((x) => new Array<number>(n).fill(x)), // constant
    fc.tuple(list(grid), fc.nat(n - 1)).map(([xs, at]) => xs.with(at, 1e6 * ((xs[at] ?? 0) + 1))),
    list(fc.constantFrom(19.99, 5, 1250, 3, 0.5)), // duplicates
  );
};

/** Up to 12 samples of up to 3 features; targets are classes, or a feature and a little more. */
export const dataSets = ({ kind, counts = false }: Entry): fc.Arbitrary<DataSet> =>
  fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 3 })).chain(([n, d]) => {
    const columns = fc.array(feature(n, counts), { minLength: d, maxLength: d });
    const classes = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: n, maxLength: n });
    const targets = kind === "regressor" ? feature(n, false) : classes;
    return fc.tuple(columns, targets).map(([all, y]) => ({
      X: Array.from({ length: n }, (_, i) => all.map((column) => column[i] as number)),
      y,
    }));
  });

const MOST_CALLS = 20_000;
const MOST_MS = 30_000;

/** Fails if a fit neither ends nor makes progress. */
async function within<T>(work: (onProgress: () => void) => Promise<T>): Promise<T> {
  let calls = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${MOST_MS} ms`)), MOST_MS);
  });
  const counted = () => {
    if (++calls > MOST_CALLS) throw new Error(`no end after ${MOST_CALLS} rounds`);
  };
  try {
    return await Promise.race([work(counted), late]);
  } finally {
    clearTimeout(timer);
  }
}

const check = (right: boolean, words: string): void => {
  if (!right) throw new Error(words);
};

const finite = (name: string, { data }: FloatMatrix): void =>
  check(
    data.every((x) => Number.isFinite(x)),
    `${name}: ${Array.from(data).find((x) => !Number.isFinite(x))} in ${data.join(", ")}`,
  );

function probabilities({ data, shape: [n, k] }: FloatMatrix): void {
  for (let i = 0; i < n; i++) {
    const row = data.subarray(i * k, (i + 1) * k);
    const sum = row.reduce((a, b) => a + b, 0);
    check(
      row.every((p) => p >= 0 && p <= 1 + 1e-6) && Math.abs(sum - 1) < 1e-5,
      `probabilities of row ${i}: ${row.join(", ")}`,
    );
  }
}

/** After transform and inverseTransform every number is within 1e-5 of the largest of its column. */
function roundTrip({ data, shape: [, d] }: FloatMatrix, X: readonly (readonly number[])[]): void {
  for (let c = 0; c < d; c++) {
    const most = X.reduce((a, row) => Math.max(a, Math.abs(row[c] as number)), 0);
    X.forEach((row, i) => {
      const far = Math.abs((data[i * d + c] as number) - (row[c] as number));
      check(far <= 1e-5 * most, `row ${i}, column ${c}: ${row[c]} came back as ${data[i * d + c]}`);
    });
  }
}

async function checkFitted(entry: Entry, model: Fitted, { X, y }: DataSet): Promise<void> {
  const { kind } = entry;
  if (model.importances) finite("importances", model.importances);
  for (const method of answersOf(model)) {
    if (method === "predict") continue;
    const result = await model[method]?.(X);
    if (result) finite(method, result);
    if (result && method === "predictProba") probabilities(result);
    if (result && method === "transform" && model.inverseTransform && kind === "scaler") {
      roundTrip((await model.inverseTransform(result)) as FloatMatrix, X);
    }
  }
  const predicts = answersOf(model).includes("predict");
  const predicted = predicts ? ((await model.predict?.(X)) as ArrayLike<number>) : undefined;
  if (!predicted) return;
  const all = Array.from(predicted);
  check(all.length === X.length, `${all.length} predictions of ${X.length} samples`);
  check(all.every(Number.isFinite), `predicted ${all.join(", ")}`);
  if (kind === "clusterer") {
    const [labels, most] = [Array.from(model.labels ?? []), 3];
    check(
      [...labels, ...all].every((c) => c >= 0 && c < most),
      `clusters ${labels.join(", ")}`,
    );
    check(Number.isFinite(model.inertia), `inertia ${model.inertia}`);
    return;
  }
  if (kind === "classifier") {
    const classes = Array.from(model.classes ?? []);
    check(
      all.every((c) => classes.includes(c)),
      `${all.join(", ")} among ${classes.join(", ")}`,
    );
  }
  const distinct = new Set(y).size > 1;
  if (!model.score || (kind === "regressor" && !distinct)) return;
  const [got, expected] = [await model.score(X, y), scoreOf(kind, y, predicted)];
  const near = Math.abs(got - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
  check(near, `score ${got}, of predict ${expected}`);
}

/** Fits one data set and checks the result and its predictions. False where fit refuses. */
export async function tryOne(entry: Entry, data: DataSet): Promise<boolean> {
  const progress = entry.takes?.includes("onProgress");
  let learned: Awaited<ReturnType<typeof learn>>;
  try {
    learned = await within((onProgress) =>
      learn(entry, entry.make(unchanged), data.X, data.y, ...(progress ? [{ onProgress }] : [])),
    );
  } catch (error) {
    if (!(error instanceof WgradError)) throw error;
    check(/expected .*, got .*; /.test(error.message), `refused without a reason: ${error}`);
    return false;
  }
  if ("indices" in learned) {
    finite("X", learned.X);
    check(learned.y.length === learned.X.shape[0], "a label for each sample");
  } else await within(() => checkFitted(entry, learned as Fitted, data));
  return true;
}
