import { expect, test, vi } from "vitest";
import "wgrad";
import "wgrad/data";
import "wgrad/io";
import "wgrad/kernels";
import "wgrad/loss";
import "wgrad/ml";
import "wgrad/models";
import "wgrad/nn";
import "wgrad/onnx";
import "wgrad/optim";
import "wgrad/testing";
import "wgrad/train";
import { frugally } from "../../support/frugal.ts";
import { lendSharedDevice } from "../../support/shared_device.ts";

await lendSharedDevice();

// the entry points are loaded before the tests, so that a program's time limit does not include them
const texts = import.meta.glob<string>("../../../docs/guides/**/*.md", {
  ...{ query: "?raw", import: "default", eager: true },
});
const programs = import.meta.glob("../../guides/*.ts");

/** What a program prints, line by line. */
async function printed(program: () => Promise<unknown>): Promise<unknown[][]> {
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const debug = vi.spyOn(console, "debug").mockImplementation(() => undefined);
  await frugally(program);
  const lines = print.mock.calls.map((values) => values as unknown[]);
  for (const spy of [print, debug]) spy.mockRestore();
  return lines;
}

const numbers = (value: unknown) => [...(value as Float32Array)];
const near = (...values: number[]) => values.map((value) => expect.closeTo(value, 4));

/** What each program of a guide must print. */
const checks: Readonly<Record<string, (lines: readonly (readonly unknown[])[]) => void>> = {
  adam: ([line]) => expect(line).toEqual([near(0.7, 2.3, 3), near(3.97, 4.97)]),
  batch_norm: (lines) => expect(lines.flat()).toEqual(near(5, 16, 0, 0.1, 5, 65_536, 0, 0.1)),
  captured: ([plan, losses]) => {
    expect(plan?.every((each) => typeof each === "number" && each > 0)).toBe(true);
    expect(losses).toEqual([40, true]);
  },
  convolution: ([line]) => {
    const [shape, given, ...others] = line as [number[], number, ...number[]];
    expect(shape).toEqual([4, 8, 5, 5]);
    expect(Math.abs(given)).toBeGreaterThan(1);
    expect(others).toEqual(near(given, given));
  },
  cross_entropy: ([line]) => {
    const rows = [
      [1, 3, 2],
      [5, 4, 0],
    ].map((row, n) => {
      const total = row.reduce((s, v) => s + Math.exp(v), 0);
      const target = row.map((_, c) => (c === n + 1 ? 0.9 : 0) + 0.1 / 3);
      const loss = row.reduce((s, v, c) => s - (target[c] ?? 0) * (v - Math.log(total)), 0);
      return { loss, grad: row.map((v, c) => (Math.exp(v) / total - (target[c] ?? 0)) / 2) };
    });
    expect(numbers(line?.[0])).toEqual(near(rows.reduce((s, { loss }) => s + loss / 2, 0)));
    expect(numbers(line?.[1])).toEqual(near(...rows.flatMap(({ grad }) => grad)));
  },
  debugging: ([message, total]) => {
    expect(message?.[0]).toMatch(/expected finite numbers, got -?(Infinity|∞) at \[1\] of y/);
    expect(total?.[0]).toBeCloseTo(Math.log(8), 4);
  },
  elementwise: ([y, differences, plan]) => {
    expect(numbers(y?.[0])).toEqual(near(-0.75, 0.5, 1 / 3));
    expect(differences).toEqual([[]]);
    expect(plan).toEqual([[3], 1]);
  },
  estimators: ([scores, saved]) => {
    expect(scores).toEqual([5, expect.any(Number)]);
    expect(scores?.[1]).toBeGreaterThan(0.9);
    expect([numbers(saved?.[0]), saved?.[1]]).toEqual([[0, 1, 2], true]);
  },
  fitting: ([line]) => {
    expect(["finished", "stopped early"]).toContain(line?.[0]);
    expect(line?.[1]).toBeGreaterThan(0.8);
  },
  gpu: (lines) => expect(lines).toEqual([]),
  k_means: ([line]) => expect(line).toEqual([1, expect.any(Number), true]),
  limits: ([message, plan, live]) => {
    expect(message?.[0]).toMatch(/4194304 bytes would make .* expected at most 1048576/);
    expect(plan).toEqual([[64, 64], true]);
    expect(live).toEqual([true]);
  },
  loop: ([line]) => {
    expect(numbers(line?.[0])[0]).toBeCloseTo(2, 1);
    expect(numbers(line?.[1])[0]).toBeCloseTo(1, 1);
  },
  mixed: (lines) => expect(lines).toEqual([[expect.any(Boolean)], [true]]),
  predicting: ([line]) => {
    expect(line?.[0]).toEqual([1, 4]);
    expect(line?.[1]).toBeLessThanOrEqual(6);
  },
  product: ([short, long]) => {
    expect(numbers(short?.[0])).toEqual([4, 0, 10, 0]);
    expect(long).toEqual([8192]);
  },
  profiling: ([layers, phases, table]) => {
    expect(layers?.[0]).toMatch(/Linear/);
    expect(phases).toEqual([["backward", "forward", "optimizer"]]);
    expect(table?.[0]).toMatch(/matmul/);
  },
  reduction: ([sum, y]) => {
    expect(numbers(sum?.[0])).toEqual([450_000]);
    const rows = [
      [1, 3, 2],
      [5, 4, 0],
    ].flatMap((row) => {
      const total = row.reduce((s, v) => s + Math.exp(v), 0);
      return row.map((v) => Math.exp(v) / total);
    });
    expect(numbers(y?.[0])).toEqual(near(...rows));
  },
  resume: (lines) => expect(lines).toEqual([[true]]),
  scopes: (lines) => expect(lines).toEqual([[3072], [512], [true, true]]),
  seeds: (lines) => expect(lines).toEqual([[true], [true]]),
  sorting: ([values, indices, long]) => {
    expect(numbers(values?.[0])).toEqual([-1, 2, 3, -7, 0, 0.5]);
    expect(numbers(indices?.[0])).toEqual([1, 2, 0, 2, 1, 0]);
    expect(long).toEqual([true]);
  },
  tensors: ([kinds, values, mean]) => {
    expect(kinds).toEqual([[2, 2], "u32"]);
    expect(numbers(values?.[0])).toEqual([6, 12, 12, 26]);
    expect(mean).toEqual([14]);
  },
  without_webgpu: (lines) => expect(lines).toEqual([[expect.any(Boolean)]]),
};

test("each program has a check, and each stands in a guide", () => {
  const names = Object.keys(programs).map((path) => path.replace(/.*\/(\w+)\.ts$/, "$1"));
  expect(names.sort()).toEqual(Object.keys(checks).sort());
  expect(Object.keys(texts).length).toBeGreaterThanOrEqual(30);
});

test.each(Object.entries(programs))("%s does what its guide says", async (path, program) => {
  const name = path.replace(/.*\/(\w+)\.ts$/, "$1");
  checks[name]?.(await printed(program));
});
