import { gradEnabled } from "../autograd/mode.ts";
import { differentiable, type GradSlots } from "../autograd/node.ts";
import type { Shape } from "../core/shape.ts";
import { type Act, activationOf } from "../kernels/elementwise/activations.ts";
import { matmulProblem } from "../kernels/matmul/problem.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { activationGrad, roomForZ } from "./epilogue.ts";
import { toHalf } from "./precision.ts";
import { type ProductOptions, product } from "./product.ts";
import { sum, sumTo } from "./reduce.ts";
import { reshape } from "./reshape.ts";

export interface MatmulOptions {
  /** `a` is stored [..., k, m]. Default false. */
  readonly transposeA?: boolean;
  /** `b` is stored [..., n, k]. Default false. */
  readonly transposeB?: boolean;
  /** [n], added to every row. */
  readonly bias?: Tensor | undefined;
  /** Applied last, in the same kernel: a name, or options like `{ act: "elu", alpha: 0.5 }`. Default "identity". */
  readonly act?: Act | undefined;
}

/**
 * a [..., m, k] · b [..., k, n] → [..., m, n]; leading axes broadcast, a vector counts as a row (a) or a column (b).
 * Throws `ShapeError` if the inner sizes differ.
 */
export function matmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  if (a.shape.length === 1) return squeeze(matmul(asMatrix(a, "row"), b, options), -2);
  if (b.shape.length === 1) return squeeze(matmul(a, asMatrix(b, "column"), options), -1);
  return matrices(toHalf(a), b, options);
}

function matrices(a: Tensor, b: Tensor, options: MatmulOptions): Tensor {
  const { transposeA = false, transposeB = false, bias } = options;
  const act = activationOf(options.act);
  const wanted = gradEnabled() && [a, b, bias].some((t) => t?.requiresGrad);
  const transposes = { transposeA, transposeB };
  const shapes = { a: a.shape, b: b.shape, bias: bias?.shape };
  const z = roomForZ(act, wanted, matmulProblem(shapes, transposes).c, a.engine);
  const c = product(a, b, { ...transposes, act }, { bias, z });
  const saved = { a, b, ...(act.act !== "identity" && { z: z ?? c }) };
  const result = differentiable("matmul", { a, b, bias }, c, saved, (dc, kept, grads) => {
    if (!kept.z) {
      const rows = dc.shape.slice(0, -1).map((_, axis) => axis);
      grads.bias?.add(sum(dc, { axes: rows, into: grads.bias.into }));
      return addOperands(dc, kept, transposes, grads);
    }
    using dz = activationGrad(dc, kept.z, act, grads.bias, -1);
    addOperands(dz, kept, transposes, grads);
  });
  z?.dispose(); // its node keeps it
  return result;
}

/** da = dz · bᵀ and db = aᵀ · dz, or what becomes of them where a and b are stored transposed. */
function addOperands(
  dz: Tensor,
  { a, b }: Readonly<Record<"a" | "b", Tensor>>,
  { transposeA, transposeB }: ProductOptions,
  grads: GradSlots<{ a: Tensor; b: Tensor }>,
): void {
  if (grads.a) {
    const { dtype } = a;
    const da = transposeA
      ? product(b, dz, { transposeA: transposeB, transposeB: true }, { dtype })
      : product(dz, b, { transposeA: false, transposeB: !transposeB }, { dtype });
    grads.a.add(sumTo(da, a.shape));
  }
  if (grads.b) {
    const same = batchOf(dz.shape) === batchOf(b.shape);
    const into = { dtype: b.dtype, ...(same && { c: grads.b.into }) };
    const db = transposeB
      ? product(dz, a, { transposeA: true, transposeB: transposeA }, into)
      : product(a, dz, { transposeA: !transposeA, transposeB: false }, into);
    grads.b.add(sumTo(db, b.shape));
  }
}

/** act(x [..., in] · weightᵀ + bias): weight [out, in], bias [out], as nn.Linear stores them. */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor, act?: Act): Tensor {
  const inputs = x.shape.at(-1) ?? 1;
  const rows = reshape(x, [-1, inputs]);
  const y = matmul(rows, weight, { transposeB: true, bias, act });
  return reshape(y, [...x.shape.slice(0, -1), weight.shape[0] ?? 1]);
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
