import { describe, expect, test } from "vitest";
import { ValueError } from "../../../src/core/errors.ts";
import * as optim from "../../../src/optim/index.ts";

const { cos, floor, PI } = Math;

interface Group {
  lr: number;
  momentum?: number;
  betas?: readonly [number, number];
}

/** What a schedule needs of an optimiser: two parameter groups. */
const make = (extra: Partial<Group> = {}): { groups: Group[] } => ({
  groups: [
    { lr: 0.1, ...extra },
    { lr: 0.02, ...extra },
  ],
});

/** Learning rates of both groups in steps 0 … n. */
function ratesOf(schedule: optim.Schedule, n: number): number[][] {
  return Array.from({ length: n + 1 }, (_, t) => {
    if (t > 0) schedule.step();
    expect(schedule.steps).toBe(t);
    return schedule.lrs;
  });
}

function close(got: readonly number[], expected: readonly number[], what = ""): void {
  expect(got.length).toBe(expected.length);
  got.forEach((x, i) => {
    expect(
      Math.abs(x - (expected[i] as number)),
      `${what} ${i}: ${x} for ${expected[i]}`,
    ).toBeLessThan(1e-12);
  });
}

/** A schedule's published formula: the rate of step t from the base rate, or from the rate of the step before. */
interface Published {
  readonly make: (optimizer: optim.Scheduled) => optim.Schedule;
  readonly formula: (base: number, t: number, before: number) => number;
}

const published: Readonly<Record<string, Published>> = {
  StepLR: {
    make: (o) => new optim.StepLR(o, { stepSize: 3, gamma: 0.5 }),
    formula: (base, t, before) => (t === 0 ? base : t % 3 === 0 ? before * 0.5 : before),
  },
  MultiStepLR: {
    make: (o) => new optim.MultiStepLR(o, { milestones: [7, 2, 2, 11] }),
    formula: (base, t, before) =>
      t === 0 ? base : before * (t === 2 ? 0.01 : t === 7 || t === 11 ? 0.1 : 1),
  },
  ExponentialLR: {
    make: (o) => new optim.ExponentialLR(o, { gamma: 0.9 }),
    formula: (base, t, before) => (t === 0 ? base : before * 0.9),
  },
  ConstantLR: {
    make: (o) => new optim.ConstantLR(o, { factor: 0.25, totalIters: 4 }),
    formula: (base, t) => (t < 4 ? base / 4 : base),
  },
  "LinearLR by default": {
    make: (o) => new optim.LinearLR(o),
    formula: (base, t) => base * ([1 / 3, 7 / 15, 0.6, 11 / 15, 13 / 15][t] ?? 1),
  },
  LinearLR: {
    make: (o) => new optim.LinearLR(o, { startFactor: 0.2, endFactor: 0.6, totalIters: 8 }),
    formula: (base, t, before) =>
      t === 0 ? 0.2 * base : t > 8 ? before : before * (1 + 0.4 / (8 * 0.2 + (t - 1) * 0.4)),
  },
  PolynomialLR: {
    make: (o) => new optim.PolynomialLR(o, { totalIters: 9, power: 2 }),
    formula: (base, t, before) =>
      t === 0 ? base : t > 9 ? before : before * ((1 - t / 9) / (1 - (t - 1) / 9)) ** 2,
  },
  LambdaLR: {
    make: (o) => new optim.LambdaLR(o, { lrLambda: (t) => 0.95 ** t + t }),
    formula: (base, t) => base * (0.95 ** t + t),
  },
  CosineAnnealingLR: {
    make: (o) => new optim.CosineAnnealingLR(o, { tMax: 5, etaMin: 0.01 }),
    formula: (base, t) => 0.01 + 0.5 * (base - 0.01) * (1 + cos((t / 5) * PI)),
  },
  "CosineAnnealingLR without a floor": {
    make: (o) => new optim.CosineAnnealingLR(o, { tMax: 20 }),
    formula: (base, t) => base * cos((t / 40) * PI) ** 2,
  },
  CosineAnnealingWarmRestarts: {
    make: (o) => new optim.CosineAnnealingWarmRestarts(o, { t0: 4 }),
    formula: (base, t) => 0.5 * base * (1 + cos(((t % 4) / 4) * PI)),
  },
  "CosineAnnealingWarmRestarts, growing": {
    make: (o) => new optim.CosineAnnealingWarmRestarts(o, { t0: 2, tMult: 3, etaMin: 0.001 }),
    formula: (base, t) => {
      const n = floor(Math.log(t + 1) / Math.log(3) + 1e-9); // periods begin at 3ⁿ − 1
      const passed = (t - (3 ** n - 1)) / (2 * 3 ** n);
      return 0.001 + 0.5 * (base - 0.001) * (1 + cos(passed * PI));
    },
  },
  "warm-up, then cosine": {
    make: (o) =>
      new optim.SequentialLR(o, {
        schedulers: [
          new optim.LinearLR(o, { startFactor: 0.1, totalIters: 4 }),
          new optim.CosineAnnealingLR(o, { tMax: 10 }),
          new optim.ConstantLR(o, { factor: 0.5, totalIters: 1000 }),
        ],
        milestones: [4, 14],
      }),
    formula: (base, t) => {
      if (t < 4) return base * (0.1 + 0.225 * t);
      return t < 14 ? 0.5 * base * (1 + cos(((t - 4) / 10) * PI)) : base / 2;
    },
  },
  "warm-up and decay at once": {
    make: (o) =>
      new optim.ChainedScheduler(o, {
        schedulers: [
          new optim.LinearLR(o, { startFactor: 0.1, totalIters: 4 }),
          new optim.ExponentialLR(o, { gamma: 0.9 }),
        ],
      }),
    formula: (base, t) => base * (0.1 + 0.225 * Math.min(t, 4)) * 0.9 ** t,
  },
};

describe.each(Object.entries(published))("%s", (_, { make: build, formula }) => {
  test("has the published rate in every step, for every group", () => {
    const rates = ratesOf(build(make()), 20);
    [0.1, 0.02].forEach((base, group) => {
      let before = base;
      const expected = rates.map((_, t) => (before = formula(base, t, before)));
      close(
        rates.map((both) => both[group] as number),
        expected,
        "step",
      );
    });
  });

  test("goes on from its state, which is JSON", () => {
    const ours = build(make());
    for (let t = 0; t < 6; t++) ours.step();
    const state: optim.ScheduleState = JSON.parse(JSON.stringify(ours.stateDict()));
    const optimizer = { groups: [{ lr: 7 }, { lr: 8 }] }; // other rates, as in another run
    const theirs = build(optimizer);
    theirs.loadStateDict(state);
    expect(theirs.lrs).toEqual(ours.lrs);
    for (let t = 0; t < 12; t++) {
      for (const schedule of [ours, theirs]) schedule.step();
      expect(optimizer.groups.map(({ lr }) => lr)).toEqual(ours.lrs);
    }
    expect(() => theirs.loadStateDict({ ...state, baseLrs: [1] })).toThrow(ValueError);
    for (const rate of [-0.1, Number.NaN, Infinity]) {
      expect(() => theirs.loadStateDict({ ...state, baseLrs: [0.1, rate] })).toThrow(
        /expected an array, each entry a finite number ≥ 0 as baseLrs/,
      );
    }
  });
});

describe("schedules", () => {
  test("that are exported all have a published formula or measured values", () => {
    const exported = Object.entries(optim).flatMap(([name, value]) =>
      "prototype" in value && value.prototype instanceof optim.Schedule ? [name] : [],
    );
    const schedules: readonly optim.Schedule[] = Object.values(published).map((each) =>
      each.make(make({ momentum: 0.9, betas: [0.9, 0.999] })),
    );
    const proved = schedules.map((schedule) => schedule.constructor.name);
    // OneCycleLR is tested in schedules_measured.test.ts; so is ReduceLROnPlateau, which is not a Schedule
    expect(exported.filter((name) => !proved.includes(name))).toEqual(["OneCycleLR"]);
  });

  test("made one after the other start from the rate before all of them", () => {
    const optimizer = make();
    new optim.LinearLR(optimizer, { startFactor: 0.5 });
    expect(optimizer.groups.map(({ lr }) => lr)).toEqual([0.05, 0.01]);
    expect(new optim.StepLR(optimizer, { stepSize: 5 }).lrs).toEqual([0.1, 0.02]);
    for (const group of optimizer.groups) group.lr = 0.3; // set by hand: the base rate from here on
    expect(new optim.ExponentialLR(optimizer, { gamma: 0.5 }).lrs).toEqual([0.3, 0.3]);
  });

  test("take one function for each group", () => {
    const lrLambda = [(t: number) => 1 / (t + 1), () => 2];
    close(ratesOf(new optim.LambdaLR(make(), { lrLambda }), 3)[3] ?? [], [0.025, 0.04]);
  });

  test("restart within an epoch where they are asked for a fraction", () => {
    const schedule = new optim.CosineAnnealingWarmRestarts(make(), { t0: 4, tMult: 2 });
    schedule.at(5.5); // 1.5 of 8
    close(
      schedule.lrs,
      [0.1, 0.02].map((base) => 0.5 * base * (1 + cos((1.5 / 8) * PI))),
    );
  });

  test("refuse what is no option", () => {
    const o = make();
    expect(() => new optim.StepLR(o, { stepSize: 0 })).toThrow(/stepSize an integer ≥ 1, got 0/);
    expect(() => new optim.StepLR(o, { stepSize: 2, gamma: -1 })).toThrow(/gamma a number ≥ 0/);
    expect(() => new optim.MultiStepLR(o, { milestones: [NaN] })).toThrow(/milestones/);
    expect(() => new optim.LinearLR(o, { startFactor: 0 })).toThrow(/startFactor/);
    expect(() => new optim.LinearLR(o, { endFactor: 1.1 })).toThrow(/endFactor in \[0, 1\]/);
    expect(() => new optim.LambdaLR(o, { lrLambda: [() => 1] })).toThrow(/2 groups, got 1/);
    expect(() => new optim.LambdaLR(o, { lrLambda: () => NaN })).toThrow(/finite factor in step 0/);
    const schedulers = [new optim.LinearLR(o), new optim.LinearLR(o)];
    for (const milestones of [[], [0], [3, 5]]) {
      expect(() => new optim.SequentialLR(o, { schedulers, milestones })).toThrow(
        /rising milestones/,
      );
    }
    expect(() => new optim.ExponentialLR(o, { gamma: 0.9 }).at(-1)).toThrow(/step ≥ 0, got -1/);
    expect(o.groups.map(({ lr }) => lr)).toEqual([0.1, 0.02]);
  });
});
