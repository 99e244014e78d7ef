import shader from "#shaders/vector/total.wgsl";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { number, oneOf, required } from "../../core/kinds.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";

/** Names of the files in shaders/vector/finish. */
export type Finish = NonNullable<typeof shader.signature>["slots"]["finish"];

/** How the total is transformed, and where it is written. */
export interface TotalOptions {
  /** Index in `scalars` of the result. */
  readonly to: number;
  /** Transformation. Default "value": the total itself. Others combine it with `scalars[a]` and `scalars[b]`. */
  readonly finish?: Finish;
  /** Index in `scalars`. Default: `to`. */
  readonly a?: number;
  /** Index in `scalars`. Default: `to`. */
  readonly b?: number;
}

/**
 * `scalars[to] ← finish(Σ partials, scalars[a], scalars[b])`: the second pass of a dot product, whose result stays on the
 * GPU for the kernels that follow. Throws `ShapeError` without partials and `ValueError` for an index out of range.
 */
export const vectorTotal = kernel(shader, ({ partials, scalars }, options: TotalOptions) => {
  const { to, finish = "value", a = to, b = to } = options;
  if (size(partials) === 0) {
    throw new ShapeError(
      `vector/total: expected at least one partial sum, got ${show(partials)}; run vector/dot first`,
    );
  }
  for (const index of [to, a, b]) {
    if (Number.isInteger(index) && index >= 0 && index < size(scalars)) continue;
    throw new ValueError(
      `vector/total: expected indices of scalars ${show(scalars)}, got ${index}; make it longer`,
    );
  }
  return {
    outputs: {},
    params: { count: size(partials), to, a, b },
    grid: [1],
    overrides: { WG: 256 },
    slots: { finish },
    flops: size(partials),
    bytes: 4 * size(partials) + 16,
  };
});

export const kinds = () => ({
  to: required(number),
  finish: oneOf("value", "step", "times", "inverse", "quotient", "rest", "share"),
  a: number,
  b: number,
});

/** Minimum number that a transformation divides by. */
const SMALL = 1e-37;

const finishers: Readonly<Record<Finish, (total: number, a: number, b: number) => number>> = {
  value: (total) => total,
  times: (total, a) => a * total,
  rest: (total, a, b) => a - b * total,
  inverse: (total) => (total > SMALL ? 1 / total : 0),
  quotient: (total, a, b) => (a > 0 && total > SMALL ? a / total : b),
  step: (total, a, b) => (a > b && total > SMALL ? a / total : 0),
  share: (total, a) => (a > SMALL ? total / a : 0),
};

export const reference: Reference<typeof vectorTotal> = ({ partials, scalars }, options) => {
  const { to, finish = "value", a = to, b = to } = options;
  const after = Float64Array.from(scalars.data);
  let sum = 0;
  for (let i = 0; i < partials.data.length; i++) sum += partials.data[i] as number;
  after[to] = finishers[finish](sum, scalars.data[a] as number, scalars.data[b] as number);
  return { scalars: after };
};

const numbers = (...values: number[]) => ({
  shape: [values.length],
  fill: (i: number) => values[i] ?? 0,
});

/** A case: the total `sum` from two partials, with a and b at indices 1 and 3 of five. */
const finishing = (
  finish: Finish,
  sum: number,
  a: number,
  b: number,
): Case<typeof vectorTotal> => ({
  name: `${finish} of ${sum} with ${a} and ${b}`,
  inputs: { partials: numbers(sum / 2, sum / 2), scalars: numbers(9, a, 8, b, 7) },
  options: { to: 2, finish, a: 1, b: 3 },
});

export const cases: Case<typeof vectorTotal>[] = [
  ...[1, 2, 255, 256, 257, 1000].map((n) => ({
    name: `${n} partials`,
    inputs: { partials: [n], scalars: [3] },
    options: { to: n % 3 },
    tolerance: { length: n },
  })),
  { name: "one scalar", inputs: { partials: [5], scalars: [1] }, options: { to: 0 } },
  ...(["times", "rest", "inverse", "quotient", "step", "share"] as const).flatMap((finish) => [
    finishing(finish, 4, 3, 2),
    finishing(finish, -4, 3, 2),
    finishing(finish, 4, -3, 2),
    finishing(finish, 4, 3, 3),
    finishing(finish, 4, 0, 2),
    finishing(finish, 1.02e-37, 1.02e-37, 1e-38),
    finishing(finish, 0, 0, 0.5),
    finishing(finish, 1e-36, 1e-30, 1e-31),
  ]),
  {
    name: "in place: a is where the result goes",
    inputs: { partials: [4], scalars: [4] },
    options: { to: 3, finish: "times" },
  },
  {
    name: "safety: NaN stays NaN",
    inputs: { partials: numbers(1, NaN), scalars: numbers(1, 2) },
    options: { to: 1, finish: "rest", a: 0, b: 1 },
  },
];
