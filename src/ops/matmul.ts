import { gradEnabled } from "../autograd/mode.ts";
import { differentiable } from "../autograd/node.ts";
import type { Shape } from "../core/shape.ts";
import type { Activation } from "../kernels/elementwise/activations.ts";
import { chooseMatmul } from "../kernels/matmul/choose.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { activation } from "./activation.ts";
import { sum, sumTo } from "./reduce.ts";
import { reshape } from "./reshape.ts";

export interface MatmulOptions {
  /** `a` is stored [..., k, m]. Default false. */
  readonly transposeA?: boolean;
  /** `b` is stored [..., n, k]. Default false. */
  readonly transposeB?: boolean;
  /** [n], added to every row. */
  readonly bias?: Tensor | undefined;
  /** Applied last; in the same kernel where no gradient is wanted. Default "identity". */
  readonly act?: Activation;
}

/**
 * a [..., m, k] · b [..., k, n] → [..., m, n]; leading axes broadcast, a vector counts as a row (a) or a column (b).
 * Throws `ShapeError` if the inner sizes differ.
 */
export function matmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  if (a.shape.length === 1) return squeeze(matmul(asMatrix(a, "row"), b, options), -2);
  if (b.shape.length === 1) return squeeze(matmul(a, asMatrix(b, "column"), options), -1);
  const { transposeA = false, transposeB = false, bias, act = "identity" } = options;
  const wanted = gradEnabled() && [a, b, bias].some((t) => t?.requiresGrad);
  if (wanted && act !== "identity") {
    return activation(matmul(a, b, { ...options, act: "identity" }), { act });
  }
  const c = product(a, b, { transposeA, transposeB, act }, bias);
  return differentiable("matmul", { a, b, bias }, c, { a, b }, (dc, saved, grads) => {
    if (grads.a) {
      const da = transposeA
        ? product(saved.b, dc, { transposeA: transposeB, transposeB: true })
        : product(dc, saved.b, { transposeA: false, transposeB: !transposeB });
      grads.a.add(sumTo(da, saved.a.shape));
    }
    if (grads.b) {
      const same = batchOf(dc.shape) === batchOf(saved.b.shape);
      const into = same ? grads.b.into : undefined;
      const db = transposeB
        ? product(dc, saved.a, { transposeA: true, transposeB: transposeA }, undefined, into)
        : product(saved.a, dc, { transposeA: !transposeA, transposeB: false }, undefined, into);
      grads.b.add(sumTo(db, saved.b.shape));
    }
    const rows = dc.shape.slice(0, -1).map((_, axis) => axis);
    grads.bias?.add(sum(dc, { axes: rows, into: grads.bias.into }));
  });
}

/** x [..., in] · weightᵀ + bias: weight [out, in], bias [out], as nn.Linear stores them. */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor, act?: Activation): Tensor {
  const inputs = x.shape.at(-1) ?? 1;
  const rows = reshape(x, [-1, inputs]);
  const y = matmul(rows, weight, { transposeB: true, bias, ...(act && { act }) });
  return reshape(y, [...x.shape.slice(0, -1), weight.shape[0] ?? 1]);
}

interface ProductOptions {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly act?: Activation;
}

function product(
  a: Tensor,
  b: Tensor,
  options: ProductOptions,
  bias?: Tensor,
  into?: Tensor,
): Tensor {
  const shapes = { a: a.shape, b: b.shape, ...(bias && { bias: bias.shape }) };
  const kernel = chooseMatmul(shapes, options, a.engine.gpu.adapter);
  return run(kernel, { a, b, bias }, options, { c: into }).c;
}

const batchOf = (shape: Shape) => shape.slice(0, -2).join();

function asMatrix(x: Tensor, as: "row" | "column"): Tensor {
  return reshape(x, as === "row" ? [1, x.size] : [x.size, 1]);
}

function squeeze(x: Tensor, axis: -1 | -2): Tensor {
  return reshape(
    x,
    x.shape.filter((_, i) => i !== x.shape.length + axis),
  );
}
