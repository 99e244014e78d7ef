import { differentiable } from "../../autograd/node.ts";
import { add } from "../../kernels/elementwise/add.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { mergeHook } from "../merge_hook.ts";

/**
 * a + b for floats of one shape. Layers use it instead of `add`, whose broadcasting and integers would bring the kernels of
 * all operations with two operands into a page. Throws `ShapeError`.
 */
export function addEqual(a: Tensor, b: Tensor): Tensor {
  const sum = () => run(add, { a, b }, {}).c;
  const hook = mergeHook();
  if (hook) return hook.add(a, b, sum);
  return differentiable("add", { a, b }, sum(), {}, (dc, _saved, grads) => {
    grads.a?.add(dc.detach());
    grads.b?.add(dc.detach());
  });
}
