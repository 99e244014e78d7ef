import { expect, test } from "vitest";
import * as optim from "../../../src/optim/index.ts";

test("schedules that are chained have the rates that PyTorch's have when they step in turns", () => {
  // torch 1.13: ExponentialLR(o, 0.9) and StepLR(o, 2, 0.5), each stepped once an epoch
  const measured = [1, 0.9, 0.405, 0.3645, 0.164025, 0.1476225, 0.066430125];
  const o = { groups: [{ lr: 1 }, { lr: 0 }] };
  const schedulers = [
    new optim.ExponentialLR(o, { gamma: 0.9 }),
    new optim.StepLR(o, { stepSize: 2, gamma: 0.5 }),
  ];
  const chained = new optim.ChainedScheduler(o, { schedulers });
  for (const rate of measured) {
    expect(o.groups[0]?.lr).toBeCloseTo(rate, 12);
    expect(o.groups[1]?.lr).toBe(0);
    chained.step();
  }
  expect(() => new optim.ChainedScheduler(o, { schedulers: [] })).toThrow(/one schedule at least/);
});

test("schedules that step in turns are refused, and so is a rate set by hand: the step would overwrite it", () => {
  const o = { groups: [{ lr: 0.1 }, { lr: 0.02 }] };
  const decay = new optim.ExponentialLR(o, { gamma: 0.9 });
  const steps = new optim.StepLR(o, { stepSize: 1, gamma: 0.5 });
  decay.step();
  expect(() => steps.step()).toThrow(
    /^schedule: expected the rates \[0.1,0.02\] that it has set, got \[0.09.*ChainedScheduler or SequentialLR/,
  );
  decay.step();
  o.groups[0] = { ...o.groups[0], lr: 3 };
  expect(() => decay.step()).toThrow(/got \[3,.*make one anew after a rate set by hand/);
  const anew = new optim.ExponentialLR(o, { gamma: 0.5 });
  anew.step();
  expect(o.groups[0].lr).toBe(1.5);
});
