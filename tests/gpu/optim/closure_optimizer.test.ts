import { describe, expect, test } from "vitest";
import * as ops from "../../../src/ops/index.ts";
import {
  BFGS,
  type ClosureOptimizer,
  LBFGS,
  Newton,
  NonlinearCG,
  SGD,
  type StopOptions,
} from "../../../src/optim/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { closureOf, leaf, rosenbrock } from "../../support/closures.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

const squares = (optimizer: ClosureOptimizer, x: Tensor) =>
  closureOf(optimizer, () => ops.sum(ops.square(x)));

test("leaves alone what has no gradient, and what another optimiser holds", async () => {
  const [a, b, c] = [leaf([1, 2, 3]), leaf([4]), leaf([5, 6])];
  const other = new SGD([c, a], { lr: 1 });
  const optimizer = new BFGS([a, b]);
  await optimizer.step(squares(optimizer, a));
  expect(Math.max(...(await a.read()).map(Math.abs))).toBeLessThan(1e-6);
  expect([...(await b.read()), ...(await c.read())]).toEqual([4, 5, 6]);
  optimizer.dispose();
  other.dispose();
});

const makers: Record<string, (p: Tensor[], stop: StopOptions) => ClosureOptimizer> = {
  LBFGS: (p, stop) => new LBFGS(p, { ...stop, historySize: 3, lineSearch: "strongWolfe" }),
  BFGS: (p, stop) => new BFGS(p, stop),
  NonlinearCG: (p, stop) => new NonlinearCG(p, stop),
  Newton: (p, stop) => new Newton(p, stop),
};

describe("goes on bit for bit from a saved state", () => {
  for (const [name, make] of Object.entries(makers)) {
    test(name, async () => {
      const stop = { maxIter: 4, maxEval: 100, toleranceGrad: 0, toleranceChange: 0 };
      const p = [leaf([-1.2]), leaf([1])] as const;
      const whole = make([...p], stop);
      const closure = closureOf(whole, () => rosenbrock(...p));
      await whole.step(closure);
      const state = await whole.stateDict();
      const q = [leaf([await p[0].item()]), leaf([await p[1].item()])] as const;
      const resumed = make([...q], stop);
      resumed.loadStateDict(state);
      await whole.step(closure);
      await resumed.step(closureOf(resumed, () => rosenbrock(...q)));
      for (const i of [0, 1] as const) expect(await q[i].item()).toBe(await p[i].item());
      expect(resumed.iterations).toBe(8);
      expect(resumed.report).toEqual(whole.report);
      whole.dispose();
      resumed.dispose();
    });
  }
});

test("stops at once where the gradient is zero, and says so", async () => {
  const x = leaf([0, 0]);
  const optimizer = new LBFGS([x]);
  expect(await optimizer.step(squares(optimizer, x))).toBe(0);
  expect(optimizer.report).toMatchObject({ iterations: 0, evaluations: 1, stopped: "gradient" });
  optimizer.dispose();
});

test("stops at its limits", async () => {
  const [x, y] = [leaf([-1.2]), leaf([1])];
  for (const [limit, stopped] of [
    [{ maxIter: 3, maxEval: 100 }, "iterations"],
    [{ maxEval: 4 }, "evaluations"],
    [{ toleranceChange: 10 }, "change"],
  ] as const) {
    const optimizer = new BFGS([x, y], limit);
    await optimizer.step(closureOf(optimizer, () => rosenbrock(x, y)));
    expect(optimizer.report?.stopped).toBe(stopped);
    optimizer.dispose();
  }
});

test("spends one submit on a function evaluation, and leaks nothing", async () => {
  const [x, y] = [leaf([-1.2]), leaf([1])];
  const optimizer = new LBFGS([x, y], {
    lineSearch: "strongWolfe",
    historySize: 2,
    maxIter: 4,
    maxEval: 100,
  });
  const closure = closureOf(optimizer, () => rosenbrock(x, y));
  await optimizer.step(closure);
  const before = x.engine.counters();
  await optimizer.step(closure);
  const after = x.engine.counters();
  expect(after.submits - before.submits).toBe(optimizer.report?.evaluations);
  expect(after.liveBytes).toBe(before.liveBytes);
  expect(after.pipelinesCompiled).toBe(before.pipelinesCompiled);
  optimizer.dispose();
});

test("a direction of ascent is forgotten for the gradient's", async () => {
  const x = leaf([3]);
  const optimizer = new NonlinearCG([x], { maxIter: 1 });
  optimizer.loadStateDict({
    numbers: {
      ...{ beta: 1, slope: -1, lastStep: 1, lastSlope: -1, since: 1 },
      ...{ iterations: 0, noiseWeight: 0, noiseSize: 0 },
    },
    tensors: { d: { shape: [64], data: new Float32Array(64).fill(1e3) } },
  });
  await optimizer.step(squares(optimizer, x));
  expect(Math.abs(await x.item())).toBeLessThan(1e-3);
  optimizer.dispose();
});

test("refuses what is no closure and what it cannot do", async () => {
  const x = leaf([1, 2]);
  const optimizer = new LBFGS([x]);
  await expect(optimizer.step(() => ops.sum(x))).rejects.toThrow(/call backward\(\)/);
  await expect(optimizer.step(() => ops.square(x))).rejects.toThrow(/a loss of one element/);
  expect(() => new LBFGS([x], { historySize: 0 })).toThrow(/historySize an integer ≥ 1/);
  expect(() => new BFGS([x], { maxIter: -1 })).toThrow(/maxIter ≥ 0/);
  expect(() => new NonlinearCG([x], { restartEvery: 0 })).toThrow(/restartEvery ≥ 1/);
  expect(() => new Newton([leaf(new Array(513).fill(1))])).toThrow(/at most 512/);
  expect(() => optimizer.loadStateDict({ numbers: {}, tensors: {} })).toThrow(
    /LBFGS: expected the numbers learned, iterations/,
  );
  const newton = new Newton([x], { hessian: () => ops.ones([3, 3]) });
  await expect(newton.step(squares(newton, x))).rejects.toThrow(/hessian\(\) to return/);
  newton.dispose();
  optimizer.dispose();
});

test("what was stored next to a parameter reads back", async () => {
  const x = tensor([1, 2], { requiresGrad: true });
  const optimizer = new BFGS([x]);
  expect(Array.from(await x.read())).toEqual([1, 2]);
  optimizer.dispose();
});

describe("when the closure throws, the parameters are where the last iteration ended, and it goes on bit for bit:", () => {
  /**
   * Six iterations, each by a call of `step`; the closure throws at the evaluation `failing`. Returns the points and
   * the number of evaluations.
   */
  async function run(name: string, failing: number) {
    ops.manualSeed(2);
    const p = [leaf([-1.2]), leaf([1])] as const;
    const stop = { maxIter: 1, maxEval: 100, toleranceGrad: 0, toleranceChange: 0 };
    const optimizer = makers[name]?.([...p], stop) as ClosureOptimizer;
    let evaluations = 0;
    const closure = closureOf(optimizer, () => {
      const nought = ops.mul(ops.sum(ops.uniform([1])), 0);
      const loss = ops.add(rosenbrock(...p), nought);
      if (evaluations++ === failing) throw new Error(`evaluation ${failing}`);
      return loss;
    });
    const point = () => Promise.all(p.map((each) => each.item()));
    const points = [await point()];
    let thrown = 0;
    while (optimizer.iterations < 6) {
      const draws = ops.randomState().draws;
      try {
        await optimizer.step(closure);
        points.push(await point());
      } catch (error) {
        expect(String(error)).toContain("evaluation");
        thrown++;
        expect(await point()).toEqual(points.at(-1));
        if (failing === 0) expect(ops.randomState().draws).toEqual(draws);
      }
    }
    optimizer.dispose();
    return { points, evaluations, thrown };
  }

  test.each(Object.keys(makers))("%s", async (name) => {
    const { points, evaluations } = await run(name, -1);
    for (const failing of [0, 1, 2, 5, evaluations - 1]) {
      const struck = await run(name, failing);
      expect(struck.thrown).toBe(1);
      expect(struck.points).toEqual(points);
    }
  });
});
