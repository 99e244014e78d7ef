import { describe, expect, test } from "vitest";
import { EarlyStopping } from "../../../src/train/early_stopping.ts";

/** How many values it observes before it stops; all of them if it does not stop. */
function until(stopping: EarlyStopping, values: readonly number[]): number {
  for (const [i, value] of values.entries()) {
    stopping.observe(value);
    if (stopping.stopped) return i + 1;
  }
  return values.length;
}

describe("EarlyStopping", () => {
  test("stops after `patience` observations that are no better, an equal one included", () => {
    const stopping = new EarlyStopping({ patience: 3 });
    expect(until(stopping, [5, 4, 4, 6, 3.9, 3.9, 3.9, 3.9, 0])).toBe(8);
    expect([stopping.best, stopping.bestAt]).toEqual([3.9, 5]);
  });

  test("wants more than minDelta", () => {
    expect(until(new EarlyStopping({ patience: 1, minDelta: 0.5 }), [4, 3.4, 2.9, 0])).toBe(3);
    expect(until(new EarlyStopping({ patience: 1, minDelta: 0.5 }), [4, 3.5, 0])).toBe(2);
  });

  test("climbs with mode max", () => {
    const stopping = new EarlyStopping({ patience: 2, mode: "max" });
    expect(until(stopping, [0.1, 0.5, 0.4, 0.5, 0.9])).toBe(4);
    expect(stopping.best).toBe(0.5);
  });

  test("never takes NaN for better, not even at first", () => {
    const stopping = new EarlyStopping({ patience: 2 });
    expect(until(stopping, [NaN, NaN, 1])).toBe(2);
    expect(stopping.best).toBe(Infinity);
    stopping.reset();
    expect(until(stopping, [NaN, 7, NaN, 6])).toBe(4);
  });

  test("says which observation is an improvement, and forgets on reset", () => {
    const stopping = new EarlyStopping({ patience: 1 });
    expect([3, 2, 2].map((value) => stopping.observe(value))).toEqual([true, true, false]);
    expect(stopping.stopped).toBe(true);
    stopping.reset();
    expect([stopping.stopped, stopping.best, stopping.bestAt]).toEqual([false, Infinity, 0]);
  });

  test("goes on from a state", async () => {
    const [a, b] = [new EarlyStopping({ patience: 3 }), new EarlyStopping({ patience: 3 })];
    until(a, [3, 2, 4, 4]);
    b.loadStateDict(await a.stateDict());
    expect(b.stopped).toBe(false);
    b.observe(2);
    expect([b.stopped, b.best, b.bestAt]).toEqual([true, 2, 2]);
  });

  test("refuses options and states that cannot be", async () => {
    expect(() => new EarlyStopping({ patience: 0 })).toThrow(/patience an integer ≥ 1/);
    expect(() => new EarlyStopping({ minDelta: -1 })).toThrow(/minDelta ≥ 0/);
    expect(() => new EarlyStopping({ minDelta: Infinity })).toThrow(/minDelta ≥ 0/);
    expect(() => new EarlyStopping({ mode: "best" as "max" })).toThrow(/"min" or "max"/);
    const stopping = new EarlyStopping();
    stopping.observe(1);
    const state = await stopping.stateDict();
    const load = (changes: object) => () => stopping.loadStateDict({ ...state, ...changes });
    expect(load({ mode: "max" })).toThrow(/mode "min", got "max"/);
    expect(load({ bestAt: 2 })).toThrow(/bestAt ≤ observations/);
    expect(load({ best: null })).toThrow(/a number/);
    expect(await stopping.stateDict()).toEqual(state);
  });
});
