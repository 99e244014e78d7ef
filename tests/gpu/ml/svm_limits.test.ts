import { describe, expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import { type KernelFunction, kernelValue } from "../../../src/kernels/svm/kernel_function.ts";
import { SVC } from "../../../src/ml/index.ts";
import { HostKernel } from "../../../src/ml/svm/host_kernel.ts";
import { KernelMatrix } from "../../../src/ml/svm/kernel_matrix.ts";
import { solveDual } from "../../../src/ml/svm/solve.ts";
import { solveOnHost } from "../../../src/ml/svm/solve_host.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

/** Two overlapping clouds of points. */
function clouds(n: number, d: number) {
  const random = seeded(n + d);
  const y = Array.from({ length: n }, (_, i) => i % 2);
  const data = Float32Array.from(
    { length: n * d },
    (_, at) => 3 * (random() - 0.5) + 0.4 * (y[Math.floor(at / d)] as number),
  );
  return { X: { data, shape: [n, d] as const }, y };
}

/** The greatest violation of the optimality conditions (Keerthi et al. 2001) of a two-class machine, in float64. */
function violation(
  { data, shape: [n, d] }: { data: Float32Array; shape: readonly [number, number] },
  y: readonly number[],
  model: {
    readonly kernel: KernelFunction;
    readonly support: Uint32Array;
    readonly dualCoef: Float64Array;
  },
  C: number,
): number {
  const at = (row: number) => ({ data, start: row * d, stride: 1 });
  const coef = new Float64Array(n);
  model.support.forEach((row, j) => {
    coef[row] = model.dualCoef[j] as number;
  });
  let [high, low] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let i = 0; i < n; i++) {
    let gain = y[i] === 1 ? 1 : -1;
    for (const row of model.support) {
      gain -= (coef[row] as number) * kernelValue(model.kernel, at(row), at(i), d);
    }
    const own = coef[i] as number;
    const [least, most] = y[i] === 1 ? [0, C] : [-C, 0];
    if (own < most) high = Math.max(high, gain);
    if (own > least) low = Math.min(low, gain);
  }
  return high - low;
}

describe("a machine on the GPU", () => {
  for (const [kind, C] of [
    ["rbf", 1],
    ["rbf", 1000],
    ["linear", 50],
    ["poly", 20],
  ] as const) {
    test(`is at the optimum in float64 as in f32: ${kind}, C = ${C}`, async () => {
      const [n, d] = [300, 6];
      const { X, y } = clouds(n, d);
      const kernel = { kind, coef0: 1, gamma: 0.2, degree: 3 };
      const matrix = { host: Float64Array.from(X.data), samples: n, features: d };
      const dual = {
        sign: Int8Array.from(y, (label) => 2 * label - 1),
        row: Uint32Array.from(y.keys()),
        p: new Float64Array(n).fill(-1),
        C: new Float64Array(n).fill(C),
      };
      const live = engine.counters().liveBytes;
      const rows = new KernelMatrix(matrix, kernel, 128);
      const machine = await solveDual(dual, rows, { tol: 1e-3, maxIter: -1 });
      rows.dispose();
      expect(engine.counters().liveBytes).toBe(live);
      expect(machine.converged).toBe(true);
      const support = Uint32Array.from(y.keys());
      const found = violation(X, y, { kernel, support, dualCoef: machine.coef }, C);
      expect(found).toBeLessThan(1.1e-3);
      const host = await solveOnHost(dual, new HostKernel(matrix, kernel), {
        tol: 1e-3,
        maxIter: -1,
      });
      expect(host.converged).toBe(true);
      expect(violation(X, y, { kernel, support, dualCoef: host.coef }, C)).toBeLessThan(1.001e-3);
      expect(Math.abs(host.objective / machine.objective - 1)).toBeLessThan(1e-3);
    });
  }
});

describe("SVC", () => {
  test("of 20,000 samples never has the matrix of all kernels", async () => {
    const [n, d] = [20_000, 100];
    const { X, y } = clouds(n, d);
    const live = engine.counters().liveBytes;
    await new SVC({ maxIter: 1 }).fit(X, y);
    const { liveBytes, peakBytes } = engine.counters();
    expect(liveBytes).toBe(live);
    expect(peakBytes).toBeGreaterThan(4 * n * d); // the peak includes this fit's samples
    // samples and the kernel rows in use; the whole kernel matrix would take 1.6e9 bytes
    expect(peakBytes).toBeLessThan(4 * n * d + 2 ** 26 + 2 ** 22);
  });

  test("refuses kernels that float64 cannot hold, and leaves nothing", async () => {
    const live = engine.counters().liveBytes;
    const huge = new SVC({ kernel: "linear" }).fit([[1e170], [2e170], [-1e170]], [0, 1, 0]);
    await expect(huge).rejects.toThrow(/scale the features/);
    const steep = new SVC({ kernel: "poly", degree: 60, gamma: 1 });
    const X = [[5000], [2000], [-3000], [100]];
    await expect(steep.fit(X, [0, 1, 0, 1])).rejects.toThrow(/scale the features/);
    expect(engine.counters().liveBytes).toBe(live);
  });
});
