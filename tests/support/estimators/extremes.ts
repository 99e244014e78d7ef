import { expect } from "vitest";
import { WgradError } from "../../../src/core/errors.ts";
import type { FloatMatrix, Resampled } from "../../../src/ml/index.ts";
import { expectClose, expectSame, partition } from "./compare.ts";
import {
  type Answer,
  answerOf,
  docstringsOf,
  type Entry,
  type Fitted,
  learn,
  unchanged,
} from "./estimator.ts";
import { type Problem, problemFor } from "./problem.ts";

const largest = (p: Problem) => Math.max(...p.X.flat().map(Math.abs));

/** Appends a row 1e6 times as large as the rest, of the first class or the first target. */
function withOutlier(entry: Entry, p: Problem): Problem {
  const far = 1e6 * largest(p);
  const row = entry.counts ? [Math.round(far), 0, Math.round(far)] : [far, -far, far];
  return { ...p, X: [...p.X, row], y: [...p.y, p.y[0] as number] };
}

/** An outlier of sample weight 0 changes no prediction. */
async function ignored(entry: Entry): Promise<void> {
  const p = problemFor(entry);
  const far = withOutlier(entry, p);
  const sampleWeight = far.X.map((_, i) => Number(i < p.X.length));
  const alone = { ...unchanged, units: true }; // without options that add up features
  const plain = await learn(entry, entry.make(alone), p.X, p.y);
  const other = await learn(entry, entry.make(alone), far.X, far.y, { sampleWeight });
  const queries = [...p.queries];
  const [got, expected] = [
    await answerOf(entry, other, queries),
    await answerOf(entry, plain, queries),
  ];
  expectSame(got, expected, entry.tolerance ?? 1e-5);
}

/** Differences of all rows from the first one, by column: an outlier must not change them. */
const differences = ({ data, shape: [n, d] }: FloatMatrix): FloatMatrix => ({
  shape: [n, d],
  data: data.map((x, at) => x - (data[at % d] as number)),
});

const distances = ({ data, shape: [n, d] }: FloatMatrix): FloatMatrix => ({
  shape: [n, 1],
  data: Float64Array.from({ length: n }, (_, i) =>
    Math.hypot(
      ...Array.from({ length: d }, (_, c) => (data[i * d + c] as number) - (data[c] as number)),
    ),
  ),
});

const column = ({ data, shape: [n, d] }: FloatMatrix, c: number): FloatMatrix => {
  const own = Float64Array.from({ length: n }, (_, i) => data[i * d + c] as number);
  const most = own.reduce((a, x) => Math.max(a, Math.abs(x)), 0) || 1;
  return { shape: [n, 1], data: own.map((x) => x / most) };
};

/** Samples that a sampler selects or synthesises lie among the samples of their class. */
async function staysWithin(entry: Entry, p: Problem): Promise<void> {
  const { X, y, indices } = (await learn(entry, entry.make(unchanged), p.X, p.y)) as Resampled;
  const d = X.shape[1];
  Array.from(y).forEach((label, i) => {
    expect(label).toBe(p.y[indices[i] as number]);
    const own = p.X.filter((_, row) => p.y[row] === label);
    for (let c = 0; c < d; c++) {
      const column = own.map((row) => row[c] as number);
      expect(X.data[i * d + c]).toBeGreaterThanOrEqual(Math.min(...column));
      expect(X.data[i * d + c]).toBeLessThanOrEqual(Math.max(...column));
    }
  });
}

/** Estimators without sample weights must still separate the classes beside an outlier. */
async function toldApart(entry: Entry): Promise<void> {
  const p = problemFor(entry);
  const far = withOutlier(entry, p);
  const queries = [...p.queries];
  const more = { ...unchanged, more: 1 };
  if (entry.kind === "sampler") return staysWithin(entry, far);
  const plain = await learn(entry, entry.make(unchanged), p.X, p.y);
  const other = await learn(entry, entry.make(more), far.X, far.y);
  const [got, expected] = [
    await answerOf(entry, other, queries),
    await answerOf(entry, plain, queries),
  ];
  if (entry.kind === "clusterer") {
    expect(partition(got.labels)).toEqual(partition(expected.labels));
    const labels = Array.from((other as Fitted).labels ?? []).slice(0, p.X.length);
    expect(partition(labels)).toEqual(partition(Array.from((plain as Fitted).labels ?? [])));
    return;
  }
  if (entry.kind === "scaler" || entry.kind === "transformer") {
    const asIs = got.numbers.get("transform") as FloatMatrix;
    const alone = expected.numbers.get("transform") as FloatMatrix;
    if (entry.kind === "transformer") {
      return expectClose("distances", distances(asIs), distances(alone), 1e-6);
    }
    for (let c = 0; c < asIs.shape[1]; c++) {
      const [a, b] = [differences(asIs), differences(alone)];
      expectClose(`column ${c}`, column(a, c), column(b, c), 1e-9);
    }
    return;
  }
  expectSame(got, expected, entry.tolerance ?? 1e-5);
}

export const outlier = (entry: Entry): Promise<void> =>
  entry.takes?.includes("sampleWeight") ? ignored(entry) : toldApart(entry);

function expectFinite({ labels, numbers }: Answer, where: string): void {
  for (const label of labels) expect(label, where).not.toBeNaN();
  for (const [name, { data }] of numbers) {
    expect(
      [...data].filter((x) => !Number.isFinite(x)),
      `${where}: ${name}`,
    ).toEqual([]);
  }
}

const rows = (n: number, d: number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: d }, (_, c) => (i * (c + 2)) % 5));

const alternate = (n: number): number[] => Array.from({ length: n }, (_, i) => i % 2);

/** Smallest and degenerate sizes. A refusal must be a full message; otherwise predictions must be finite. */
const SMALL: readonly {
  readonly name: string;
  readonly X: number[][];
  readonly y: number[];
  /** The only kinds that may refuse such sizes. */
  readonly mayRefuse: readonly Entry["kind"][] | "all";
}[] = [
  { name: "one sample", X: rows(1, 2), y: [0], mayRefuse: "all" },
  { name: "one feature", X: rows(10, 1), y: alternate(10), mayRefuse: [] },
  { name: "fewer samples than features", X: rows(8, 12), y: alternate(8), mayRefuse: [] },
  {
    name: "as many samples as neighbours or clusters",
    X: rows(3, 2),
    y: [0, 1, 0],
    mayRefuse: ["sampler"],
  },
  {
    name: "one class, one target",
    X: rows(8, 2),
    y: Array(8).fill(1) as number[],
    mayRefuse: ["classifier", "sampler"],
  },
  {
    name: "all samples the same",
    X: Array(8).fill([2, 3]) as number[][],
    y: alternate(8),
    mayRefuse: [],
  },
];

export async function small(entry: Entry, className: string): Promise<void> {
  for (const { name, X, y, mayRefuse } of SMALL) {
    let answer: Answer;
    try {
      const learned = await learn(entry, entry.make(unchanged), X, y);
      answer = await answerOf(entry, learned, X);
    } catch (error) {
      expect(error, `${name}: ${error}`).toBeInstanceOf(WgradError);
      expect(`${error}`, name).toMatch(/expected .*, got .*; /);
      const said = entry.exempt?.[name];
      if (said) expect(docstringsOf(className)).toContain(said);
      const may = said || mayRefuse === "all" || mayRefuse.includes(entry.kind);
      expect(may, `${name} is refused: ${error}`).toBeTruthy();
      continue;
    }
    expectFinite(answer, name);
  }
}
