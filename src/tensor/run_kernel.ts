import { ValueError } from "../core/errors.ts";
import { type Kinds, objectWith, optional, record } from "../core/kinds.ts";
import { checked, checkOptions, describe } from "../core/signature.ts";
import type { Kernel } from "../kernels/kernel.ts";
import { checkInputs, planned } from "../kernels/prepare.ts";
import type { Signature } from "../shader/shader.ts";
import { isTensor } from "./kinds.ts";
import { type KernelInputs, type KernelOutputs, run } from "./run.ts";

/**
 * One kernel on tensors, queued like any operation: `const { y } = runKernel(scale, { x }, { by: 2 })`. It takes kernels of
 * wgrad/kernels and your own, made with `kernel(shader(source), plan)`, and returns new tensors with the outputs. There is
 * no gradient; `defineOp` adds one.
 *
 * Throws `ValueError` for inputs that are not tensors of one engine or have another dtype than the kernel takes, and for
 * names of buffers that it does not have; the errors of the plan; and `LimitError` for a grid beyond the adapter's limits.
 * Errors of the WGSL compiler reject when a result is read.
 *
 * @example
 * ```ts
 * import { runKernel, tensor } from "wgrad";
 * import { softmax } from "wgrad/kernels";
 * const { y } = runKernel(softmax, { x: tensor([[0, 0]]) }, {});
 * console.log(await y.read()); // [0.5, 0.5]
 * ```
 */
export const runKernel = /* @__PURE__ */ checked(
  "runKernel",
  {
    kernel: /* @__PURE__ */ objectWith("a kernel", "shader", "plan"),
    inputs: record,
    options: /* @__PURE__ */ optional(record),
  },
  <S extends Signature, Options>(
    kernel: Kernel<S, Options> & { readonly options?: () => Kinds },
    inputs: KernelInputs<S>,
    options: NoInfer<Options>,
  ): KernelOutputs<S> => {
    const shapes = Object.entries(inputs).map(([name, value]) => {
      if (value === undefined || isTensor(value)) return [name, value?.shape];
      throw new ValueError(
        `runKernel: expected a tensor as ${name}, got ${describe(value)}; make one with tensor()`,
      );
    });
    checkInputs(kernel.shader, Object.fromEntries(shapes));
    const known = kernel.options?.();
    if (known) checkOptions("runKernel", options ?? {}, known);
    const { shader } = kernel;
    const plan: Kernel<S, Options>["plan"] = (given, chosen) => planned(kernel, given, chosen);
    return run({ shader, plan }, inputs, options);
  },
);
