import { describe, expect, test } from "vitest";
import * as ops from "../../../src/ops/index.ts";
import {
  BFGS,
  type ClosureOptimizer,
  LBFGS,
  type LbfgsOptions,
  Newton,
  NonlinearCG,
} from "../../../src/optim/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { beale, closureOf, leaf, rosenbrock } from "../../support/closures.ts";
import { convexProblem, textbookCg, textbookLbfgs } from "../../support/quadratic.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

const exact = { toleranceGrad: 0, toleranceChange: 0, maxEval: 1000 };

/** Makes steps until the optimiser reports why it stopped; returns x, y and the report. */
async function minimise(
  make: (parameters: Tensor[]) => ClosureOptimizer,
  loss: (x: Tensor, y: Tensor) => Tensor,
  start: readonly [number, number],
) {
  const [x, y] = [leaf([start[0]]), leaf([start[1]])];
  const optimizer = make([x, y]);
  await optimizer.step(closureOf(optimizer, () => loss(x, y)));
  const point = [await x.item(), await y.item()] as const;
  const { report } = optimizer;
  optimizer.dispose();
  return { point, report };
}

const makers = {
  LBFGS: (p: Tensor[]) =>
    new LBFGS(p, { ...exact, lineSearch: "strongWolfe", historySize: 10, maxIter: 60 }),
  BFGS: (p: Tensor[]) => new BFGS(p, { ...exact, maxIter: 60 }),
  "NonlinearCG, Polak–Ribière": (p: Tensor[]) => new NonlinearCG(p, { ...exact, maxIter: 100 }),
  "NonlinearCG, Fletcher–Reeves": (p: Tensor[]) =>
    new NonlinearCG(p, { ...exact, maxIter: 200, formula: "fletcherReeves" }),
  "NonlinearCG, Hestenes–Stiefel": (p: Tensor[]) =>
    new NonlinearCG(p, { ...exact, maxIter: 100, formula: "hestenesStiefel" }),
  "Newton, Hessian by differences": (p: Tensor[]) => new Newton(p, { ...exact, maxIter: 40 }),
};

/**
 * With two elements Fletcher–Reeves restarts every other step along the gradient, whose rounding error exceeds the
 * slope of a narrow valley.
 */
const reach = (name: string) => (name.includes("Fletcher") ? 1e-4 : 1e-6);

describe("in float32, to 1e-6 in every coordinate", () => {
  for (const [name, make] of Object.entries(makers)) {
    test(`${name} finds Rosenbrock's minimum from (−1.2, 1)`, async () => {
      const { point, report } = await minimise(make, rosenbrock, [-1.2, 1]);
      expect(Math.abs(point[0] - 1), JSON.stringify(report)).toBeLessThanOrEqual(reach(name));
      expect(Math.abs(point[1] - 1)).toBeLessThanOrEqual(reach(name));
    });

    test(`${name} finds Beale's minimum from (1, 1)`, async () => {
      const { point, report } = await minimise(make, beale, [1, 1]);
      expect(Math.abs(point[0] - 3), JSON.stringify(report)).toBeLessThanOrEqual(reach(name));
      expect(Math.abs(point[1] - 0.5)).toBeLessThanOrEqual(reach(name));
    });
  }

  test("Newton takes an exact Hessian", async () => {
    const p = leaf([-1.2, 1]);
    const at = (i: number) => ops.slice(p, [{ start: i, end: i + 1 }]);
    const hessian = () => {
      const [x, y] = [at(0).detach(), at(1).detach()];
      const xx = ops.add(ops.sub(ops.mul(ops.square(x), 1200), ops.mul(y, 400)), 2);
      const xy = ops.mul(x, -400);
      return ops.reshape(ops.concat([xx, xy, xy, ops.full([1], 200)]), [2, 2]);
    };
    const newton = new Newton([p], { ...exact, maxIter: 40, hessian });
    await newton.step(closureOf(newton, () => rosenbrock(at(0), at(1))));
    for (const value of await p.read()) expect(Math.abs(value - 1)).toBeLessThanOrEqual(1e-6);
    expect(newton.report?.iterations).toBeLessThan(30);
    newton.dispose();
  });
});

/** The point after each of `steps` steps of one iteration. */
async function trajectory(
  make: (parameters: Tensor[]) => ClosureOptimizer,
  problem: ReturnType<typeof convexProblem>,
  steps: number,
): Promise<number[][]> {
  const { a, b, n, start } = problem;
  const matrix = tensor(Float32Array.from(a), { shape: [n, n] });
  const right = tensor(Float32Array.from(b));
  const x = leaf(start);
  const optimizer = make([x]);
  const path: number[][] = [];
  const closure = closureOf(optimizer, () => {
    const quadratic = ops.mul(ops.sum(ops.mul(x, ops.matmul(matrix, x))), 0.5);
    return ops.sub(quadratic, ops.sum(ops.mul(right, x)));
  });
  for (let k = 0; k < steps; k++) {
    await optimizer.step(closure);
    path.push(Array.from(await x.read()));
  }
  optimizer.dispose();
  return path;
}

function expectSamePath(got: readonly number[][], expected: readonly number[][]): void {
  got.forEach((point, k) => {
    const size = Math.max(...(expected[k] as number[]).map(Math.abs));
    const errors = point.map((value, i) => Math.abs(value - (expected[k]?.[i] as number)));
    expect(Math.max(...errors) / size, `step ${k + 1}`).toBeLessThanOrEqual(1e-5);
  });
}

describe("20 steps on a convex quadratic are those of the textbook in float64", () => {
  const problem = convexProblem(40, 12);
  const once = { maxIter: 1, toleranceGrad: 0, toleranceChange: 0 };

  for (const options of [
    { lr: 0.5, historySize: 5 },
    { lr: 1, historySize: 30 },
    { lr: 1, historySize: 4, lineSearch: "strongWolfe" },
  ] as LbfgsOptions[]) {
    test(`L-BFGS, ${JSON.stringify(options)}`, async () => {
      const got = await trajectory((p) => new LBFGS(p, { ...options, ...once }), problem, 20);
      expectSamePath(got, await textbookLbfgs(problem, options, 20));
    });
  }

  for (const formula of ["fletcherReeves", "polakRibiere"] as const) {
    test(`nonlinear CG, ${formula}`, async () => {
      const got = await trajectory((p) => new NonlinearCG(p, { ...once, formula }), problem, 20);
      expectSamePath(got, await textbookCg(problem, formula, 20));
    });
  }
});
