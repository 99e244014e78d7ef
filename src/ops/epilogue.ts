import type { GradSlot } from "../autograd/gradients.ts";
import type { Shape } from "../core/shape.ts";
import { activateGrad } from "../kernels/elementwise/activate_grad.ts";
import { activateGradBias } from "../kernels/elementwise/activate_grad_bias.ts";
import { type ActivationOptions, toldByResult } from "../kernels/elementwise/activations.ts";
import type { Engine } from "../scheduler/engine.ts";
import { empty } from "../tensor/create.ts";
import { onAdapter, run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { view } from "../tensor/view.ts";
import { totalOf } from "./reduce/partials.ts";
import { plainSum } from "./reduce/reduce.ts";

/** A tensor for z beside y = act(z); undefined if no gradient is wanted or act′(z) can be computed from y. */
export function roomForZ(
  act: ActivationOptions,
  wanted: boolean,
  y: { shape(): Shape },
  engine: Engine,
): Tensor | undefined {
  return wanted && !toldByResult(act) ? empty(y.shape(), { engine, name: "z" }) : undefined;
}

/**
 * dz = dy·act′(z). The gradient of the bias before the activation, one number per index of `axis`, is computed in the same
 * pass over memory. z may be act(z) if the derivative can be computed from it.
 */
export function activationGrad(
  dy: Tensor,
  z: Tensor,
  act: ActivationOptions,
  bias: GradSlot | undefined,
  axis: 1 | -1,
): Tensor {
  if (!bias || dy.size === 0) {
    const { dx: dz } = run(activateGrad, { x: z, dy }, act);
    const channels = axis === -1 ? dz.shape.length - 1 : axis;
    bias?.add(plainSum(dz, { axes: dz.shape.map((_, i) => i).filter((i) => i !== channels) }));
    return dz;
  }
  const options = { ...act, axis, ...onAdapter(dy) };
  const shape = activateGradBias.plan({ dy: dy.shape, z: z.shape }, options).outputs.partials;
  const whole = shape[0] === 1;
  const into = whole ? bias.into : undefined;
  const { dz, partials } = run(activateGradBias, { dy, z }, options, { partials: into });
  if (into) {
    bias.add(partials);
    return dz;
  }
  if (whole) {
    bias.add(view(partials, shape.slice(1)));
    partials.dispose();
  } else bias.add(totalOf(partials, bias.into));
  return dz;
}
