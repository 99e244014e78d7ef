import { describe, expect, test } from "vitest";
import * as adam from "../../../src/kernels/optim/adam.ts";
import { BLOCK, numbersOf } from "../../../src/kernels/optim/arena.ts";
import * as rmsprop from "../../../src/kernels/optim/rmsprop.ts";
import * as sgd from "../../../src/kernels/optim/sgd.ts";

type Arena = { shape: readonly number[]; data: ArrayLike<number> };
type State = Record<string, Arena>;

const arena = (data: ArrayLike<number>): Arena => ({ shape: [data.length], data });
const one = (value: number) => arena(new Float64Array(BLOCK).fill(value));

/** The parameter after each of `steps` steps from p = 1, where `gradient(p, t)` is that of step t. */
function path<State_ extends State>(
  update: (inputs: {
    state: State_ & { p: Arena };
    grads: Arena;
    block_row: Arena;
    rows: Arena;
  }) => Record<string, ArrayLike<number> | undefined>,
  numbers: (step: number) => number[],
  state: State_,
  gradient: (p: number, t: number) => number,
  steps = 5,
): number[] {
  let now: State_ & { p: Arena } = { ...state, p: one(1) };
  return Array.from({ length: steps }, (_, k) => {
    const row = numbers(k + 1);
    const rows = { shape: [1, row.length], data: row };
    const grads = one(gradient(now.p.data[0] as number, k + 1));
    const next = update({ state: now, grads, block_row: arena([0]), rows });
    const entries = Object.entries(next).map(([name, data]) => [name, arena(data ?? [])]);
    now = { ...now, ...Object.fromEntries(entries) };
    return now.p.data[0] as number;
  });
}

const runSgd = (options: sgd.SgdOptions, gradient: (p: number, t: number) => number) =>
  path(
    ({ state, ...rest }) => sgd.reference({ ...rest, ...state }, undefined),
    (step) => numbersOf(sgd.sgd.shader, sgd.sgdRow(options, step)),
    (options.momentum ? { buf: one(NaN) } : {}) as { buf?: Arena } & State,
    gradient,
  );

const runAdam = (options: adam.AdamOptions, gradient: (p: number, t: number) => number) =>
  path(
    ({ state, ...rest }) => adam.reference({ ...rest, ...state }, undefined),
    (step) => numbersOf(adam.adam.shader, adam.adamRow(options, step)),
    { m: one(0), v: one(0) },
    gradient,
  );

function runRmsprop(options: rmsprop.RmspropOptions, gradient: (p: number, t: number) => number) {
  const state = { v: one(0), ...(options.centered && { mean: one(0) }) };
  return path(
    ({ state, ...rest }) => rmsprop.reference({ ...rest, ...state }, undefined),
    (step) => numbersOf(rmsprop.rmsprop.shader, rmsprop.rmspropRow(options, step)),
    { ...state, ...(options.momentum && { buf: one(NaN) }) } as { v: Arena } & State,
    gradient,
  );
}

function close(got: readonly number[], expected: readonly number[]): void {
  expect(got.length).toBe(expected.length);
  got.forEach((value, i) => {
    expect(value, `step ${i + 1}`).toBeCloseTo(expected[i] as number, 12);
  });
}

/** Σ weightOf(i) · terms[i] over the terms so far: running averages without recursion. */
const weighted = (terms: readonly number[], weightOf: (age: number, i: number) => number) =>
  terms.reduce((sum, term, i) => sum + weightOf(terms.length - 1 - i, i) * term, 0);

const wavy = (_: number, t: number) => [0.5, -1.5, 2, 0.25, -3][t - 1] ?? 0;
const steps = [1, 2, 3, 4, 5];

describe("sgd", () => {
  test("plain, with weight decay: p shrinks by 1 − lr·(1 + λ) on ½p²", () => {
    const got = runSgd({ lr: 0.1, weightDecay: 0.5 }, (p) => p);
    close(
      got,
      steps.map((t) => 0.85 ** t),
    );
  });

  test("decoupled decay without gradient: p shrinks by 1 − lr·λ", () => {
    const got = runSgd(
      { lr: 0.1, weightDecay: 0.5, decoupledWeightDecay: true, momentum: 0.9 },
      () => 0,
    );
    close(
      got,
      steps.map((t) => 0.95 ** t),
    );
  });

  test("momentum on ½p², by hand", () => {
    const got = runSgd({ lr: 0.1, momentum: 0.9 }, (p) => p);
    close(got, [0.9, 0.72, 0.486, 0.2268, -0.02916]);
  });

  test("dampening spares the first gradient", () => {
    const got = runSgd({ lr: 0.1, momentum: 0.5, dampening: 0.25 }, () => 1);
    // buf = 1, 1.25, 1.375, 1.4375, 1.46875
    close(got, [0.9, 0.775, 0.6375, 0.49375, 0.346875]);
  });

  test("nesterov with a constant gradient: the step is g·(1 − μᵗ⁺¹)/(1 − μ)", () => {
    const got = runSgd({ lr: 0.1, momentum: 0.5, nesterov: true }, () => 2);
    let p = 1;
    close(
      got,
      steps.map((t) => (p -= 0.1 * 2 * ((1 - 0.5 ** (t + 1)) / 0.5))),
    );
  });

  test("climbs with maximize", () => {
    close(
      runSgd({ lr: 0.1, maximize: true }, () => 1),
      [1.1, 1.2, 1.3, 1.4, 1.5],
    );
  });
});

describe("adam", () => {
  const eps = 1e-3;

  test("a constant gradient steps lr·g/(|g| + ε), whatever the betas", () => {
    const got = runAdam({ lr: 0.1, eps, betas: [0.7, 0.95] }, () => -4);
    close(
      got,
      steps.map((t) => 1 + (t * 0.1 * 4) / (4 + eps)),
    );
  });

  test("AdamW shrinks by 1 − lr·λ, then steps", () => {
    const got = runAdam({ lr: 0.1, eps, weightDecay: 0.5, decoupledWeightDecay: true }, () => 4);
    let p = 1;
    close(
      got,
      steps.map(() => (p = 0.95 * p - (0.1 * 4) / (4 + eps))),
    );
  });

  test.each([
    { weightDecay: 0.3, maximize: false },
    { weightDecay: 0.3, maximize: true },
  ])("agrees with the averages written out: %o", ({ weightDecay, maximize }) => {
    const got = runAdam({ lr: 0.1, eps, betas: [0.8, 0.9], weightDecay, maximize }, wavy);
    let p = 1;
    const seen: number[] = [];
    const expected = steps.map((t) => {
      seen.push((maximize ? -1 : 1) * wavy(p, t) + weightDecay * p);
      const m = weighted(seen, (age) => 0.2 * 0.8 ** age) / (1 - 0.8 ** t);
      const v =
        weighted(
          seen.map((g) => g * g),
          (age) => 0.1 * 0.9 ** age,
        ) /
        (1 - 0.9 ** t);
      p -= (0.1 * m) / (Math.sqrt(v) + eps);
      return p;
    });
    close(got, expected);
  });
});

describe("rmsprop", () => {
  const alpha = 0.8;
  const eps = 0.01;

  test("a constant gradient: v = g²·(1 − αᵗ)", () => {
    const got = runRmsprop({ lr: 0.1, alpha, eps }, () => 3);
    let p = 1;
    close(
      got,
      steps.map((t) => (p -= 0.3 / (3 * Math.sqrt(1 - alpha ** t) + eps))),
    );
  });

  test.each([
    { centred: false, momentum: 0 },
    { centred: true, momentum: 0 },
    { centred: false, momentum: 0.7 },
    { centred: true, momentum: 0.7 },
  ])("agrees with the averages written out: %o", ({ centred, momentum }) => {
    const weightDecay = 0.2;
    const got = runRmsprop({ lr: 0.1, alpha, eps, weightDecay, momentum, centered: centred }, wavy);
    let p = 1;
    const seen: number[] = [];
    const updates: number[] = [];
    const expected = steps.map((t) => {
      seen.push(wavy(p, t) + weightDecay * p);
      const v = weighted(
        seen.map((g) => g * g),
        (age) => 0.2 * alpha ** age,
      );
      const mean = centred ? weighted(seen, (age) => 0.2 * alpha ** age) : 0;
      updates.push((seen.at(-1) as number) / (Math.sqrt(v - mean ** 2) + eps));
      p -= 0.1 * weighted(updates, (age) => momentum ** age);
      return p;
    });
    close(got, expected);
  });
});
