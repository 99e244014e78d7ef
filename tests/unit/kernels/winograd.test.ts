import { describe, expect, test } from "vitest";
import type { Shape } from "../../../src/core/shape.ts";
import {
  chooseForward,
  chooseGradInput,
  forwardCandidates,
  gradInputCandidates,
  gradWeightCandidates,
} from "../../../src/kernels/conv2d/choose.ts";
import {
  type Conv2dKernelOptions,
  type Geometry,
  geometry,
} from "../../../src/kernels/conv2d/geometry.ts";
import type { Question } from "../../../src/kernels/variants.ts";

const layer = (x: Shape, weight: Shape, options: Conv2dKernelOptions = {}) =>
  geometry("conv2d", x, weight, options);

describe("convolution by Winograd's tiles", () => {
  /**
   * For forward, input gradient and weight gradient: whether Winograd is a candidate, and whether it is the default.
   */
  const byTiles = (g: Geometry, software: boolean) => {
    const found = [forwardCandidates, gradInputCandidates, gradWeightCandidates].map((list) => {
      const names = list(g, { software }).map(({ name }) => name);
      return names[0] === "winograd" ? "first" : names.includes("winograd") ? "last" : "none";
    });
    return found.join();
  };
  const square = (
    n: number,
    inC: number,
    size: number,
    outC: number,
    options: Conv2dKernelOptions = {},
  ) => layer([n, inC, size, size], [outC, inC, 3, 3], { padding: 1, ...options });

  test("windows of 3 × 3 that move by one pixel have tiles", () => {
    expect(byTiles(square(4, 8, 8, 8), true)).toBe("last,last,last");
    expect(byTiles(square(4, 7, 8, 8), true)).toBe("none,none,none");
    expect(byTiles(square(4, 8, 8, 8, { stride: 2 }), true)).toBe("none,none,none");
    expect(byTiles(square(4, 8, 8, 8, { dilation: [1, 2] }), true)).toBe("none,none,none");
    expect(byTiles(layer([4, 16, 8, 8], [16, 8, 3, 3], { groups: 2 }), true)).toBe(
      "none,none,none",
    );
    expect(byTiles(layer([4, 16, 8, 8], [16, 16, 3, 2]), true)).toBe("none,none,none");
  });

  test("padding beyond the window's reach is not turned around", () => {
    expect(byTiles(square(1, 8, 8, 8, { padding: 3 }), true)).toBe("last,last,last");
    expect(byTiles(square(1, 8, 8, 8, { padding: [0, 4] }), true)).toBe("last,none,last");
  });

  test("tiles are taken where they save enough, and fit any adapter", () => {
    expect(byTiles(square(8, 64, 16, 64), true)).toBe("first,first,first");
    expect(byTiles(square(8, 64, 16, 64), false)).toBe("last,last,last");
    expect(byTiles(square(16, 128, 28, 128), false)).toBe("first,first,first");
    expect(byTiles(square(64, 32, 7, 32), true)).toBe("last,last,first");
    expect(byTiles(square(128, 64, 128, 64), true)).toBe("none,none,none"); // the transformed tiles would take 2 GiB
  });

  test("where weights are constant, transforming them costs nothing, and is asked as another question", () => {
    const last = square(1, 512, 7, 512); // of ResNet-18
    for (const [constantWeights, name, dispatches] of [
      [false, "direct", 4],
      [true, "winograd", 3],
    ] as const) {
      const questions: Question[] = [];
      const asked = (question: Question) => questions.push(question);
      expect(chooseForward(last, { software: true, constantWeights, asked }).name).toBe(name);
      const [question] = questions;
      const tiles = question?.candidates.find((each) => each.name === "winograd");
      const paths = tiles && question?.calls(tiles).map(({ shader }) => shader.path);
      expect(paths).toHaveLength(dispatches);
      expect(paths?.includes("winograd/filter.wgsl")).toBe(!constantWeights);
      expect(question?.key.endsWith("/constant")).toBe(constantWeights);
      expect(chooseGradInput(last, { software: true, constantWeights }).name).toBe("direct");
    }
    const wide = square(1, 64, 8, 64, { padding: 0, stride: 2 }); // no Winograd: one key for both
    const keys: string[] = [];
    for (const constantWeights of [false, true]) {
      chooseForward(wide, { software: true, constantWeights, asked: ({ key }) => keys.push(key) });
    }
    expect(new Set(keys).size).toBe(1);
  });
});
