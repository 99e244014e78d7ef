import { describe, expect, test } from "vitest";
import { seeded } from "../../../src/core/rng.ts";
import * as softmax from "../../../src/kernels/softmax/softmax.ts";
import * as softmaxGrad from "../../../src/kernels/softmax/softmax_grad.ts";
import { gradientDefect, numericalGradient, upstreamFor } from "../../../src/testing/gradcheck.ts";

const shape = [3, 5, 4];
const random = seeded(5);
const x = Float64Array.from({ length: 60 }, () => random() * 6 - 3);
const upstream = upstreamFor(60);

describe.each([
  { name: "softmax", log: false },
  { name: "log softmax", log: true },
])("$name gradient agrees with central differences", ({ log }) => {
  test.each([0, 1, 2, -1])("axis %i", (axis) => {
    const forward = (data: Float64Array) =>
      softmax.reference({ x: { shape, data } }, { axis, log }).y;
    const y = { shape, data: forward(x) };
    const { dx } = softmaxGrad.reference({ y, dy: { shape, data: upstream } }, { axis, log });
    expect(gradientDefect("dx", dx, numericalGradient(forward, x, upstream))).toBe("");
  });
});

test("softmax of equal numbers is uniform, whatever they are", () => {
  const { y } = softmax.reference({ x: { shape: [4], data: [1e30, 1e30, 1e30, 1e30] } }, {});
  for (const p of Array.from(y)) expect(p).toBeCloseTo(0.25, 14);
});

test("long grids are folded", () => {
  const { grid } = softmax.softmax.plan({ x: [70_000, 1000] }, {});
  expect(grid).toEqual([35_000, 2]);
});
