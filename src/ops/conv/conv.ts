import type { GradSlots } from "../../autograd/node.ts";
import { count, pair } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import {
  type Geometry,
  geometry,
  outputShape,
  type Conv2dKernelOptions as Window,
} from "../../kernels/conv2d/geometry.ts";
import { conv2dGradBias as gradBias } from "../../kernels/conv2d/grad_bias.ts";
import {
  type Act,
  type ActivationOptions,
  activationOf,
} from "../../kernels/elementwise/activations.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { toHalf } from "../elementwise/precision.ts";
import { fused } from "../fused.ts";
import { act as actKind, padding } from "../kinds.ts";
import { type ConvTensors, convolved } from "./conv_forward.ts";
import { addConvGradWeight, convGradInput } from "./conv_grads.ts";
import { isPointwise, multiplied, rowsOf } from "./conv_pointwise.ts";

/** Options of `conv2d`: stride, padding, dilation, groups, and the epilogue. */
export interface Conv2dOptions extends Window {
  /** [outC]. */
  readonly bias?: Tensor | undefined;
  /** Applied last, in the same kernel: a name, or options like `{ act: "elu", alpha: 0.5 }`. Default "identity". */
  readonly act?: Act | undefined;
}

const windowKinds = { stride: pair, padding, dilation: pair, groups: count };

/**
 * Convolution (cross-correlation, as in PyTorch) of x [N, inC, H, W] with weight [outC, inC/groups, kH, kW].
 * Throws `ShapeError` and `ValueError` for shapes and options that do not fit.
 *
 * @example
 * ```ts
 * import { conv2d, ones } from "wgrad";
 * const y = conv2d(ones([1, 1, 3, 3]), ones([1, 1, 2, 2]), { stride: 1 });
 * console.log(y.shape, await y.read()); // [1, 1, 2, 2] [4, 4, 4, 4]
 * ```
 */
export const conv2d = /* @__PURE__ */ checked(
  "conv2d",
  {
    x: tensorKind,
    weight: tensorKind,
    options: /* @__PURE__ */ options<Conv2dOptions>({
      ...windowKinds,
      bias: tensorKind,
      act: actKind,
    }),
  },
  (input: Tensor, weight: Tensor, options: Conv2dOptions = {}): Tensor => {
    const x = toHalf(input);
    const { bias, act: activation, ...window } = options;
    const act = activationOf(activation);
    const layer = geometry("conv2d", x.shape, weight.shape, window);
    return fused("conv2d", {
      ...{ operands: { x, weight }, bias, act, axis: 1 },
      shape: () => outputShape(layer),
      compute: ([x, weight], { act, ...buffers }, constant) =>
        forward({ ...buffers, x, weight } as ConvTensors, window, layer, act, constant?.[1]),
      gradBias: (dy, dbias) => run(gradBias, { dy }, {}, { dbias }).dbias,
      gradOperands: (dz, kept, grads) => addOperands(dz, kept, window, layer, grads),
    });
  },
);

/** The convolution without a history, with the best kernel for the layer. */
const forward = (
  tensors: ConvTensors,
  window: Window,
  layer: Geometry,
  act: ActivationOptions,
  constantWeights = false,
) =>
  isPointwise(layer)
    ? multiplied(rowsOf(tensors.x), tensors, layer, act, constantWeights)
    : convolved(tensors, window, layer, act, { constantWeights });

/** Adds dx and dweight from the gradient of the convolution's sums. */
function addOperands(
  dy: Tensor,
  { x, weight }: Readonly<Record<"x" | "weight", Tensor>>,
  window: Window,
  layer: Geometry,
  grads: GradSlots<{ x: Tensor; weight: Tensor }>,
): void {
  if (grads.x) grads.x.add(convGradInput({ dy, weight }, window, layer, grads.x.into));
  if (grads.weight) addConvGradWeight(grads.weight, { x, dy }, window, layer);
}
