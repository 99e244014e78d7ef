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
const programs = import.meta.glob("../../../examples/*.ts");

const last = (lines: readonly (readonly unknown[])[]) => lines.at(-1)?.at(-1) as number;

/** What the output of each example must contain. */
const checks: Readonly<Record<string, (lines: readonly (readonly unknown[])[]) => void>> = {
  autoencoder: ([line]) => {
    const [, components, , autoencoder] = line as [string, number, string, number];
    expect(components).toBeCloseTo(0.0524258289, 6); // sklearn 1.2: PCA(2) of load_digits().data / 16
    expect(autoencoder).toBeLessThan(components);
  },
  clusters: ([suggestion, silhouette]) => {
    expect(suggestion?.[1]).toBe(4);
    expect(silhouette?.[1]).toBeGreaterThan(0.6);
  },
  curve: (lines) => {
    expect(lines.length).toBe(6);
    expect(last(lines)).toBeLessThan(0.01);
  },
  digits: (lines) => {
    expect(lines.length).toBe(4);
    expect(last(lines)).toBeGreaterThan(0.9);
  },
  mandelbrot: (lines) => {
    const rows = lines.map(([row]) => String(row));
    expect(rows.map((row) => row.length)).toEqual(new Array(21).fill(60));
    expect(rows[10]?.[42]).toBe("@"); // the point 0 belongs to the set
    expect(rows[0]).not.toContain("@");
  },
  moons: ([line, perceptron]) => {
    expect(line?.[1]).toBeLessThan(0.92);
    expect(perceptron?.[1]).toBeGreaterThan(0.95);
  },
  onnx: (lines) => expect(last(lines)).toBeLessThan(1e-4),
  speed: ([, table]) => expect(table?.[0]).toMatch(/matmul/),
  wine: (lines) => expect(last(lines)).toBeGreaterThan(0.9),
  xor: ([line]) => {
    const values = String(line?.[1]).split(", ").map(Number);
    expect(values.map(Math.round).map(Math.abs)).toEqual([0, 1, 1, 0]);
  },
};
const nameOf = (path: string) => path.replace(/.*\/(\w+)\.ts$/, "$1");

test("there are ten examples, each with a check", () => {
  expect(Object.keys(programs).map(nameOf).sort()).toEqual(Object.keys(checks).sort());
  expect(Object.keys(checks).length).toBe(10);
});

test.each(Object.entries(programs))("%s does what it says", async (path, program) => {
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await frugally(program);
  const lines = print.mock.calls.map((values) => values as unknown[]);
  print.mockRestore();
  checks[nameOf(path)]?.(lines);
});
