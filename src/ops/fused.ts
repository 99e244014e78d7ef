import { gradEnabled } from "../autograd/mode.ts";
import { differentiable, type GradSlots, type SavedTensors } from "../autograd/node.ts";
import type { Shape } from "../core/shape.ts";
import type { ActivationOptions } from "../kernels/elementwise/activations.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { activationGrad, roomForZ } from "./epilogue.ts";
import { type Epilogue, mergeHook } from "./merge_hook.ts";

/** act(operation(operands) + bias), computed by one kernel. */
interface FusedOp<Operands extends SavedTensors> {
  readonly operands: Operands;
  readonly bias: Tensor | undefined;
  readonly act: ActivationOptions;
  /** The axis of the result that the bias extends along. */
  readonly axis: 1 | -1;
  /** Shape of the result. */
  shape(): Shape;
  /**
   * Computes the result without a history; writes the input of the activation to z if it is given. `constant` is given only
   * in inference: whether each operand is the same in every run.
   */
  compute(
    operands: readonly Tensor[],
    epilogue: Epilogue & { readonly z?: Tensor | undefined },
    constant?: readonly boolean[],
  ): Tensor;
  /** Called once the result exists, unless inference keeps the operands. */
  done?(): void;
  /** Sum of dy over all axes but `axis`, written to `into` if it is given. */
  gradBias(dy: Tensor, into: Tensor | undefined): Tensor;
  gradOperands(dz: Tensor, operands: Operands, grads: GradSlots<Operands>): void;
}

/** The result of a matrix product or convolution with its epilogue, and their gradients. */
export function fused<Operands extends SavedTensors>(
  name: string,
  work: FusedOp<Operands>,
): Tensor {
  const { operands, bias, act, axis } = work;
  const inputs = Object.values(operands);
  const wanted = gradEnabled() && [...inputs, bias].some((t) => t?.requiresGrad);
  const hook = wanted ? undefined : mergeHook();
  if (hook) {
    const rank = Math.max(...inputs.map(({ shape }) => shape.length));
    const channels = axis < 0 ? rank - 1 : axis;
    return hook.base({ inputs, epilogue: { bias, act }, channels, compute: work.compute });
  }
  const z = roomForZ(act, wanted, work, (inputs[0] as Tensor).engine);
  const y = work.compute(inputs, { bias, z, act });
  const saved: SavedTensors = { ...operands, ...(act.act !== "identity" && { z: z ?? y }) };
  const result = differentiable(name, { ...operands, bias }, y, saved, (dy, kept, grads) => {
    const slot = grads.bias;
    if (!kept.z) {
      slot?.add(work.gradBias(dy, slot.into));
      return work.gradOperands(dy, kept as Operands, grads);
    }
    using dz = activationGrad(dy, kept.z, act, slot, axis);
    work.gradOperands(dz, kept as Operands, grads);
  });
  z?.dispose(); // the node keeps a handle
  work.done?.();
  return result;
}
