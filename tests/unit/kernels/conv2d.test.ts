import { describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import type { Shape } from "../../../src/core/shape.ts";
import {
  chooseForward,
  chooseGradInput,
  chooseGradWeight,
  forwardCandidates,
  gradInputCandidates,
  gradWeightCandidates,
} from "../../../src/kernels/conv2d/choose.ts";
import { conv2dDepthwise as depthwiseKernel } from "../../../src/kernels/conv2d/depthwise.ts";
import { conv2dDepthwiseGradInput as depthwiseGradInput } from "../../../src/kernels/conv2d/depthwise_grad_input.ts";
import { conv2dDepthwiseGradInputStrided as depthwiseGradInputStrided } from "../../../src/kernels/conv2d/depthwise_grad_input_strided.ts";
import { conv2dDepthwiseGradWeight as depthwiseGradWeight } from "../../../src/kernels/conv2d/depthwise_grad_weight.ts";
import { conv2dForward as forward } from "../../../src/kernels/conv2d/forward.ts";
import { conv2dGemm as gemm } from "../../../src/kernels/conv2d/gemm.ts";
import { type Conv2dKernelOptions, geometry } from "../../../src/kernels/conv2d/geometry.ts";
import { conv2dGradInput as gradInput } from "../../../src/kernels/conv2d/grad_input.ts";
import { conv2dGradInputGemm as gradInputGemm } from "../../../src/kernels/conv2d/grad_input_gemm.ts";
import { conv2dGradWeight as gradWeight } from "../../../src/kernels/conv2d/grad_weight.ts";
import { conv2dGradWeightGemm as gradWeightGemm } from "../../../src/kernels/conv2d/grad_weight_gemm.ts";
import type { Question } from "../../../src/kernels/variants.ts";

const layer = (x: Shape, weight: Shape, options: Conv2dKernelOptions = {}) =>
  geometry("conv2d", x, weight, options);

const same = (stride: number): Conv2dKernelOptions => ({ padding: "same", stride });
const sides = [
  [0, 1],
  [2, 3],
] as const;

describe("conv2d geometry", () => {
  test.each<[string, Shape, Shape, Conv2dKernelOptions, Shape]>([
    ["no padding shrinks", [1, 1, 5, 6], [1, 1, 3, 2], {}, [3, 5]],
    ["padding on both sides", [1, 1, 5, 6], [1, 1, 3, 3], { padding: [1, 2] }, [5, 8]],
    ["stride rounds down", [1, 1, 6, 7], [1, 1, 3, 3], { stride: 2 }, [2, 3]],
    ["dilation spreads the taps", [1, 1, 9, 9], [1, 1, 3, 3], { dilation: [2, 4] }, [5, 1]],
    ["same keeps the size", [1, 1, 4, 5], [1, 1, 4, 2], { padding: "same" }, [4, 5]],
    ["same with a stride rounds up", [1, 1, 6, 7], [1, 1, 3, 3], same(2), [3, 4]],
    ["same with a stride beyond the window", [1, 1, 7, 8], [1, 1, 1, 2], same(3), [3, 3]],
    ["a padding for each side", [1, 1, 5, 6], [1, 1, 3, 3], { padding: sides }, [4, 9]],
  ])("%s", (_name, x, weight, options, output) => {
    expect(layer(x, weight, options).output).toEqual(output);
  });

  test("same pads the odd pixel at the end", () => {
    expect(layer([1, 1, 4, 5], [1, 1, 4, 2], { padding: "same" }).padding).toEqual([1, 0]);
  });

  // TensorFlow, "Padding algorithms" of tf.nn: total = max((⌈in/s⌉ − 1)·s + k − in, 0), before = ⌊total/2⌋
  test.each<[string, number, number, number, number]>([
    ["in 6, k 3, s 2: 1 in all", 6, 3, 2, 0],
    ["in 7, k 3, s 2: 2 in all", 7, 3, 2, 1],
    ["in 5, k 4, s 1: 3 in all", 5, 4, 1, 1],
    ["in 224, k 7, s 2: 5 in all", 224, 7, 2, 2],
    ["in 10, k 2, s 3: 1 in all", 10, 2, 3, 0],
  ])("same before the first pixel, %s", (_name, size, k, stride, before) => {
    const g = layer([1, 1, size, size], [1, 1, k, k], same(stride));
    expect(g.padding).toEqual([before, before]);
    expect(g.output).toEqual([Math.ceil(size / stride), Math.ceil(size / stride)]);
  });

  test.each<[string, Shape, Shape, Conv2dKernelOptions, RegExp]>([
    ["an empty batch", [0, 1, 4, 4], [1, 1, 3, 3], {}, /expected x .*got \[0, 1, 4, 4\]; skip/],
    ["three axes", [1, 4, 4], [1, 1, 3, 3], {}, /expected x .*; reshape/],
    [
      "other channels",
      [1, 3, 4, 4],
      [1, 2, 3, 3],
      {},
      /expected x \[N, C, H, W\] with C = 2 .*got x\[1, 3, 4, 4\]; change x/,
    ],
    [
      "channels last",
      [1, 8, 8, 3],
      [4, 3, 3, 3],
      {},
      /expected x .*C = 3 .*got x\[1, 8, 8, 3\]; NHWC\? permute\(x, \[0, 3, 1, 2\]\)/,
    ],
    [
      "outputs that groups do not divide",
      [1, 4, 4, 4],
      [3, 2, 3, 3],
      { groups: 2 },
      /multiple of 2/,
    ],
    ["a window past the input", [1, 1, 4, 4], [1, 1, 3, 3], { dilation: 2 }, /window.*; pad more/],
  ])("%s is refused", (_name, x, weight, options, message) => {
    expect(() => layer(x, weight, options)).toThrow(ShapeError);
    expect(() => layer(x, weight, options)).toThrow(message);
  });

  test.each<[string, Conv2dKernelOptions]>([
    ["stride 0", { stride: 0 }],
    ["half a pixel of padding", { padding: 0.5 }],
    ["negative padding", { padding: -1 }],
    ["dilation 0", { dilation: [1, 0] }],
    ["no groups", { groups: 0 }],
    [
      "half a pixel on one side",
      {
        padding: [
          [0, 1],
          [0.5, 0],
        ],
      },
    ],
  ])("%s is refused", (_name, options) => {
    expect(() => layer([1, 1, 4, 4], [1, 1, 3, 3], options)).toThrow(ValueError);
  });

  test("forward refuses a bias of another length", () => {
    const shapes = { x: [1, 1, 4, 4], weight: [2, 1, 3, 3], bias: [3] };
    expect(() => forward.plan(shapes, {})).toThrow(/expected bias \[2\].*got bias\[3\]/);
  });

  test("grad_weight has no empty slice", () => {
    const shapes = { x: [5, 1, 3, 3], dy: [5, 1, 1, 1] };
    const { outputs } = gradWeight.plan(shapes, { kernelSize: [3, 3], slices: 4 });
    expect(outputs.partials).toEqual([3, 1, 1, 3, 3]);
  });
});

describe("conv2d choice", () => {
  const wide = layer([4, 64, 14, 14], [64, 64, 3, 3], { padding: 1 });
  const narrow = layer([64, 8, 14, 14], [8, 8, 3, 3], { padding: 1 });
  const depthwise = layer([4, 64, 14, 14], [64, 1, 3, 3], { groups: 64 });
  const short = layer([4, 16, 14, 14], [64, 16, 1, 1]);

  test("a wide layer is a matrix product on a card", () => {
    expect(chooseForward(wide, { software: false }).kernel).toBe(gemm);
    expect(chooseGradInput(wide, { software: false }).kernel).toBe(gradInputGemm);
    expect(chooseGradWeight(wide, { software: false }).kernel).toBe(gradWeightGemm);
  });

  test.each([narrow, short])("narrow and short layers are direct", (g) => {
    expect(chooseForward(g, { software: false }).kernel).toBe(forward);
    expect(chooseGradWeight(g, { software: false }).kernel).toBe(gradWeight);
  });

  test.each([true, false])(
    "depthwise layers have kernels of their own (software: %s)",
    (software) => {
      expect(chooseForward(depthwise, { software }).kernel).toBe(depthwiseKernel);
      expect(chooseGradInput(depthwise, { software }).kernel).toBe(depthwiseGradInput);
      expect(chooseGradWeight(depthwise, { software }).kernel).toBe(depthwiseGradWeight);
    },
  );

  test.each<[string, Shape, Shape, Conv2dKernelOptions]>([
    ["a stride", [1, 4, 9, 9], [4, 1, 3, 3], { groups: 4, stride: [2, 1] }],
    ["a dilation", [1, 4, 9, 9], [4, 1, 3, 3], { groups: 4, dilation: [1, 2] }],
    ["8 taps", [1, 4, 9, 9], [4, 1, 8, 3], { groups: 4 }],
    ["4 taps on the right", [1, 4, 9, 9], [4, 1, 1, 5], { groups: 4 }],
    ["4 taps on the left", [1, 4, 9, 9], [4, 1, 1, 5], { groups: 4, padding: [0, 4] }],
    ["padding beside the window", [1, 4, 9, 9], [4, 1, 1, 1], { groups: 4, padding: 1 }],
    ["two channels a group", [1, 4, 9, 9], [2, 2, 3, 3], { groups: 2 }],
  ])("depthwise kernels leave %s to the direct ones, and say so", (_name, x, weight, options) => {
    const g = layer(x, weight, options);
    const candidates = [forwardCandidates, gradInputCandidates, gradWeightCandidates];
    for (const list of candidates) {
      expect(list(g, { software: true }).map(({ name }) => name)).not.toContain("depthwise");
    }
    expect(() => depthwiseKernel.plan({ x, weight }, options)).toThrow(/use conv2d\/forward/);
  });

  test("a depthwise layer of stride 2 has kernels of its own for every pass", () => {
    const strided = layer([4, 64, 14, 14], [64, 1, 3, 3], { groups: 64, stride: 2, padding: 1 });
    for (const software of [true, false]) {
      expect(chooseForward(strided, { software }).kernel).toBe(depthwiseKernel);
      expect(chooseGradInput(strided, { software }).kernel).toBe(depthwiseGradInputStrided);
      expect(chooseGradWeight(strided, { software }).kernel).toBe(depthwiseGradWeight);
    }
    const three = layer([4, 64, 14, 14], [64, 1, 3, 3], { groups: 64, stride: 3, padding: 1 });
    expect(chooseForward(three, { software: false }).kernel).toBe(forward);
    expect(chooseGradInput(three, { software: false }).kernel).toBe(gradInput);
    expect(chooseGradWeight(three, { software: false }).kernel).toBe(gradWeight);
    const [dy, weight] = [
      [1, 4, 3, 3],
      [4, 1, 3, 3],
    ]; // for a convolution of stride 1
    expect(() =>
      depthwiseGradInputStrided.plan({ dy, weight }, { groups: 4, inputSize: [5, 5] }),
    ).toThrow(/stride 2 .* use conv2d\/grad_input/);
  });

  test("the gradient of two outputs a channel is direct for the input alone", () => {
    const g = layer([1, 4, 9, 8], [8, 1, 3, 3], { groups: 4 });
    expect(chooseGradInput(g, { software: false }).kernel).toBe(gradInput);
    expect(chooseGradWeight(g, { software: false }).kernel).toBe(depthwiseGradWeight);
    const shapes = { dy: [1, 8, 7, 6], weight: [8, 1, 3, 3] };
    const options = { groups: 4, inputSize: [9, 8] as const };
    expect(() => depthwiseGradInput.plan(shapes, options)).toThrow(/use conv2d\/grad_input/);
  });

  test("where weights are constant, wide windows go by columns on a software adapter", () => {
    const [flat, strided] = [
      layer([1, 96, 17, 17], [96, 96, 1, 7], { padding: [0, 3] }),
      layer([1, 32, 30, 30], [128, 32, 3, 3], { stride: 2 }),
    ];
    for (const g of [flat, strided]) {
      const questions: Question[] = [];
      const asked = (question: Question) => questions.push(question);
      const inference = { software: true, constantWeights: true, asked };
      expect(chooseForward(g, inference)).toEqual({ name: "columns" });
      const [question] = questions;
      const columns = { name: "columns" } as const;
      const paths = question?.calls(columns).map(({ shader }) => shader.path);
      expect(paths).toEqual(["conv2d/columns.wgsl", "matmul/registers_16x16.wgsl"]);
      expect(question?.key).toMatch(/\/constant$/); // filed under a key of its own: measured apart from training
      for (const [software, constantWeights] of [
        [true, false],
        [false, true],
      ] as const) {
        const others = forwardCandidates(g, { software, constantWeights });
        expect(others.map(({ name }) => name)).not.toContain("columns");
      }
    }
    for (const g of [
      layer([1, 96, 4, 4], [96, 96, 1, 7], { padding: [0, 3] }), // too little work
      // too few output channels to repay a column matrix
      layer([1, 96, 40, 40], [16, 96, 1, 7], { padding: [0, 3] }),
      layer([1, 192, 17, 17], [192, 96, 1, 7], { padding: [0, 3], groups: 2 }),
    ]) {
      const candidates = forwardCandidates(g, { software: true, constantWeights: true });
      expect(candidates.map(({ name }) => name)).not.toContain("columns");
    }
  });

  test("a software adapter never waits at barriers", () => {
    const small = layer([1, 64, 7, 7], [64, 64, 3, 3], { padding: 1 });
    expect(chooseForward(small, { software: true }).kernel).toBe(forward);
    expect(chooseGradInput(small, { software: true }).kernel).toBe(gradInput);
    expect(chooseGradWeight(small, { software: true }).kernel).toBe(gradWeight);
    expect(chooseGradWeight(wide, { software: true }).name).toBe("winograd");
  });
});
