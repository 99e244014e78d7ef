import type { GradSlot } from "../autograd/gradients.ts";
import type { Shape } from "../core/shape.ts";
import { chooseGradInput, chooseGradWeight } from "../kernels/conv2d/choose.ts";
import type { Conv2dOptions, Geometry } from "../kernels/conv2d/geometry.ts";
import { sumPartials } from "../kernels/conv2d/sum_partials.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { view } from "../tensor/view.ts";

/** Input gradient of the convolution `layer`, written to `into` where that is given. */
export function convGradInput(
  inputs: { readonly dy: Tensor; readonly weight: Tensor },
  window: Conv2dOptions,
  layer: Geometry,
  into?: Tensor,
): Tensor {
  const kernel = chooseGradInput(layer, inputs.dy.engine.chooser);
  return run(kernel, inputs, { ...window, inputSize: layer.input }, { dx: into }).dx;
}

/** Adds the gradient of a convolution's weight to its slot: partial sums and their total, or at once where there is one. */
export function addConvGradWeight(
  slot: GradSlot,
  inputs: { readonly x: Tensor; readonly dy: Tensor },
  window: Conv2dOptions,
  layer: Geometry,
): void {
  const { into } = slot;
  const kernel = chooseGradWeight(layer, inputs.x.engine.chooser);
  const options = { ...window, kernelSize: layer.kernel };
  const shapes = { x: inputs.x.shape, dy: inputs.dy.shape };
  const [slices, ...shape] = kernel.plan(shapes, options).outputs.partials;
  if (slices === 1) {
    const { partials } = run(kernel, inputs, options, { partials: into });
    slot.add(into ?? reshaped(partials, shape));
  } else {
    using partials = run(kernel, inputs, options).partials; // over slices of the batch
    slot.add(run(sumPartials, { partials }, {}, { sum: into }).sum);
  }
}

/** The same bytes under another shape; the tensor under the old one is disposed. */
function reshaped(x: Tensor, shape: Shape): Tensor {
  using old = x;
  return view(old, shape);
}
