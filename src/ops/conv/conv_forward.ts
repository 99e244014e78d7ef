import { chooseForward } from "../../kernels/conv2d/choose.ts";
import { conv2dColumns as columns } from "../../kernels/conv2d/columns.ts";
import type { Conv2dKernelOptions, Geometry } from "../../kernels/conv2d/geometry.ts";
import type { ActivationOptions } from "../../kernels/elementwise/activations.ts";
import type { EpilogueBuffers } from "../../kernels/epilogue.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { multiplied } from "./conv_pointwise.ts";
import { winograd } from "./conv_winograd.ts";

/** Inputs of a convolution, and the buffers of its epilogue. */
export type ConvTensors = Readonly<Record<"x" | "weight", Tensor>> & EpilogueBuffers<Tensor>;

/**
 * act(x * weight + bias) of the convolution `layer`, without a history, written to `into` if it is given; `constantWeights`
 * as in `Chooser`.
 */
export function convolved(
  inputs: ConvTensors,
  window: Conv2dKernelOptions,
  layer: Geometry,
  act?: ActivationOptions,
  { into, constantWeights = false }: { into?: Tensor | undefined; constantWeights?: boolean } = {},
): Tensor {
  const { name, kernel } = chooseForward(layer, { ...inputs.x.engine.chooser, constantWeights });
  if (name === "winograd") return winograd(inputs, layer, act, into);
  if (name === "columns") {
    const { x } = inputs;
    const options = { ...window, kernelSize: layer.kernel };
    const { columns: b } = run(columns, { x }, options, {}, { columns: x.dtype });
    return multiplied(b, inputs, layer, act, true);
  }
  return run(kernel, inputs, { ...window, act }, { y: into }).y;
}
