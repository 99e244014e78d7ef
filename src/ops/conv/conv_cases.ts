import { forwardReference } from "../../kernels/conv2d/forward_cases.ts";
import type { ForwardOptions } from "../../kernels/conv2d/geometry.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import { conv2d } from "./conv.ts";

function convolution(
  name: string,
  x: readonly number[],
  weight: readonly number[],
  { bias = false, grad = true, ...options }: ForwardOptions & { bias?: boolean; grad?: boolean },
): OpCase {
  const shapes = [x, weight, ...(bias ? [[weight[0] as number]] : [])];
  return {
    name,
    inputs: shapes.map((shape) => ({ shape, grad })),
    run: (image, kernel, b) => conv2d(image, kernel, { ...options, ...(bias && { bias: b }) }),
    reference: (image, kernel, b) =>
      forwardReference({ x: image, weight: kernel, ...(b && { bias: b }) }, options).y,
    tolerance: { length: 48 },
  };
}

export const cases: OpCases = {
  conv2d: [
    convolution("3×3, strided, padded, bias", [2, 4, 3, 4], [3, 4, 3, 3], {
      bias: true,
      stride: 2,
      padding: 1,
    }),
    convolution("groups, dilation and uneven padding", [2, 4, 3, 4], [4, 2, 1, 3], {
      groups: 2,
      dilation: 2,
      padding: [0, 2],
    }),
    convolution("depthwise, same size", [1, 3, 5, 4], [3, 1, 3, 2], {
      groups: 3,
      padding: "same",
      bias: true,
    }),
    convolution("same with a stride, as TensorFlow pads", [2, 2, 5, 6], [3, 2, 3, 2], {
      stride: [2, 3],
      padding: "same",
      bias: true,
    }),
    convolution("same with a stride longer than the window", [1, 2, 7, 7], [2, 2, 1, 2], {
      stride: 3,
      padding: "same",
    }),
    convolution("a padding for each side", [2, 2, 4, 5], [3, 2, 3, 3], {
      padding: [
        [0, 2],
        [3, 1],
      ],
    }),
    convolution("depthwise, a padding for each side", [1, 3, 5, 4], [3, 1, 3, 3], {
      groups: 3,
      padding: [
        [2, 0],
        [0, 1],
      ],
    }),
    convolution("1×1 with padding below only", [1, 2, 3, 3], [3, 2, 1, 1], {
      padding: [
        [0, 1],
        [0, 0],
      ],
    }),
    convolution("1×1", [2, 3, 3, 3], [5, 3, 1, 1], {}),
    convolution("1×1 with bias", [2, 3, 3, 3], [5, 3, 1, 1], { bias: true }),
    convolution("1×1 of one large image, silu", [1, 2, 12, 11], [3, 2, 1, 1], { act: "silu" }),
    convolution("1×1 of two large images, relu", [2, 2, 8, 16], [3, 2, 1, 1], { act: "relu" }),
    convolution("1×1 with padding", [1, 2, 3, 3], [3, 2, 1, 1], { padding: 1 }),
    convolution("1×1 with a stride", [1, 2, 3, 4], [3, 2, 1, 1], { stride: [1, 2] }),
    convolution("1×1 in groups", [1, 4, 3, 3], [6, 2, 1, 1], { groups: 2 }),
    convolution("depthwise, padded, rows of eight", [2, 2, 3, 8], [2, 1, 3, 3], {
      groups: 2,
      padding: 1,
    }),
    convolution("one slice of the weight's gradient", [1, 3, 4, 4], [2, 3, 3, 3], { padding: 1 }),
    convolution("activation after the bias", [1, 2, 4, 4], [3, 2, 3, 3], {
      bias: true,
      act: "silu",
    }),
    convolution("relu after the bias, z not kept", [2, 2, 4, 4], [3, 2, 3, 3], {
      bias: true,
      act: "relu",
    }),
    convolution("gelu without bias, strided groups", [2, 4, 5, 4], [6, 2, 3, 3], {
      ...{ groups: 2, stride: 2, padding: 1 },
      act: "gelu",
    }),
    convolution("leaky_relu of slope −2", [1, 2, 4, 4], [3, 2, 3, 3], {
      bias: true,
      act: { act: "leaky_relu", slope: -2 },
    }),
    {
      ...convolution("the bias' gradient in pieces", [2, 1, 100, 101], [2, 1, 1, 1], {
        bias: true,
        act: "softplus",
      }),
      inputs: [
        { shape: [2, 1, 100, 101], grad: false },
        { shape: [2, 1, 1, 1], grad: false },
        { shape: [2] },
      ],
      gradTolerance: { length: 20200 },
    },
    convolution(
      "bias and activation in one kernel, where no gradient is wanted",
      [2, 3, 9, 7],
      [8, 3, 3, 3],
      {
        bias: true,
        act: "gelu",
        grad: false,
      },
    ),
  ],
};
