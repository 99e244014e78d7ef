import { differentiable } from "../../autograd/node.ts";
import { integer, optional } from "../../core/kinds.ts";
import { normalizeAxis, size } from "../../core/shape.ts";
import { checked, options } from "../../core/signature.ts";
import { planReduction, type ReduceAxes } from "../../kernels/reduce/axes.ts";
import { type ProductsOptions, scanProducts as products } from "../../kernels/scan/product.ts";
import { scanProductsGrad as productsGrad } from "../../kernels/scan/product_grad.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { asFloat } from "../elementwise/operands.ts";
import { reshape } from "../shape/reshape.ts";
import { permute } from "../shape/shape.ts";
import { reduceKinds } from "./reduce.ts";

function along(name: string, x: Tensor, how: ProductsOptions): Tensor {
  return asFloat(x, (data) => {
    const { y } = run(products, { x: data }, how);
    return differentiable(name, { x: data }, y, { x: data }, (dy, saved, { x: dx }) => {
      dx?.add(run(productsGrad, { x: saved.x, dy }, how, { dx: dx.into }).dx);
    });
  });
}

/**
 * Product over `axes` (default all): torch.prod. The gradient is correct for elements that are 0. One thread computes each
 * result. Throws `ShapeError` if there is no such axis.
 */
export const prod = /* @__PURE__ */ checked(
  "prod",
  { x: tensorKind, options: /* @__PURE__ */ options<ReduceAxes>(reduceKinds) },
  (x: Tensor, { axes, keepDims }: ReduceAxes = {}): Tensor => {
    const { shape } = planReduction("prod", x.shape, { axes, keepDims });
    const rank = x.shape.length;
    const reduced = (axes ?? x.shape.map((_, k) => k)).map((k) => normalizeAxis("prod", k, rank));
    const [axis] = reduced;
    if (axis !== undefined && reduced.length === 1) {
      using y = along("prod", x, { axis, whole: true });
      return reshape(y, shape);
    }
    const kept = x.shape.map((_, k) => k).filter((k) => !reduced.includes(k));
    using turned = axes && permute(x, [...kept, ...reduced]);
    using rows = reshape(turned ?? x, [size(shape), x.size / size(shape)]);
    using y = along("prod", rows, { whole: true });
    return reshape(y, shape);
  },
);

/** Cumulative products along `axis` (default the last): torch.cumprod. The gradient is correct for elements that are 0. */
export const cumprod = /* @__PURE__ */ checked(
  "cumprod",
  { x: tensorKind, axis: /* @__PURE__ */ optional(integer) },
  (x: Tensor, axis = -1): Tensor => along("cumprod", x, { axis }),
);
