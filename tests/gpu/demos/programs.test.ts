import { afterEach, describe, expect, test, vi } from "vitest";
import * as wgrad from "wgrad";
import { program as optimisers } from "../../../demos/optimisers/program.ts";
import { type SurfaceName, surfaceNames, surfaces } from "../../../demos/optimisers/surfaces.ts";
import clothesUrl from "../../../demos/predict/data/clothes.safetensors?url";
import { cloudOf, programs, racerOf } from "../../support/page_programs.ts";
import { runProgram as run, serveClothes } from "../../support/run_program.ts";

const named = (name: string) => programs[name] ?? "";

afterEach(() => vi.restoreAllMocks());

describe("the programs that pages show do what they say", () => {
  test("ResNet lab", async () => {
    // 300 pictures are held out, a whole batch and a part of one: the 2,000 of the page are the same work seven times
    const shown = named("resnet nesterov");
    const code = shown.replace("testSize: 2000", "testSize: 300");
    expect(code).not.toBe(shown);
    const asked = serveClothes();
    const [[, last, , right] = []] = await run(code);
    expect(asked.sort().map((url) => url.split("/").at(-1))).toEqual([
      "t10k-images-idx3-ubyte.gz",
      "t10k-labels-idx1-ubyte.gz",
    ]);
    expect(last).toBeGreaterThan(0.5);
    expect(right).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(1);
  });

  test.each([
    ["svm moons", 0.85],
    ["svm rings", 0.9],
    ["svm groups", 0.7],
    ["svm xor", 0.8],
    ["svm iris", 0.9],
    ["svm wine by components", 0.8],
  ])("%s", async (name, least) => {
    const [[, training], [, folds], [, support, , of]] = (await run(named(name))) as [
      [string, number],
      [string, Float64Array],
      [string, number, string, number],
    ];
    expect(training).toBeGreaterThan(least);
    expect(folds.length).toBe(5);
    expect(support).toBeLessThan(of);
  });

  test.each(["svm curve sine", "svm curve jump", "svm curve outliers"])("%s", async (name) => {
    const [[, training]] = (await run(named(name))) as [[string, number]];
    expect(training).toBeGreaterThan(0.3);
  });

  test.each(["blobs", "uneven", "stretched", "even"])("K-Means on %s", async (cloud) => {
    const printed = await run(cloudOf(cloud, 60));
    const [[, spread, , random], [, inertias, , at], [, silhouette]] = printed as [
      [string, number, string, number],
      [string, number[], string, number],
      [string, number],
    ];
    expect(spread).toBeGreaterThan(0);
    expect(random).toBeGreaterThan(0);
    expect(inertias.length).toBe(10);
    expect(at).toBeLessThanOrEqual(10);
    expect(silhouette).toBeGreaterThan(0.2);
  });

  test.each(surfaceNames)(
    "the loss of %s is the one that is raced on",
    async (name: SurfaceName) => {
      for (const start of [surfaces[name].start, [0.3, -0.7] as const]) {
        const still = optimisers({ ...racerOf(name, "SGD", 0), start });
        const [[, x, , y, , value]] = (await run(still)) as [
          [string, number, string, number, string, number],
        ];
        const point = wgrad.scope(() =>
          surfaces[name].loss(wgrad.tensor([start[0]]), wgrad.tensor([start[1]])),
        );
        const expected = await point.item();
        point.dispose();
        expect(x).toBeCloseTo(start[0], 5);
        expect(y).toBeCloseTo(start[1], 5);
        expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-5 * Math.abs(expected));
      }
    },
  );

  test.each([
    ["Adam", "saddle", 150],
    ["Momentum", "saddle", 200],
    ["Newton", "rosenbrock", 40],
    ["L-BFGS", "rosenbrock", 60],
    ["CG, Fletcher–Reeves", "saddle", 60],
  ] as const)("%s goes down the %s", async (name, surface, steps) => {
    const [[, , , , , value]] = (await run(optimisers(racerOf(surface, name, steps)))) as [
      [string, number, string, number, string, number],
    ];
    expect(value).toBeLessThan(1e-4);
  });

  test.each(["kernels of a kernel", "kernels of an operation"])("%s", async (name) => {
    const printed = await run(named(name));
    expect(printed.length).toBeGreaterThan(1);
    for (const [, said] of printed) expect(said).toBe("passed");
  });

  test("regression: a penalty lets the curve be farther from its points", async () => {
    const errors: number[] = [];
    for (const penalty of ["none", "ridge", "lasso", "elastic"]) {
      const [[, error]] = (await run(named(`regression ${penalty}`))) as [[string, number]];
      errors.push(error);
    }
    expect(Math.min(...errors)).toBe(errors[0]);
    expect(errors[0]).toBeGreaterThan(0);
    expect(Math.max(...errors)).toBeLessThan(1);
  });

  test.each(["he", "lsuv"])("activations: %s keeps a signal's size", async (start) => {
    const [[, size], ...layers] = (await run(named(`activations ${start}`))) as [
      [string, number],
      ...unknown[][],
    ];
    expect(size).toBeGreaterThan(0.1);
    expect(size).toBeLessThan(3);
    expect(layers.length).toBe(20);
  });

  test.each(["none", "batch", "group", "instance", "layer", "rms"])(
    "normalisation: %s learns digits",
    async (between) => {
      const [[, loss, , plain, , changed], [, own]] = (await run(
        named(`normalisation ${between}`),
      )) as [[string, number, string, number, string, number], [string, number]];
      expect(loss).toBeLessThan(2.5);
      if (between !== "none") expect(plain).toBeGreaterThan(0.5);
      if (between === "batch") expect(own).toBeGreaterThan(changed);
      else expect(own).toBe(changed); // no other norm depends on the mode
    },
  );

  test("digits: the neighbours of the three that is drawn", async () => {
    const [[, says], [, labels, , away]] = (await run(named("digits"))) as [
      [string, number],
      [string, number[], string, number[]],
    ];
    expect(says).toBe(3);
    expect(labels.length).toBe(3);
    expect([...away].sort((a, b) => a - b)).toEqual(away);
    expect(away.every((far) => Number.isInteger(far))).toBe(true); // Manhattan distances of whole grey levels
  });

  test("losses", async () => {
    const numbers = (await run(named("losses of numbers"))) as [string, number, number][];
    expect(numbers.map(([name]) => name)).toEqual([
      "mseLoss",
      "l1Loss",
      "smoothL1Loss",
      "huberLoss",
    ]);
    // e = 2, β = 0.5, δ = 1.5
    const expected = [4, 4, 2, 1, 1.75, 1, 1.875, 1.5];
    for (const [i, value] of numbers.flatMap(([, ...pair]) => pair).entries())
      expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5);
    const scores = (await run(named("losses of scores"))) as [string, number, number][];
    const p = 1 / (1 + Math.exp(3)); // z = −3
    expect(scores[0]?.[1]).toBeCloseTo(-Math.log(p), 5);
    expect(scores[0]?.[2]).toBeCloseTo(p - 1, 5);
    expect(scores[1]?.[2]).toBeCloseTo(-2 * (1 - p) ** 2 * p, 5);
    expect(scores.length).toBe(5);
  });

  test.each(["plain", "moved", "mixup", "cutmix"])("augmentation: %s", async (recipe) => {
    serveClothes();
    const shown = named(`augmentation ${recipe}`);
    const code = shown.replace("testSize: 2000", "testSize: 300");
    expect(code).not.toBe(shown);
    const [[, loss, , right] = []] = await run(code);
    expect(loss).toBeGreaterThan(0);
    expect(loss).toBeLessThan(4);
    expect(right).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(1);
  });

  test.each(["plain", "weighted", "focal", "under", "over", "smote"])(
    "one in fifty: %s",
    async (method) => {
      const [[[common, rare]]] = (await run(named(`one in fifty, ${method}`))) as [
        [[[number, number], [number, number]]],
      ];
      expect([common[0] + common[1], rare[0] + rare[1]]).toEqual([5000, 100]);
      // resampling and weights find most of the rare points, at the price of false alarms
      const found = ["plain", "focal"].includes(method) ? 0 : 60;
      expect(rare[1]).toBeGreaterThanOrEqual(found);
      expect(common[0]).toBeGreaterThan(3500);
    },
  );

  test("predict: three digits, on the layers of the clothes", async () => {
    const weights = await fetch(clothesUrl).then((answer) => answer.arrayBuffer());
    vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response(weights));
    const [[, loss, , right]] = (await run(named("predict"))) as [[string, number, string, number]];
    expect(loss).toBeLessThan(1);
    expect(right).toBeGreaterThan(0.6);
  });

  test("benchmark", async () => {
    const [[, , ms]] = (await run(named("benchmark"))) as [[string, string, number]];
    expect(ms).toBeGreaterThan(0);
  });
});
