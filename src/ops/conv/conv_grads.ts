import type { GradSlot } from "../../autograd/gradients.ts";
import { chooseGradInput, chooseGradWeight } from "../../kernels/conv2d/choose.ts";
import type { Conv2dKernelOptions, Geometry } from "../../kernels/conv2d/geometry.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { reshaped } from "../../tensor/view.ts";
import { totalOf } from "../reduce/partials.ts";
import {
  isPointwise,
  isPointwiseSum,
  pointwiseGradInput,
  pointwiseGradWeight,
} from "./conv_pointwise.ts";
import { winogradGradInput, winogradGradWeight } from "./conv_winograd.ts";

/** Input gradient of the convolution `layer`, written to `into` if it is given. */
export function convGradInput(
  inputs: { readonly dy: Tensor; readonly weight: Tensor },
  window: Conv2dKernelOptions,
  layer: Geometry,
  into?: Tensor,
): Tensor {
  if (isPointwise(layer)) return pointwiseGradInput(inputs, layer, into);
  const { name, kernel } = chooseGradInput(layer, inputs.dy.engine.chooser);
  if (name === "winograd") return winogradGradInput(inputs, layer, into);
  return run(kernel, inputs, { ...window, inputSize: layer.input }, { dx: into }).dx;
}

/** Adds the gradient of a convolution's weight to its slot. */
export function addConvGradWeight(
  slot: GradSlot,
  inputs: { readonly x: Tensor; readonly dy: Tensor },
  window: Conv2dKernelOptions,
  layer: Geometry,
): void {
  const { into } = slot;
  if (isPointwiseSum(layer)) slot.add(pointwiseGradWeight(inputs, layer, into));
  else slot.add(gradWeightOf(inputs, window, layer, into));
}

/** Partial weight gradients and their total; with one slice, the weight gradient directly. */
function gradWeightOf(
  inputs: { readonly x: Tensor; readonly dy: Tensor },
  window: Conv2dKernelOptions,
  layer: Geometry,
  into: Tensor | undefined,
): Tensor {
  const { name, kernel } = chooseGradWeight(layer, inputs.x.engine.chooser);
  if (name === "winograd") return winogradGradWeight(inputs, layer, into);
  const options = { ...window, kernelSize: layer.kernel };
  const shapes = { x: inputs.x.shape, dy: inputs.dy.shape };
  const [slices, ...shape] = kernel.plan(shapes, options).outputs.partials;
  if (slices === 1) {
    const { partials } = run(kernel, inputs, options, { partials: into });
    return into ?? reshaped(partials, shape);
  }
  return totalOf(run(kernel, inputs, options).partials, into); // summed over slices of the batch
}
