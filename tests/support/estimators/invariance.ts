import { expect } from "vitest";
import type { FloatMatrix } from "../../../src/ml/index.ts";
import { columnsIn, expectClose, expectSame, partition } from "./compare.ts";
import { type Answer, answerOf, type Change, type Entry, learn, unchanged } from "./estimator.ts";
import { mapRows, type Problem, problemFor, strideOf } from "./problem.ts";

/** A relation: how it changes the problem, and how the answers must change with it. */
export interface Relation {
  /** The name by which an entry can be exempt. */
  readonly name: string;
  readonly change?: Partial<Change>;
  readonly problem: (given: Problem) => Problem;
  /** The expected answer, from the answer to the unchanged problem. Default: the same. */
  readonly answer?: (plain: Answer, entry: Entry) => Answer;
  /** Kinds of estimators to which it applies. Default: all. */
  readonly kinds?: readonly Entry["kind"][];
}

const both = (p: Problem, f: (x: number, c: number) => number): Problem => ({
  ...p,
  X: mapRows(p.X, f),
  queries: mapRows(p.queries, f),
});

const mapNumbers = (
  { labels, numbers }: Answer,
  f: (matrix: FloatMatrix, name: string) => FloatMatrix,
): Answer => ({ labels, numbers: new Map([...numbers].map(([k, m]) => [k, f(m, k)])) });

/** Results of inverseTransform and of resampling are in the units of X. */
const inUnitsOfX = ({ keepsNumbers }: Entry, name: string) =>
  name === "inverseTransform" || name === "X" || (keepsNumbers === true && name === "transform");
const keepsUnits = (entry: Entry, name: string) =>
  inUnitsOfX(entry, name) || (entry.keepsUnits === true && name === "transform");

const SHIFT = 1e9;
const UNITS = [1e6, 1e-6, 1];
const ORDER = [2, 0, 1];
/** New labels of the classes 0, 1, 2; they sort in another order. */
const NAMES = [7, 3, 5];
const POSITIONS = [1, 2, 0]; // of 3, 5, 7 among the classes 0, 1, 2

const moved = (by: number): Relation => ({
  name: "shift",
  problem: (p) => both(p, (x) => x + by),
  answer: (plain, entry) =>
    mapNumbers(plain, (m, name) => (inUnitsOfX(entry, name) ? shifted(m, by) : m)),
});

const shifted = ({ data, shape }: FloatMatrix, by: number): FloatMatrix => ({
  shape,
  data: data.map((x) => x + by),
});

const scaled = (by: number): Relation => ({
  name: "scale",
  change: { scale: by },
  problem: (p) => both(p, (x) => by * x),
  answer: (plain, entry) =>
    mapNumbers(plain, (m, name) =>
      keepsUnits(entry, name) ? { shape: m.shape, data: m.data.map((x) => by * x) } : m,
    ),
});

export const invariances: Readonly<Record<string, Relation>> = {
  "a shift of 1e9": moved(SHIFT),
  "times 2^60": scaled(2 ** 60),
  "times 2^-60": scaled(2 ** -60),
  "features times 1e6, 1e-6 and 1": {
    name: "units",
    change: { units: true },
    problem: (p) => both(p, (x, c) => (UNITS[c] as number) * x),
    answer: (plain, entry) =>
      mapNumbers(plain, (m, name) =>
        inUnitsOfX(entry, name)
          ? { shape: m.shape, data: m.data.map((x, at) => (UNITS[at % 3] as number) * x) }
          : m,
      ),
  },
  "rows in another order": {
    name: "permuted rows",
    problem: (p) => {
      const order = strideOf(p.X.length);
      return {
        ...p,
        X: order.map((i) => p.X[i] as number[]),
        y: order.map((i) => p.y[i] as number),
      };
    },
  },
  "features in another order": {
    name: "permuted features",
    problem: (p) => {
      const turn = (rows: Problem["X"]) => rows.map((r) => ORDER.map((c) => r[c] as number));
      return { ...p, X: turn(p.X), queries: turn(p.queries) };
    },
    answer: (plain, entry) =>
      mapNumbers(plain, (m, name) =>
        entry.kind === "scaler" || inUnitsOfX(entry, name) ? columnsIn(ORDER, m) : m,
      ),
  },
  "other names of the classes": {
    name: "renamed classes",
    kinds: ["classifier"],
    problem: (p) => ({ ...p, y: p.y.map((c) => NAMES[c] as number) }),
    answer: (plain) => ({
      ...mapNumbers(plain, (m) => columnsIn(POSITIONS, m)),
      labels: plain.labels.map((c) => NAMES[c as number]),
    }),
  },
  "every row twice": {
    name: "repeated rows",
    change: { times: 2 },
    problem: (p) => ({ ...p, X: [...p.X, ...p.X], y: [...p.y, ...p.y] }),
  },
  "a constant feature": {
    name: "constant feature",
    problem: (p) => ({
      ...p,
      X: p.X.map((row) => [...row, 7]),
      queries: p.queries.map((row) => [...row, 7]),
    }),
  },
};

const first = (matrix: FloatMatrix, columns: number): FloatMatrix => {
  const [n, d] = matrix.shape;
  return {
    shape: [n, columns],
    data: Float64Array.from(
      { length: n * columns },
      (_, at) => matrix.data[Math.floor(at / columns) * d + (at % columns)] as number,
    ),
  };
};

/** Clusters may be numbered otherwise, and their distances may stand in another order. */
const named = (answer: Answer, { kind }: Entry): Answer =>
  kind === "clusterer" ? { labels: partition(answer.labels), numbers: new Map() } : answer;

export async function checkInvariance(
  entry: Entry,
  { change = {}, problem, answer = (same) => same, name }: Relation,
): Promise<void> {
  const plain = problemFor(entry);
  const other = problem(plain);
  const fitted = await learn(entry, entry.make(unchanged), plain.X, plain.y);
  const changed = await learn(entry, entry.make({ ...unchanged, ...change }), other.X, other.y);
  const expected = answer(await answerOf(entry, fitted, [...plain.queries]), entry);
  let got = await answerOf(entry, changed, [...other.queries]);
  if (name === "constant feature") {
    got = mapNumbers(got, (m, k) => first(m, expected.numbers.get(k)?.shape[1] ?? m.shape[1]));
  }
  const reordered = name === "permuted rows" || name === "repeated rows";
  const tell = (a: Answer) => (reordered ? named(a, entry) : a);
  expectSame(tell(got), tell(expected), entry.tolerance ?? 1e-5);
  if (entry.kind !== "clusterer" || !("inertia" in fitted && "inertia" in changed)) return;
  const { scale = 1, times = 1 } = change;
  const inertia = Float64Array.of((fitted.inertia as number) * scale ** 2 * times);
  const own = Float64Array.of(changed.inertia as number);
  expectClose("inertia", { data: own, shape: [1, 1] }, { data: inertia, shape: [1, 1] }, 1e-5);
  expect(changed.labels?.length).toBe(other.X.length);
}
