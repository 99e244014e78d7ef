import { expect } from "vitest";
import { WgradError } from "../../../src/core/errors.ts";
import { type Saved, withChecksum } from "../../../src/ml/index.ts";
import type { Engine } from "../../../src/scheduler/engine.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { expectBits } from "./compare.ts";
import { answerOf, classOf, type Entry, type Fitted, learn, unchanged } from "./estimator.ts";
import { type Problem, problemFor } from "./problem.ts";

/** Makes an estimator, by its name, on a device. */
export interface Subject {
  readonly name: string;
  readonly entry: Entry;
  readonly engine: Engine;
}

type Check = (subject: Subject) => Promise<void>;

const learnIt = ({ entry }: Subject, p: Problem, ...options: unknown[]) =>
  learn(entry, entry.make(unchanged), p.X, p.y, ...options);

/** Fits and predictions are the same for rows, arrays of both precisions and a tensor with the same numbers. */
const representations: Check = async (subject) => {
  const { entry } = subject;
  const p = problemFor(entry);
  const d = p.X[0]?.length ?? 0;
  const shape = [p.X.length, d] as const;
  const [f32, f64] = [Float32Array.from(p.X.flat()), Float64Array.from(p.X.flat())];
  using X = tensor(f32, { shape });
  using y = tensor(Float32Array.from(p.y));
  const forms: (readonly [string, unknown, unknown])[] = [
    ["Float32Array", { data: f32, shape }, Float32Array.from(p.y)],
    ["Float64Array", { data: f64, shape }, Float64Array.from(p.y)],
    ["rows of Float64Array", p.X.map((row) => Float64Array.from(row)), p.y],
    ["a tensor", X, y],
  ];
  const queries = [...p.queries];
  const expected = await answerOf(entry, await learnIt(subject, p), queries);
  for (const [, ownX, ownY] of forms) {
    const learned = await learn(entry, entry.make(unchanged), ownX, ownY);
    expectBits(await answerOf(entry, learned, queries), expected);
  }
  const flat = { data: Float32Array.from(queries.flat()), shape: [queries.length, d] as const };
  using asTensor = tensor(flat.data, { shape: flat.shape });
  const learned = await learnIt(subject, p);
  expectBits(await answerOf(entry, learned, flat), expected);
  expectBits(await answerOf(entry, learned, asTensor), expected);
};

const json: Check = async (subject) => {
  const { entry, name } = subject;
  const p = problemFor(entry);
  const learned = await learnIt(subject, p);
  if (entry.kind === "sampler" || entry.kind === "inspector")
    return expect("toJSON" in learned).toBe(false);
  const saved: unknown = JSON.parse(JSON.stringify(learned));
  const Class = classOf(name) as unknown as { fromJSON(...args: unknown[]): Fitted };
  const again = entry.readers ? Class.fromJSON(saved, entry.readers) : Class.fromJSON(saved);
  const queries = [...p.queries];
  expectBits(await answerOf(entry, again, queries), await answerOf(entry, learned, queries));
  expect(JSON.stringify(again)).toBe(JSON.stringify(learned));
};

const sameSeed: Check = async (subject) => {
  const p = problemFor(subject.entry);
  const [a, b] = [await learnIt(subject, p), await learnIt(subject, p)];
  expect(JSON.stringify(a)).toBe(JSON.stringify(b));
};

const fitTwice: Check = async ({ entry }) => {
  const [p, other] = [problemFor(entry), problemFor(entry, 2)];
  const estimator = entry.make(unchanged);
  const queries = [...p.queries];
  const first = await learn(entry, estimator, p.X, p.y);
  const saved = JSON.stringify(first);
  const answer = await answerOf(entry, first, queries);
  await learn(entry, estimator, other.X, other.y);
  expect(JSON.stringify(first)).toBe(saved);
  expectBits(await answerOf(entry, first, queries), answer);
  const again = await learn(entry, estimator, p.X, p.y);
  expect(JSON.stringify(again)).toBe(saved);
  expectBits(await answerOf(entry, again, queries), answer);
};

async function liveBytes({ engine }: Subject): Promise<number> {
  await engine.flush();
  return engine.counters().liveBytes;
}

/** A fit and its predictions leave no bytes on the GPU, nor does a refused fit. */
const leavesNothing: Check = async (subject) => {
  const { entry } = subject;
  const p = problemFor(entry);
  const before = await liveBytes(subject);
  const learned = await learnIt(subject, p);
  await answerOf(entry, learned, [...p.queries]);
  if ("score" in learned) await (learned as Fitted).score?.([...p.X], p.y);
  expect(await liveBytes(subject)).toBe(before);
};

const MOST_STOPS = 12;

/** Aborted before it begins, and at every call of onProgress up to the last. */
const stops: Check = async (subject) => {
  const { entry } = subject;
  const takes = entry.takes ?? [];
  if (!takes.includes("signal")) {
    const call = learnIt(subject, problemFor(entry), { signal: new AbortController().signal });
    await expect(call).rejects.toThrow(/argument|signal/);
    return;
  }
  const p = problemFor(entry);
  const before = await liveBytes(subject);
  const early = learnIt(subject, p, { signal: AbortSignal.abort("not at all") });
  await expect(early).rejects.toBe("not at all");
  let calls = 0;
  if (takes.includes("onProgress")) {
    await learnIt(subject, p, { onProgress: () => calls++ });
    expect(calls, "calls of onProgress").toBeGreaterThan(0);
  }
  const step = Math.max(1, Math.floor(calls / MOST_STOPS));
  for (
    let stop = 1;
    stop <= calls;
    stop = stop === calls ? stop + 1 : Math.min(calls, stop + step)
  ) {
    const control = new AbortController();
    const reason = { stop };
    let call = 0;
    const onProgress = () => {
      if (++call === stop) control.abort(reason);
    };
    const fit = learnIt(subject, p, { signal: control.signal, onProgress });
    await expect(fit, `stopped at call ${stop} of ${calls}`).rejects.toBe(reason);
  }
  expect(await liveBytes(subject)).toBe(before);
};

/** `score` equals the metric of the predictions. */
const score: Check = async (subject) => {
  const p = problemFor(subject.entry);
  const learned = await learnIt(subject, p);
  if (!("score" in learned)) return;
  const { kind } = subject.entry;
  const model = learned as Fitted;
  const got = await model.score?.([...p.X], kind === "clusterer" ? undefined : p.y);
  if (kind === "clusterer") return expect(got).toBeCloseTo(-(model.inertia ?? Number.NaN), 6);
  const predicted = (await model.predict?.([...p.X])) as ArrayLike<number>;
  expect(got).toBeCloseTo(scoreOf(kind, p.y, predicted), 12);
};

export function scoreOf(
  kind: Entry["kind"],
  y: readonly number[],
  predicted: ArrayLike<number>,
): number {
  const n = y.length;
  if (kind === "classifier") return y.filter((c, i) => c === predicted[i]).length / n;
  const mean = y.reduce((a, b) => a + b, 0) / n;
  const left = y.reduce((sum, v, i) => sum + (v - (predicted[i] as number)) ** 2, 0);
  return 1 - left / y.reduce((sum, v) => sum + (v - mean) ** 2, 0);
}

/** Values that a damaged or hostile file may hold anywhere. */
const MOST_DAMAGES = 24; // damages tried for each estimator
const damages: readonly unknown[] = [null, { length: 1e9 }, "x", [], -1.5, true];

/** JSON with one damaged value is refused by name, or loads as a model that gives complete rows of numbers. */
const damaged: Check = async (subject) => {
  const { entry, name } = subject;
  const p = problemFor(entry);
  const learned = await learnIt(subject, p);
  if (!("toJSON" in learned && "fromJSON" in classOf(name))) return;
  const text = JSON.stringify(learned);
  const Class = classOf(name) as unknown as { fromJSON(...args: unknown[]): Fitted };
  const queries = [...p.queries];
  const all = pathsOf(JSON.parse(text), []);
  const paths = all.filter((_, i) => i % Math.ceil(all.length / MOST_DAMAGES) === 0);
  const refused = { times: 0 };
  for (const [i, path] of paths.entries()) {
    const damage = i % (damages.length + 1); // the last kind of damage removes the value
    const saved = withDamage(JSON.parse(text), path, damage);
    try {
      // a hostile file would have a valid checksum
      const summed = withChecksum(saved as Saved);
      const again = Class.fromJSON(summed, ...(entry.readers ? [entry.readers] : []));
      const answer = await answerOf(entry, again, queries);
      expect(numbersOf(answer).length % queries.length, path.join(".")).toBe(0);
      expect(numbersOf(answer).filter(Number.isNaN), path.join(".")).toEqual([]);
    } catch (error) {
      if (!(error instanceof WgradError)) throw new Error(`${path.join(".")}: ${error}`);
      refused.times++;
    }
  }
  expect(refused.times).toBeGreaterThan(0);
};

/** Paths to every value in JSON data; of long arrays only to the first and the last element. */
function pathsOf(value: unknown, path: readonly string[]): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  const names = Object.keys(value);
  const some =
    Array.isArray(value) && names.length > 2
      ? names.filter((_, i) => i % (names.length - 1) === 0)
      : names;
  const inside = some.flatMap((name) =>
    pathsOf((value as Record<string, unknown>)[name], [...path, name]),
  );
  return path.length ? [path, ...inside] : inside;
}

function withDamage(saved: object, path: readonly string[], damage: number): object {
  const parents = path.slice(0, -1);
  const holder = parents.reduce((at, name) => Reflect.get(at, name) as object, saved);
  const name = path.at(-1) as string;
  if (damage < damages.length) Reflect.set(holder, name, structuredClone(damages[damage]));
  else Reflect.deleteProperty(holder, name);
  return saved;
}

/** Labels and numbers of an answer as an array; a text or a boolean counts as 0. */
const numbersOf = ({ labels, numbers }: Awaited<ReturnType<typeof answerOf>>): number[] => [
  ...Array.from(labels ?? [], (each) => (typeof each === "number" ? each : 0)),
  ...[...numbers.values()].flatMap(({ data }) => Array.from(data)),
];

export const behaviours: Readonly<Record<string, Check>> = {
  "rows, arrays and tensors are the same": representations,
  "JSON there and back answers the same bits": json,
  "JSON that is damaged is refused, or answers whole rows of numbers": damaged,
  "the same seed gives the same bits": sameSeed,
  "fitting again changes no fitted model, and gives the same": fitTwice,
  "nothing stays on the GPU": leavesNothing,
  "a signal stops it at every call of onProgress": stops,
  "score is computed from predict": score,
};
