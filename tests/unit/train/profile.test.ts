import { describe, expect, test } from "vitest";
import { Sequential } from "../../../src/nn/container/containers.ts";
import { Identity } from "../../../src/nn/shape.ts";
import {
  currentPlace,
  type Frame,
  inPlace,
  recordFunction,
} from "../../../src/scheduler/observe/place.ts";
import type { KernelTime } from "../../../src/scheduler/observe/timer.ts";
import { Profile } from "../../../src/train/index.ts";
import { tickOf } from "../../../src/train/profile/samples.ts";
import { frameOf, gpu, names, runOf, step } from "../../support/profiles.ts";

describe("totals", () => {
  const profile = new Profile([step()], {
    adapter: gpu,
    roofline: { gflops: 1000, bandwidth: 0.1 },
  });

  test("add up by kernel, layer and phase, longest first", () => {
    expect(profile).toMatchObject({ by: "timestamps", milliseconds: 16, gaps: 1.5, flops: 1e10 });
    expect(names(profile.kernels)).toEqual([
      ...["conv2d/backward", "conv2d/forward", "loss/mean", "optim/sgd"],
    ]);
    expect(profile.kernels[1]).toMatchObject({ calls: 2, milliseconds: 6, share: 0.375 });
    expect(profile.layers.map(({ name, phases }) => [name, ...Object.values(phases)])).toEqual([
      ["block.conv2", 2, 8, 0],
      ["block.conv1", 4, 0, 0],
      ["", 1, 0, 1],
    ]);
    expect(names(profile.phases)).toEqual(["backward", "forward", "optimizer"]);
  });

  test("tell rates and the share of the roofline: the longer of both times, of each dispatch", () => {
    const [backward, forward] = profile.kernels;
    expect(backward?.gflops).toBeCloseTo(250);
    expect(forward?.gflops).toBeCloseTo(4000 / 6);
    expect(forward?.bandwidth).toBeCloseTo(2 / 6);
    // 1 MB at 0.1 GB/s is 10 ms, 2 GFLOP at 1000 GFLOP/s are 2 ms
    expect(backward?.roofline).toEqual({ share: 10 / 8, bound: "memory" });
    const fast = new Profile([step()], { adapter: gpu, roofline: { gflops: 1000, bandwidth: 1 } });
    expect(fast.kernels[0]?.roofline).toEqual({ share: 2 / 8, bound: "arithmetic" });
    const even = new Profile([step()], {
      adapter: gpu,
      roofline: { gflops: 1000, bandwidth: 0.5 },
    });
    expect(even.kernels[0]?.roofline).toEqual({ share: 2 / 8, bound: "memory" });
  });

  test("know nothing of the roofline or of the error without a measurement of it", () => {
    const { kernels, error } = new Profile([step()], { adapter: gpu });
    expect(kernels[0]?.roofline).toBeUndefined();
    expect(error).toBeNaN();
  });
});

describe("repetitions", () => {
  test("count if they are of the middle half, and give the standard error", () => {
    const runs = [9, 1, 1.1, 0.1, 1.2, 50, 0.9, 0.2].map((scale) => step(scale));
    const profile = new Profile(runs, { adapter: gpu });
    expect(profile).toMatchObject({ repetitions: 8, kept: 4 }); // 0.9, 1, 1.1, 1.2
    expect(profile.milliseconds).toBeCloseTo(16 * 1.05);
    // deviations ±0.15 and ±0.05 times 16: s² = 16² · 0.05 / 3, over n = 4
    expect(profile.error).toBeCloseTo(16 * Math.sqrt(0.05 / 3 / 4));
  });

  test("that did something else than the last one do not count", () => {
    const other = [step().slice(1), runOf([{ kernel: "optim/adam", ms: 16 }])];
    expect(new Profile([...other, step(), step()], { adapter: gpu })).toMatchObject({
      repetitions: 2,
      milliseconds: 16,
    });
  });

  test("average times that are rounded to more than they are", () => {
    const tick = 0.1;
    const round = (ms: number) => tick * Math.floor(ms / tick);
    const runs = Array.from({ length: 400 }, (_, i) => {
      const begin = ((i * 0.618034) % 1) * tick; // where in the tick the step begins
      const [a, b] = [0.013, 0.031];
      const at = [0, a, a + b].map((ms) => round(begin + ms));
      const times = [at[0], at[1]].map((start = 0, j) => ({
        ...(step()[j] as KernelTime),
        start,
        milliseconds: (at[j + 1] ?? 0) - start,
      }));
      return times;
    });
    const profile = new Profile(runs, { adapter: gpu });
    expect(profile.tick).toBeCloseTo(0.1);
    // Every run is kept: their totals are rounded to 0 or 1 tick, so a choice by totals would be a choice by rounding errors.
    expect(profile.kept).toBe(400);
    expect(profile.dispatches[0]?.milliseconds).toBeCloseTo(0.013, 3);
    expect(profile.dispatches[1]?.milliseconds).toBeCloseTo(0.031, 3);
    expect(profile.describe().join(" ")).toContain("multiples of 0.100 ms");
  });
});

describe("the tick of the timestamps", () => {
  const run = (...at: number[]) => [
    at.map((start) => ({ ...(step()[0] as KernelTime), start, milliseconds: 0 })),
  ];
  test("is what all are multiples of, to within their own rounding", () => {
    expect(tickOf(run(0, 0.065536, 0.196608, 0.262144))).toBeCloseTo(0.065536);
    expect(tickOf(run(0, 0.00004, 0.0002, 0.00012))).toBeCloseTo(0.00004);
  });
  test("is 0 where there is none", () => {
    expect(tickOf(run(0, 0.0123, 0.0301))).toBe(0);
    expect(tickOf(run(5, 5, 5))).toBe(0);
    expect(tickOf([])).toBe(0);
  });
});

describe("layers", () => {
  const inner = new Identity();
  const block = new Sequential(inner, new Identity());
  const model = new Sequential(block, new Identity());
  const layersOf = (frames: (Frame | undefined)[], named?: Sequential) => {
    const run = runOf(frames.map((layer) => ({ kernel: "a/b", ms: 1, layer })));
    const { dispatches } = new Profile([run], { adapter: gpu, model: named });
    return dispatches.map(({ layer }) => layer.join("/"));
  };

  test("have the names of the state dict, below the outermost module that was called", () => {
    const frames = [frameOf(model), frameOf(model, block), frameOf(model, block, inner), undefined];
    expect(layersOf(frames)).toEqual(["", "0", "0/0", ""]);
  });

  test("that skip a module in between have one name for both", () => {
    expect(layersOf([frameOf(model, inner)])).toEqual(["0.0"]);
  });

  test("that are no part of the model count for the layer around them", () => {
    expect(layersOf([frameOf(model, block, new Identity())])).toEqual(["0"]);
  });

  test("of a second model say so, unless the model that holds both is given", () => {
    const frames = [frameOf(block, inner), frameOf(new Sequential(inner), inner)];
    expect(layersOf(frames)).toEqual(["0", "model 2/0"]);
    expect(layersOf([frameOf(inner), frameOf(block)], model)).toEqual(["0.0", "0"]);
  });

  test("and named parts nest", () => {
    const seen = recordFunction("loss", () => recordFunction("log", () => currentPlace().frame));
    expect(layersOf([seen, frameOf("generator", model, block)])).toEqual([
      "loss/log",
      "generator/0",
    ]);
    expect(currentPlace()).toEqual({ phase: "forward", frame: undefined });
  });

  test("end when the work throws", () => {
    const failing = () =>
      inPlace({ phase: "backward" }, () => {
        throw new Error("no");
      });
    expect(failing).toThrow("no");
    expect(currentPlace().phase).toBe("forward");
  });
});
