import { differentiable } from "../../autograd/node.ts";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { rest, string } from "../../core/kinds.ts";
import { show, size, strides } from "../../core/shape.ts";
import { checked } from "../../core/signature.ts";
import { contiguous } from "../../kernels/shape/contiguous.ts";
import { place } from "../../kernels/shape/place.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { mul } from "../elementwise/elementwise.ts";
import { sum } from "../reduce/reduce.ts";
import { filledOn } from "../shape/create.ts";
import { reshape } from "../shape/reshape.ts";
import { permute } from "../shape/shape.ts";
import { type Equation, parseEquation } from "./einsum_equation.ts";
import { matmul } from "./matmul.ts";

/** A tensor with a distinct label for each axis. */
interface LabelledTensor {
  readonly x: Tensor;
  readonly labels: readonly string[];
}

/** Intermediate tensors, freed once the result is there; autograd nodes keep handles to those they need. */
class Intermediates {
  readonly #made: Tensor[] = [];

  of(x: Tensor): Tensor {
    this.#made.push(x);
    return x;
  }

  /** Frees all tensors but the result, which is returned as a new handle. */
  end(result: Tensor): Tensor {
    const last = reshape(result, result.shape);
    this.free();
    return last;
  }

  free(): void {
    for (const x of this.#made) x.dispose();
  }
}

/** The diagonal: the elements whose indices agree for equal labels. */
function diagonal(x: Tensor, labels: readonly string[], kept: readonly string[]): Tensor {
  const steps = strides(x.shape);
  const view = {
    shape: kept.map((label) => x.shape[labels.indexOf(label)] as number),
    strides: kept.map((label) =>
      labels.reduce((step, other, k) => (other === label ? step + (steps[k] as number) : step), 0),
    ),
    offset: 0,
  };
  const { shape } = x;
  const { y } = run(contiguous, { x }, view);
  return differentiable("einsum", { x }, y, {}, (dy, _saved, { x: dx }) => {
    if (!dx) return;
    const target = filledOn(x.engine, shape, 0);
    run(place, { x: dy, y: target }, view);
    dx.add(target);
  });
}

/** x with each label once, without axes of size 1 that another operand stretches. */
function single(
  steps: Intermediates,
  x: Tensor,
  labels: readonly string[],
  sizes: ReadonlyMap<string, number>,
): LabelledTensor {
  const kept = [...new Set(labels)];
  const y = kept.length === labels.length ? x : steps.of(diagonal(x, labels, kept));
  const real = (label: string, k: number) => y.shape[k] === sizes.get(label);
  if (kept.every(real)) return { x: y, labels: kept };
  const shape = y.shape.filter((_, k) => real(kept[k] as string, k));
  return { x: steps.of(reshape(y, shape)), labels: kept.filter(real) };
}

/** Sums over the labels that occur neither in the output nor in a later operand. */
function reduced(
  steps: Intermediates,
  { x, labels }: LabelledTensor,
  needed: ReadonlySet<string>,
): LabelledTensor {
  const axes = labels.flatMap((label, k) => (needed.has(label) ? [] : [k]));
  if (axes.length === 0) return { x, labels };
  return { x: steps.of(sum(x, { axes })), labels: labels.filter((label) => needed.has(label)) };
}

function ordered(
  steps: Intermediates,
  { x, labels }: LabelledTensor,
  wanted: readonly string[],
): Tensor {
  if (wanted.every((label, k) => label === labels[k])) return x;
  return steps.of(
    permute(
      x,
      wanted.map((label) => labels.indexOf(label)),
    ),
  );
}

/** The product of two tensors, summed over the labels of both that do not occur later: batched matrix products. */
function contracted(
  steps: Intermediates,
  left: LabelledTensor,
  right: LabelledTensor,
  needed: ReadonlySet<string>,
): LabelledTensor {
  const a = reduced(steps, left, new Set([...needed, ...right.labels]));
  const b = reduced(steps, right, new Set([...needed, ...left.labels]));
  const shared = a.labels.filter((label) => b.labels.includes(label));
  const batch = shared.filter((label) => needed.has(label));
  const inner = shared.filter((label) => !needed.has(label));
  const rows = a.labels.filter((label) => !shared.includes(label));
  const columns = b.labels.filter((label) => !shared.includes(label));
  const sizeOf = (label: string) =>
    (a.labels.includes(label)
      ? a.x.shape[a.labels.indexOf(label)]
      : b.x.shape[b.labels.indexOf(label)]) as number;
  const count = (labels: readonly string[]) => size(labels.map(sizeOf));
  const lead = batch.length ? [count(batch)] : [];
  const matrix = (of: LabelledTensor, order: readonly string[], sides: readonly number[]) =>
    steps.of(reshape(ordered(steps, of, order), [...lead, ...sides]));
  const [m, k, n] = [count(rows), count(inner), count(columns)];
  const p = matrix(a, [...batch, ...rows, ...inner], [m, k]);
  const q = matrix(b, [...batch, ...inner, ...columns], [k, n]);
  const c = steps.of(inner.length ? matmul(p, q) : mul(p, q));
  const labels = [...batch, ...rows, ...columns];
  return { x: steps.of(reshape(c, labels.map(sizeOf))), labels };
}

/** The size of every label. Throws `ShapeError` if a label has different sizes other than 1. */
function sizesOf({ inputs }: Equation, operands: readonly Tensor[]): Map<string, number> {
  const sizes = new Map<string, number>();
  inputs.forEach((labels, i) => {
    const { shape } = operands[i] as Tensor;
    labels.forEach((label, k) => {
      const n = shape[k] as number;
      const before = sizes.get(label) ?? 1;
      if (before !== 1 && n !== 1 && before !== n) {
        throw new ShapeError(
          `einsum: expected one size for '${label}', got ${before} and ${n} in ${show(shape)}; check the equation`,
        );
      }
      sizes.set(label, before === 1 ? n : before);
    });
    if (
      labels.some((label, k) => labels.some((other, j) => other === label && shape[j] !== shape[k]))
    ) {
      throw new ShapeError(
        `einsum: expected equal sizes for a repeated index, got ${show(shape)}; slice the longer axis`,
      );
    }
  });
  return sizes;
}

/**
 * Sums of products by Einstein's notation: torch.einsum. `einsum("bij,bjk->bik", a, b)` multiplies matrices,
 * `"ii->i"` takes a diagonal, `"ij->"` adds everything up, `"...ij->...ji"` transposes; without an arrow the result has the
 * indices that occur once, in alphabetical order. Operands are combined from left to right, two by two, as matrix products.
 * Axes of size 1 broadcast. Throws `ValueError` for an equation that does not fit, `ShapeError` for sizes that do not.
 *
 * @example
 * ```ts
 * import { einsum, tensor } from "wgrad";
 * const x = tensor([[1, 2], [3, 4]]);
 * console.log(await einsum("ij,ij->i", x, x).read()); // [5, 25]
 * ```
 */
export const einsum = /* @__PURE__ */ checked(
  "einsum",
  { equation: string, operands: /* @__PURE__ */ rest(tensorKind) },
  (equation: string, ...operands: Tensor[]): Tensor => {
    if (operands.length === 0) {
      throw new ValueError("einsum: expected at least one operand, got none; pass the tensors");
    }
    const parsed = parseEquation(
      equation,
      operands.map(({ shape }) => shape.length),
    );
    const sizes = sizesOf(parsed, operands);
    const steps = new Intermediates();
    try {
      const singles = operands.map((x, i) => single(steps, x, parsed.inputs[i] ?? [], sizes));
      const [first, ...others] = singles as [LabelledTensor, ...LabelledTensor[]];
      const all = others.reduce((left, right, i) => {
        const later = singles.slice(i + 2).flatMap(({ labels }) => labels);
        return contracted(steps, left, right, new Set([...later, ...parsed.output]));
      }, first);
      const result = reduced(steps, all, new Set(parsed.output));
      return steps.end(ordered(steps, result, parsed.output));
    } catch (error) {
      steps.free();
      throw error;
    }
  },
);

/** Matrix products of two batches, a[b, m, k] · b[b, k, n]: torch.bmm. Throws `ShapeError` for other shapes; see `matmul`. */
export const bmm = /* @__PURE__ */ checked(
  "bmm",
  { a: tensorKind, b: tensorKind },
  (a: Tensor, b: Tensor): Tensor => {
    const fits = a.shape.length === 3 && b.shape.length === 3 && a.shape[0] === b.shape[0];
    if (fits && a.shape[2] === b.shape[1]) return matmul(a, b);
    throw new ShapeError(
      `bmm: expected a[b, m, k] and b[b, k, n], got ${show(a.shape, "a")} and ${show(b.shape, "b")}; matmul broadcasts`,
    );
  },
);
