import { describe, expect, test } from "vitest";
import * as optim from "../../../src/optim/index.ts";

const near = (got: number | undefined, expected: number) => {
  expect(Math.abs((got ?? NaN) - expected)).toBeLessThan(1e-12);
};
const cosine = (from: number, to: number, share: number) =>
  to + ((from - to) / 2) * (1 + Math.cos(Math.PI * share));
const straight = (from: number, to: number, share: number) => from + (to - from) * share;

describe("OneCycleLR", () => {
  const totalSteps = 20;

  test.each([
    ["cos", cosine],
    ["linear", straight],
  ] as const)("rises for 30 %% of the steps, then falls: %s", (annealStrategy, between) => {
    const optimizer = { groups: [{ lr: 5, momentum: 0 }, { lr: 5, momentum: 0 }] }; // biome-ignore format: two groups
    const maxLr = [1, 0.1];
    const schedule = new optim.OneCycleLR(optimizer, { maxLr, totalSteps, annealStrategy });
    for (let t = 0; t < totalSteps; t++) {
      if (t > 0) schedule.step();
      for (const [i, group] of optimizer.groups.entries()) {
        const peak = maxLr[i] as number;
        const up = t <= 5; // 0.3 · 20 − 1
        const share = up ? t / 5 : (t - 5) / 14;
        near(group.lr, up ? between(peak / 25, peak, share) : between(peak, peak / 25e4, share));
        near(group.momentum, up ? between(0.95, 0.85, share) : between(0.85, 0.95, share));
      }
    }
    schedule.step(); // a training loop also calls step() after the last batch
    near(optimizer.groups[0]?.lr, 1 / 25e4);
    expect(() => schedule.step()).toThrow(/at most 20 steps, got 21/);
  });

  test("in three phases, with betas", () => {
    const optimizer = { groups: [{ lr: 5, betas: [0.9, 0.99] as readonly [number, number] }] };
    const [group] = optimizer.groups as [(typeof optimizer.groups)[number]];
    const schedule = new optim.OneCycleLR(optimizer, {
      ...{ maxLr: 1, totalSteps, pctStart: 0.4, divFactor: 10, finalDivFactor: 100 },
      ...{ baseMomentum: 0.5, maxMomentum: 0.8, threePhase: true },
    });
    for (let t = 0; t < totalSteps; t++) {
      if (t > 0) schedule.step();
      expect(group.betas[1]).toBe(0.99);
      if (t <= 7) near(group.lr, cosine(0.1, 1, t / 7));
      else if (t <= 14) near(group.lr, cosine(1, 0.1, (t - 7) / 7));
      else near(group.lr, cosine(0.1, 0.001, (t - 14) / 5));
      if (t <= 7) near(group.betas[0], cosine(0.8, 0.5, t / 7));
      else near(group.betas[0], t <= 14 ? cosine(0.5, 0.8, (t - 7) / 7) : 0.8);
    }
  });

  test("of very few steps has rates in all of them", () => {
    for (const totalSteps of [1, 2, 4, 10]) {
      const optimizer = { groups: [{ lr: 1 }] };
      const options = { maxLr: 1, totalSteps, pctStart: 0.25, cycleMomentum: false };
      const schedule = new optim.OneCycleLR(optimizer, options);
      for (let t = 0; t < totalSteps; t++) {
        expect(optimizer.groups[0]?.lr).toBeGreaterThanOrEqual(1 / 25e4);
        schedule.step();
      }
      near(optimizer.groups[0]?.lr, 1 / 25e4);
    }
  });

  test("goes on from its state, momentum included", () => {
    const [ours, theirs] = [
      { groups: [{ lr: 5, momentum: 0 }] },
      { groups: [{ lr: 1, momentum: 0 }] },
    ];
    const [a, b] = [ours, theirs].map((o) => new optim.OneCycleLR(o, { maxLr: 1, totalSteps }));
    for (let t = 0; t < 8; t++) a?.step();
    b?.loadStateDict(JSON.parse(JSON.stringify(a?.stateDict())));
    for (const schedule of [a, b]) schedule?.step();
    expect(theirs).toEqual(ours);
  });

  test("leaves momentum alone where asked, and refuses options that cannot be", () => {
    const plain = () => ({ groups: [{ lr: 1 }] });
    const options = { maxLr: 1, totalSteps: 10 };
    expect(() => new optim.OneCycleLR(plain(), options)).toThrow(/cycleMomentum: false/);
    const optimizer = { groups: [{ lr: 1, momentum: 0.3 }] };
    new optim.OneCycleLR(optimizer, { ...options, cycleMomentum: false });
    expect(optimizer.groups).toEqual([{ lr: 1 / 25, momentum: 0.3 }]);
    const wrong = [{ totalSteps: 0.5 }, { maxLr: [1, 2] }, { maxLr: -1 }, { pctStart: 2 }, { divFactor: 0 }]; // biome-ignore format: a list
    for (const each of wrong) {
      const made = () =>
        new optim.OneCycleLR(plain(), { ...options, cycleMomentum: false, ...each });
      expect(made).toThrow(/OneCycleLR: expected/);
    }
  });
});

describe("ReduceLROnPlateau", () => {
  /** Learning rate of the group after each metric. */
  function rates(metrics: readonly number[], options: optim.PlateauOptions, lr = 1): number[] {
    const optimizer = { groups: [{ lr }] };
    const schedule = new optim.ReduceLROnPlateau(optimizer, options);
    return metrics.map((metric) => {
      schedule.step(metric);
      return optimizer.groups[0]?.lr ?? NaN;
    });
  }

  test("reduces after more than `patience` steps without a better metric", () => {
    expect(rates([5, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3], { factor: 0.5, patience: 2 })).toEqual(
      [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25], // biome-ignore format: below the metrics
    );
  });

  test("counts what is better by the threshold: relative or absolute, up or down", () => {
    const patience = 0;
    const rel = { patience, threshold: 0.1 };
    expect(rates([10, 9, 8.9], rel).map((lr) => lr < 1)).toEqual([false, true, true]);
    expect(rates([10, 8.9, 8], rel)).toEqual([1, 1, 1]);
    expect(rates([10, 11, 12], { ...rel, mode: "max" }).at(1)).toBe(0.1);
    expect(rates([10, 11.1, 12.5], { ...rel, mode: "max" })).toEqual([1, 1, 1]);
    const abs = { patience, threshold: 1, thresholdMode: "abs" } as const;
    expect(rates([10, 9, 7.9], abs)).toEqual([1, 0.1, 0.1]);
    expect(rates([1, 2, 2.5], { ...abs, mode: "max" }).at(1)).toBe(0.1);
    expect(rates([1, 2.1], { ...abs, mode: "max" })).toEqual([1, 1]);
  });

  test("waits while it cools down, stops at minLr, and makes no tiny reductions", () => {
    const flat = new Array<number>(8).fill(1);
    expect(rates(flat, { factor: 0.5, patience: 0, cooldown: 2 })).toEqual(
      [1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125], // biome-ignore format: a row
    );
    expect(rates(flat, { factor: 0.5, patience: 0, minLr: 0.3 }).at(-1)).toBe(0.3);
    expect(rates(flat, { patience: 0 }, 1e-8).at(-1)).toBe(1e-8);
  });

  test("takes NaN for worse, also as the first", () => {
    expect(rates([NaN, 1, NaN], { patience: 1 })).toEqual([1, 1, 1]);
    expect(rates([1, NaN, NaN], { patience: 1 })).toEqual([1, 1, 0.1]);
  });

  test("goes on from its state, which is JSON also before the first metric", () => {
    const make = () => {
      const optimizer = { groups: [{ lr: 1 }] };
      return new optim.ReduceLROnPlateau(optimizer, { patience: 1, cooldown: 2, factor: 0.5 });
    };
    const ours = make();
    for (const metric of [undefined, 3, 3, 3, 3, 3, 3, 3, 3]) {
      if (metric !== undefined) ours.step(metric);
      const theirs = make();
      theirs.loadStateDict(JSON.parse(JSON.stringify(ours.stateDict())));
      expect(theirs.stateDict()).toEqual(ours.stateDict());
      expect(theirs.lrs).toEqual(ours.lrs);
    }
    expect(ours.lrs[0]).toBeLessThan(0.5);
    expect(() => ours.loadStateDict({ best: 1, badSteps: 0, cooldown: 0, lrs: [1, 2] })).toThrow(
      /lrs for 1 groups, got 2/,
    );
    expect(() => new optim.ReduceLROnPlateau({ groups: [] }, { factor: 1 })).toThrow(/factor/);
    expect(() => new optim.ReduceLROnPlateau({ groups: [] }, { patience: -1 })).toThrow(/patience/);
  });
});
