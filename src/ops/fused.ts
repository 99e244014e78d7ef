import { gradEnabled } from "../autograd/mode.ts";
import { differentiable, type GradSlots, type Saved } from "../autograd/node.ts";
import type { Shape } from "../core/shape.ts";
import type { ActivationOptions } from "../kernels/elementwise/activations.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { activationGrad, roomForZ } from "./epilogue.ts";
import { type Mergeable, mergeHook } from "./merge_hook.ts";

/** act(operation(operands) + bias), of which one kernel computes everything. */
interface Fused<Operands extends Saved> {
  readonly operands: Operands;
  readonly bias: Tensor | undefined;
  readonly act: ActivationOptions;
  /** The axis of the result that the bias goes along. */
  readonly axis: 1 | -1;
  /** Of the result. */
  shape(): Shape;
  /** For inference, which may give the kernel more to end with. */
  mergeable(): Mergeable;
  /** The result without a history; z, where it is given, gets what the activation is applied to. */
  compute(z: Tensor | undefined): Tensor;
  /** Called once the result is there; not where inference keeps the operands. */
  done?(): void;
  /** Sum of dy over all axes but `axis`, in `into` where that is given. */
  gradBias(dy: Tensor, into: Tensor | undefined): Tensor;
  gradOperands(dz: Tensor, operands: Operands, grads: GradSlots<Operands>): void;
}

/** The result of a matrix product or convolution with its epilogue, and its gradients. */
export function fused<Operands extends Saved>(name: string, work: Fused<Operands>): Tensor {
  const { operands, bias, act, axis } = work;
  const inputs = { ...operands, bias };
  const wanted =
    gradEnabled() && Object.values<Tensor | undefined>(inputs).some((t) => t?.requiresGrad);
  const hook = wanted ? undefined : mergeHook();
  if (hook) return hook.base(work.mergeable());
  const any = Object.values(operands)[0] as Tensor;
  const z = roomForZ(act, wanted, work, any.engine);
  const y = work.compute(z);
  const saved: Saved = { ...operands, ...(act.act !== "identity" && { z: z ?? y }) };
  const result = differentiable(name, inputs, y, saved, (dy, kept, grads) => {
    const slot = grads.bias;
    if (!kept.z) {
      slot?.add(work.gradBias(dy, slot.into));
      return work.gradOperands(dy, kept as Operands, grads);
    }
    using dz = activationGrad(dy, kept.z, act, slot, axis);
    work.gradOperands(dz, kept as Operands, grads);
  });
  z?.dispose(); // its node keeps it
  work.done?.();
  return result;
}
