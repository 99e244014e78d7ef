import { describe, expect, test } from "vitest";
import { solveDamped } from "../../../src/optim/second_order/damped.ts";
import {
  cubicMinimum,
  type LineTrial,
  strongWolfe,
} from "../../../src/optim/second_order/line_search.ts";

type Along = (t: number) => { loss: number; slope: number };

/** Runs a line search on a function of t with `first` as the first step; returns the result and every t evaluated. */
async function search(along: Along, first: number, options = {}) {
  const tried: number[] = [];
  const evaluate = async (t: number): Promise<LineTrial> => {
    tried.push(t);
    return { t, ...along(t) };
  };
  const start = { t: 0, ...along(0) };
  const found = await strongWolfe(evaluate, start, await evaluate(first), options);
  expect(found.evaluations).toBe(tried.length);
  return { ...found, start, tried };
}

const parabola: Along = (t) => ({ loss: (t - 3) ** 2, slope: 2 * (t - 3) });

describe("strong Wolfe line search", () => {
  for (const first of [1e-6, 0.01, 1, 3, 5, 5.999, 6, 100, 1e6]) {
    for (const c2 of [0.9, 0.1]) {
      test(`from a step of ${first} on a parabola, c2 = ${c2}`, async () => {
        const { trial, accepted, start, evaluations } = await search(parabola, first, { c2 });
        expect(accepted).toBe(true);
        expect(trial.loss).toBeLessThanOrEqual(start.loss + 1e-4 * trial.t * start.slope);
        expect(Math.abs(trial.slope)).toBeLessThanOrEqual(-c2 * start.slope);
        expect(evaluations).toBeLessThanOrEqual(12);
      });
    }
  }

  // the first one is from Moré and Thuente (1994), section 5
  const hard: Record<string, Along> = {
    "a long tail": (t) => ({
      loss: -t / (t * t + 2),
      slope: (t * t - 2) / (t * t + 2) ** 2,
    }),
    "a wall of infinity": (t) =>
      t < 2 ? { loss: (t - 1.5) ** 2, slope: 2 * (t - 1.5) } : { loss: Infinity, slope: NaN },
    "a loss that is not a number": (t) =>
      t < 2 ? { loss: (t - 1.5) ** 2, slope: 2 * (t - 1.5) } : { loss: NaN, slope: NaN },
  };
  for (const [name, along] of Object.entries(hard)) {
    for (const first of [1e-3, 0.1, 10, 1000]) {
      test(`from a step of ${first} on ${name}`, async () => {
        const { trial, accepted, start } = await search(along, first, { c2: 0.1 });
        expect(accepted).toBe(true);
        expect(trial.loss).toBeLessThanOrEqual(start.loss + 1e-4 * trial.t * start.slope);
        expect(Math.abs(trial.slope)).toBeLessThanOrEqual(-0.1 * start.slope);
      });
    }
  }

  test("slopes decide where rounding hides the decrease", async () => {
    const flat: Along = (t) => ({ loss: 1 + (t > 0 ? 1e-8 : 0), slope: 1e-9 * (t - 3) });
    expect(await search(flat, 1, { c2: 0.1, noise: 1e-6 })).toMatchObject({ accepted: true });
    const { trial } = await search(flat, 1, { c2: 0.1, noise: 1e-6 });
    expect(Math.abs(trial.t - 3)).toBeLessThanOrEqual(0.3);
    expect(await search(flat, 1, { c2: 0.1 })).toMatchObject({ accepted: false, trial: { t: 0 } });
  });

  test("a loss without a minimum ends after maxEvaluations with the longest step", async () => {
    const down: Along = (t) => ({ loss: -t, slope: -1 });
    const { trial, accepted, tried } = await search(down, 1, { maxEvaluations: 5 });
    expect(accepted).toBe(false);
    expect(tried).toEqual([1, 10, 100, 1000, 10000]);
    expect(trial.t).toBe(10000);
  });

  test("the minimum of a cubic", () => {
    const cubic = (t: number) => ({ t, loss: t ** 3 - 3 * t, slope: 3 * t * t - 3 }); // minimum at 1
    expect(cubicMinimum(cubic(0), cubic(2))).toBeCloseTo(1, 12);
    expect(cubicMinimum(cubic(2), cubic(0))).toBeCloseTo(1, 12);
    const rising = (t: number) => ({ t, loss: t ** 3 + t, slope: 3 * t * t + 1 });
    expect(cubicMinimum(rising(0), rising(1))).toBeUndefined();
  });
});

describe("a damped Newton system", () => {
  const solve = (a: number[], b: number[]) =>
    solveDamped(Float64Array.from(a), Float64Array.from(b));

  test("is solved as it is where the matrix is positive definite", () => {
    const { x, damping } = solve([4, 2, 2, 3], [8, 7]) ?? { x: [], damping: -1 };
    expect(damping).toBe(0);
    expect(x[0]).toBeCloseTo(1.25, 14);
    expect(x[1]).toBeCloseTo(1.5, 14);
  });

  for (const [name, a] of [
    ["a saddle", [2, 0, 0, -2]],
    ["a saddle with a positive diagonal", [1, 2, 2, 1]],
    ["a singular matrix", [1, 1, 1, 1]],
    ["zeros", [0, 0, 0, 0]],
  ] as const) {
    test(`descends all the same with ${name}`, () => {
      const { x, damping } = solve([...a], [1, -2]) ?? { x: [], damping: 0 };
      expect(damping).toBeGreaterThan(0);
      expect((x[0] as number) - 2 * (x[1] as number)).toBeGreaterThan(0);
      expect((a[0] + damping) * (x[0] as number) + a[1] * (x[1] as number)).toBeCloseTo(1, 8);
    });
  }

  test("has no solution with NaN", () => {
    expect(solve([Number.NaN, 0, 0, 1], [1, 1])).toBeUndefined();
  });
});
