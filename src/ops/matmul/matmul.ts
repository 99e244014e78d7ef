import type { GradSlots } from "../../autograd/node.ts";
import { ShapeError } from "../../core/errors.ts";
import { boolean, optional } from "../../core/kinds.ts";
import { type Shape, show } from "../../core/shape.ts";
import { checked, options } from "../../core/signature.ts";
import { type Act, activationOf } from "../../kernels/elementwise/activations.ts";
import { matmulProblem } from "../../kernels/matmul/problem.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { toHalf } from "../elementwise/precision.ts";
import { fused } from "../fused.ts";
import { act as actKind } from "../kinds.ts";
import { plainSum, sumTo } from "../reduce/reduce.ts";
import { reshape } from "../shape/reshape.ts";
import { type ProductOptions, product } from "./product.ts";

/** Options of `matmul`: how its operands are stored, and the epilogue. */
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
 * a [..., m, k] · b [..., k, n] → [..., m, n], torch.matmul: leading axes broadcast; a vector counts as a row (a) or a
 * column (b), and its axis is left out of the result, so that two vectors give a scalar of shape []. Throws `ShapeError`
 * if the inner sizes differ.
 *
 * @example
 * ```ts
 * import { matmul, tensor } from "wgrad";
 * const x = tensor([[1, 2], [3, 4]]);
 * console.log(await matmul(x, x).read()); // [7, 10, 15, 22]
 * ```
 */
export const matmul = /* @__PURE__ */ checked(
  "matmul",
  {
    a: tensorKind,
    b: tensorKind,
    options: /* @__PURE__ */ options<MatmulOptions>({
      transposeA: boolean,
      transposeB: boolean,
      bias: tensorKind,
      act: actKind,
    }),
  },
  (a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor => {
    const [row, column] = [a.shape.length === 1, b.shape.length === 1];
    if (!row && !column) return matrices(a, b, options);
    using left = row ? reshape(a, [1, a.size]) : undefined;
    using right = column ? reshape(b, [b.size, 1]) : undefined;
    const transposes = { ...(row && { transposeA: false }), ...(column && { transposeB: false }) };
    using c = matrices(left ?? a, right ?? b, { ...options, ...transposes });
    const m = row ? [] : c.shape.slice(-2, -1);
    const n = column ? [] : c.shape.slice(-1);
    return reshape(c, [...c.shape.slice(0, -2), ...m, ...n]);
  },
);

function matrices(given: Tensor, b: Tensor, options: MatmulOptions): Tensor {
  const a = toHalf(given);
  const { transposeA = false, transposeB = false, bias } = options;
  const act = activationOf(options.act);
  const transposes = { transposeA, transposeB };
  const shapes = { a: a.shape, b: b.shape, bias: bias?.shape };
  return fused("matmul", {
    ...{ operands: { a, b }, bias, act, axis: -1 },
    shape: () => matmulProblem(shapes, transposes).c,
    compute: ([a, b], { act, ...buffers }, constant) => {
      const options = { ...transposes, act };
      // only inference merges, and it runs the kernel repeatedly
      return product(a as Tensor, b as Tensor, options, {
        ...buffers,
        constantWeights: !!constant,
      });
    },
    done: () => {
      if (a !== given) a.dispose();
    },
    gradBias: (dc, into) => plainSum(dc, { axes: dc.shape.slice(0, -1).map((_, i) => i), into }),
    gradOperands: (dz, kept, grads) => addOperands(dz, kept, transposes, grads),
  });
}

/** Adds da = dz · bᵀ and db = aᵀ · dz, or the corresponding products if a or b is stored transposed. */
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

/**
 * act(x [..., in] · weightᵀ + bias): weight [out, in], bias [out], as nn.Linear stores them. Throws `ShapeError` for x with
 * another last axis.
 */
export const linear = /* @__PURE__ */ checked(
  "linear",
  {
    x: tensorKind,
    weight: tensorKind,
    bias: /* @__PURE__ */ optional(tensorKind),
    act: /* @__PURE__ */ optional(actKind),
  },
  (x: Tensor, weight: Tensor, bias?: Tensor, act?: Act): Tensor => {
    const inputs = x.shape.at(-1) ?? 1;
    if (weight.shape.length === 2 && weight.shape[1] !== inputs) {
      throw new ShapeError(
        `linear: expected x […, ${weight.shape[1]}] for ${show(weight.shape, "weight")}, got ${show(x.shape, "x")}; flatten ` +
          "it, or change the layer",
      );
    }
    if (x.shape.length === 2) return matmul(x, weight, { transposeB: true, bias, act });
    using rows = reshape(x, [-1, inputs]);
    using y = matmul(rows, weight, { transposeB: true, bias, act });
    return reshape(y, [...x.shape.slice(0, -1), weight.shape[0] ?? 1]);
  },
);

const batchOf = (shape: Shape) => shape.slice(0, -2).join();
