import { expect } from "vitest";
import { WgradError } from "../../../src/core/errors.ts";
import type { Subject } from "./behaviour.ts";
import { answersOf, classOf, type Fitted, learn, unchanged } from "./estimator.ts";
import { problemFor } from "./problem.ts";

type Check = (subject: Subject) => Promise<void>;

/** Checks that a call is refused with a `WgradError` whose message contains all of this. */
async function refused(call: () => unknown, ...says: readonly RegExp[]): Promise<void> {
  let error: unknown;
  try {
    await call();
  } catch (reason) {
    error = reason;
  }
  expect(error, `not refused (${says.join(", ")})`).toBeInstanceOf(WgradError);
  for (const words of says) expect(`${error}`).toMatch(words);
}

const WRONG: readonly (readonly [value: unknown, says: RegExp])[] = [
  [Number.NaN, /NaN/],
  [Number.POSITIVE_INFINITY, /Infinity/],
  [Number.NEGATIVE_INFINITY, /-Infinity/],
  [null, /null/],
  [undefined, /nothing|undefined/],
  ["", /""/],
  ["1", /"1"/],
  [{}, /object|\{\}/],
  [[1], /array|\[1\]/],
];

const withEntry = (rows: readonly (readonly number[])[], value: unknown): unknown[][] =>
  rows.map((row, i) => (i === 4 ? [row[0], value, row[2]] : [...row]));

/** A number in X that is not finite is named by row and column, in fit and in predictions. */
const entriesOfX: Check = async ({ entry, engine }) => {
  const p = problemFor(entry);
  await engine.flush();
  const before = engine.counters().liveBytes;
  const model = await learn(entry, entry.make(unchanged), p.X, p.y);
  for (const [value, says] of WRONG) {
    const attempt = () => learn(entry, entry.make(unchanged), withEntry(p.X, value), p.y);
    await refused(attempt, says, /row 4/, /column 1/);
    for (const method of answersOf(model)) {
      const rows = withEntry(p.queries, value) as number[][];
      await refused(() => (model as Fitted)[method]?.(rows), says, /row 4/, /column 1/);
    }
  }
  await engine.flush();
  expect(engine.counters().liveBytes).toBe(before);
};

const ragged: Check = async ({ entry }) => {
  const p = problemFor(entry);
  const attempt = (X: unknown) => () => learn(entry, entry.make(unchanged), X, p.y);
  const short = p.X.map((row, i) => (i === 4 ? row.slice(1) : row));
  const long = p.X.map((row, i) => (i === 4 ? [...row, 1] : row));
  await refused(attempt(short), /row 4/, /same length/);
  await refused(attempt(long), /row 4/, /same length/);
  await refused(attempt([]), /X/);
  await refused(attempt(p.X.map(() => [])), /X/);
  await refused(attempt(p.X.flat()), /X|row 0/);
  await refused(attempt({ data: p.X.flat(), shape: [p.X.length, 4] }), /numbers/);
};

const entriesOfY: Check = async ({ entry }) => {
  if (!["classifier", "regressor", "sampler", "inspector"].includes(entry.kind)) return;
  const p = problemFor(entry);
  const attempt = (y: unknown) => () => learn(entry, entry.make(unchanged), p.X, y);
  for (const value of [Number.NaN, null, undefined]) {
    const y = p.y.map((own, i) => (i === 4 ? value : own));
    await refused(
      attempt(y),
      /y\[4\]/,
      value === undefined ? /nothing|undefined/ : new RegExp(String(value)),
    );
  }
  await refused(attempt(p.y.slice(1)), /27/, /26/);
};

const features: Check = async ({ entry }) => {
  const p = problemFor(entry);
  const model = (await learn(entry, entry.make(unchanged), p.X, p.y)) as Fitted;
  for (const method of answersOf(model)) {
    for (const width of [2, 4]) {
      const rows = p.queries.map((row) => [...row, 1].slice(0, width));
      await refused(() => model[method]?.(rows), /3 features/, new RegExp(`\\b${width}\\b`));
    }
  }
};

const unknownOptions: Check = async ({ entry, name }) => {
  const p = problemFor(entry);
  const unknown = entry.unknown ?? (() => new (classOf(name))({ noSuchOption: 1 }));
  await refused(unknown, /noSuchOption|argument/);
  const attempt = () => learn(entry, entry.make(unchanged), p.X, p.y, { noSuchOption: 1 });
  await refused(attempt, /noSuchOption|argument/);
  for (const option of ["sampleWeight", "signal", "onProgress"] as const) {
    const value = { sampleWeight: p.y.map(() => 1), onProgress: () => undefined };
    const given = { signal: new AbortController().signal, ...value }[option];
    const own = () => learn(entry, entry.make(unchanged), p.X, p.y, { [option]: given });
    if (entry.takes?.includes(option)) await own();
    else await refused(own, new RegExp(`${option}|argument`));
  }
};

export const refusals: Readonly<Record<string, Check>> = {
  "what is no finite number in X is named by row and column": entriesOfX,
  "ragged and empty rows are refused": ragged,
  "what is missing in y is named": entriesOfY,
  "other features than in fit are refused": features,
  "unknown options are refused, and known ones taken": unknownOptions,
};
