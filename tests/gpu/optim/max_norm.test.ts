import { describe, expect, test } from "vitest";
import { ValueError } from "../../../src/core/errors.ts";
import * as nn from "../../../src/nn/index.ts";
import { constrainMaxNorm, SGD } from "../../../src/optim/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

const parameter = (data: readonly number[], shape: readonly number[]) =>
  nn.parameter(tensor(Float32Array.from(data), { shape: [...shape] }));

/** The formula in float64, for rows of length `width`. */
function expected(data: readonly number[], width: number, maxNorm: number): number[] {
  return data.map((value, i) => {
    const start = width * Math.floor(i / width);
    const length = Math.hypot(...data.slice(start, start + width));
    return length > maxNorm ? (value * maxNorm) / (length + 1e-7) : value;
  });
}

describe("constrainMaxNorm", () => {
  test("scales long rows to the limit, and keeps the bits of the others", async () => {
    const data = Array.from({ length: 7 * 130 }, (_, i) => Math.sin(3.7 * i) * 0.05 * (i % 130));
    for (let i = 0; i < 130; i++) data[i] = 1e-3 * Math.cos(i); // a row below the limit
    const p = parameter(data, [7, 130]);
    const before = await p.read();
    constrainMaxNorm([p], 1.5);
    const after = await p.read();
    expect(after.slice(0, 130)).toEqual(before.slice(0, 130));
    expected(Array.from(before), 130, 1.5).forEach((value, i) => {
      expect(Math.abs(Number(after[i]) - value)).toBeLessThanOrEqual(2e-6 * Math.abs(value));
    });
    p.dispose();
  });

  test("rows of a convolution are its filters", async () => {
    const p = parameter([3, 4, 0.3, 0.4, 0, -2], [3, 1, 1, 2]);
    constrainMaxNorm([p], 1);
    const after = Array.from(await p.read());
    [0.6, 0.8, 0.3, 0.4, 0, -1].forEach((value, i) => {
      expect(Math.abs(Number(after[i]) - value)).toBeLessThan(2e-7);
    });
    p.dispose();
  });

  test("neither overflows nor vanishes, keeps zeros, and leaves what is not finite alone", async () => {
    const rows = [[3e30, 4e30], [3e-30, 4e-30], [0, 0], [Number.NaN, 1], [3, 4]]; // biome-ignore format: rows
    const p = parameter(rows.flat(), [5, 2]);
    constrainMaxNorm([p], 1);
    const after = Array.from(await p.read());
    [0.6, 0.8, 3e-30, 4e-30, 0, 0, Number.NaN, 1, 0.6, 0.8].forEach((value, i) => {
      if (Number.isNaN(value)) expect(after[i]).toBeNaN();
      else expect(Math.abs(Number(after[i]) - value)).toBeLessThanOrEqual(1e-6 * value);
    });
    p.dispose();
  });

  test("biases and frozen weights stay, in an optimiser's arena and in a captured step", async () => {
    const [a, b, c] = [
      parameter([3, 4, 6, 8], [2, 2]),
      parameter([30, 40], [2]),
      parameter([5, 12], [1, 2]),
    ];
    c.requiresGrad = false;
    const optimizer = new SGD([a, b], { lr: 0.1 });
    const step = capture(() => constrainMaxNorm([a, b, c], 5));
    step();
    expect([...(await a.read())].map((v) => Number(v.toFixed(5)))).toEqual([3, 4, 3, 4]);
    expect([[...(await b.read())], [...(await c.read())]]).toEqual([
      [30, 40],
      [5, 12],
    ]);
    for (const each of [step, optimizer, a, b, c]) each.dispose();
  });

  test("keeps no bytes, and refuses what cannot be", async () => {
    const p = parameter([3, 4], [1, 2]);
    constrainMaxNorm([p], 1);
    await engine.flush();
    const { liveBytes } = engine.counters();
    constrainMaxNorm([p], 0.5);
    await engine.flush();
    expect(engine.counters().liveBytes).toBe(liveBytes);
    for (const limit of [0, -1, Number.NaN, Infinity]) {
      expect(() => constrainMaxNorm([p], limit)).toThrow(ValueError);
    }
    expect(() => constrainMaxNorm([], 1)).toThrow(/model\.parameters\(\)/);
    expect(() => constrainMaxNorm([p, p], 1)).toThrow(/once/);
    p.dispose();
  });
});
