import { ShapeError, ValueError } from "../../core/errors.ts";
import { broadcastShapes, checkShape, type Shape, show, size } from "../../core/shape.ts";
import { type Act, activationOf } from "../elementwise/activations.ts";
import { type EpilogueBuffers, epilogue } from "../epilogue.ts";
import type { Case, Kernel } from "../kernel.ts";

/** How the operands are stored, and the epilogue. */
export interface MatmulKernelOptions {
  /** A is stored [..., k, m]. Default false: [..., m, k]. */
  readonly transposeA?: boolean;
  /** B is stored [..., n, k]. Default false: [..., k, n]. */
  readonly transposeB?: boolean;
  /** Activation, applied last. Default "identity". */
  readonly act?: Act | undefined;
  /** The axis of C that bias and affine extend along. Default "column". */
  readonly channel?: "row" | "column" | undefined;
  /**
   * Splits k into this many parts of equal length and multiplies each separately: c is [parts, ..., m, n], to be added by
   * `matmulSumParts`. Must divide k; the epilogue is applied to the sum. Default 1: c is [..., m, n].
   */
  readonly parts?: number;
}

/** Shapes of the operands; leading axes broadcast as NumPy's do. */
export interface MatmulInputs extends EpilogueBuffers {
  readonly a: Shape;
  readonly b: Shape;
}

/** An axis of the batch: its size, and its strides in A and B; a stride of 0 broadcasts. */
export interface BatchDim {
  readonly size: number;
  readonly a: number;
  readonly b: number;
}

/** `struct Params` of shaders/matmul/problem.wgsl. */
export type MatmulParams = Readonly<
  Record<"m" | "n" | "k" | "batches" | "a_row" | "a_k" | "b_k" | "b_column" | "dims", number>
> & { readonly batch_dims: readonly BatchDim[] };

type MatmulSlots = ReturnType<typeof epilogue>["slots"] & {
  readonly channel: "row" | "column";
};

/** Bindings of every matmul kernel: the kernels differ only in speed. */
export interface MatmulSignature {
  readonly reads: { a: "f32"; b: "f32" };
  readonly optional: Record<keyof EpilogueBuffers, "f32">;
  readonly writes: { c: "f32" };
  readonly inouts: Record<never, never>;
  readonly params: MatmulParams;
  readonly overrides: string;
  readonly slots: MatmulSlots;
}

/** Any of the matmul kernels: same inputs, options, output and reference. */
export type MatmulKernel = Kernel<MatmulSignature, MatmulKernelOptions>;

/** A checked multiplication: `batches` products [m, k] · [k, n]; each part of k counts as a batch with its own k. */
export interface MatmulProblem {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly batches: number;
  /** Shape of C: [..., m, n], or [parts, ..., m, n]. */
  readonly c: Shape;
  readonly slots: MatmulSlots;
  /** The activation's parameters. */
  readonly overrides: ReturnType<typeof epilogue>["overrides"];
  readonly params: MatmulParams;
  readonly flops: number;
}

/** Rows of `batch_dims` in shaders/matmul/problem.wgsl. */
export const MAX_BATCH_DIMS = 6;

/**
 * Checks shapes and lays out the batch. Throws `ShapeError` when an operand has fewer than two axes, the inner sizes
 * differ, the leading axes do not broadcast or a buffer of the epilogue does not fit; `ValueError` when k cannot be split
 * into that many parts.
 */
export function matmulProblem(inputs: MatmulInputs, options: MatmulKernelOptions): MatmulProblem {
  const { a, b, bias, affine } = inputs;
  const { transposeA = false, transposeB = false, parts = 1, channel = "column" } = options;
  const { m, k, n } = innerSizes(a, b, transposeA, transposeB);
  const whole = broadcastShapes("matmul", a.slice(0, -2), b.slice(0, -2));
  const dims = batchDims(whole, a, b);
  const c = [...(parts === 1 ? whole : [parts, ...whole]), m, n];
  const [channels, each] =
    channel === "row" ? ([m, "one number a row"] as const) : ([n, "one number a column"] as const);
  const after = epilogue("matmul", inputs, options, c, channels, each);
  if (parts !== 1) {
    checkParts(k, inputs, options);
    const length = k / parts;
    dims.push({
      size: parts,
      a: length * (transposeA ? m : 1),
      b: length * (transposeB ? 1 : n),
    });
  }
  checkDims(dims, a, b);
  const batches = parts * size(whole);
  return {
    m,
    n,
    k: k / parts,
    batches,
    c,
    slots: { ...after.slots, channel: channelSlot(inputs, channel) },
    overrides: after.overrides,
    params: {
      m,
      n,
      k: k / parts,
      batches,
      a_row: transposeA ? 1 : k,
      a_k: transposeA ? m : 1,
      b_k: transposeB ? 1 : n,
      b_column: transposeB ? k : 1,
      dims: dims.length,
      batch_dims: dims,
    },
    flops: batches * m * n * ((2 * k) / parts + (bias || affine ? 1 : 0)),
  };
}

function innerSizes(a: Shape, b: Shape, transposeA: boolean, transposeB: boolean) {
  const [m, k] = lastTwo("a", a, transposeA);
  const [inner, n] = lastTwo("b", b, transposeB);
  if (k === inner) return { m, k, n };
  const stored = `${show(a, "a")}${transposeA ? "ᵀ" : ""} · ${show(b, "b")}${transposeB ? "ᵀ" : ""}`;
  throw new ShapeError(
    `matmul: expected equal inner sizes, got ${k} and ${inner} in ${stored}; transpose one?`,
  );
}

function checkParts(
  k: number,
  inputs: MatmulInputs,
  { parts = 1, act }: MatmulKernelOptions,
): void {
  const { bias, affine, z, residual } = inputs;
  if (!Number.isInteger(parts) || parts < 1 || k % parts !== 0 || k === 0) {
    throw new ValueError(
      `matmul: expected a number of parts that divides k = ${k}, got ${parts}; choose a divisor of k`,
    );
  }
  if (bias || affine || z || residual || activationOf(act).act !== "identity") {
    throw new ValueError(
      `matmul: expected no bias, affine, z, residual or activation with ${parts} parts of k; give them to matmulSumParts`,
    );
  }
}

/** `matmulProblem` for kernels in which one operand is a vector. Throws a `ShapeError` when m and n exceed 1. */
export function checkVector(who: string, inputs: MatmulInputs, options: MatmulKernelOptions) {
  const problem = matmulProblem(inputs, options);
  const { m, n } = problem;
  if (m === 1 || n === 1) return problem;
  throw new ShapeError(
    `${who}: expected m = 1 or n = 1, got ${show([m, n], "c")}; use another matmul kernel`,
  );
}

/** "column" if there is neither bias nor affine: then both axes share one pipeline. */
export const channelSlot = (
  { bias, affine }: EpilogueBuffers,
  channel: "row" | "column" = "column",
): "row" | "column" => (bias || affine ? channel : "column");

/** The channel of element i of C. */
export const channelOf =
  ({ channel }: Pick<MatmulKernelOptions, "channel">, m: number, n: number) =>
  (i: number): number =>
    channel === "row" ? Math.floor(i / n) % m : i % n;

function lastTwo(name: string, shape: Shape, transposed: boolean): [number, number] {
  checkShape(`matmul: ${name}`, shape);
  const [rows, columns] = shape.slice(-2);
  if (rows === undefined || columns === undefined) {
    throw new ShapeError(
      `matmul: expected ${name} with at least 2 axes, [..., rows, columns], got ${show(shape, name)}; ` +
        "reshape a vector to [1, k] or [k, 1]",
    );
  }
  return transposed ? [columns, rows] : [rows, columns];
}

/** Leading axes, innermost first; neighbouring axes with matching strides are merged. */
function batchDims(batch: Shape, a: Shape, b: Shape): BatchDim[] {
  const dims: { size: number; a: number; b: number }[] = [];
  let stepA = size(a.slice(-2));
  let stepB = size(b.slice(-2));
  for (let axis = batch.length - 1; axis >= 0; axis--) {
    const count = batch[axis] ?? 1;
    const countA = a[axis - batch.length + a.length - 2] ?? 1;
    const countB = b[axis - batch.length + b.length - 2] ?? 1;
    const strideA = countA === 1 ? 0 : stepA;
    const strideB = countB === 1 ? 0 : stepB;
    stepA *= countA;
    stepB *= countB;
    if (count === 1) continue;
    const last = dims.at(-1);
    if (last && strideA === last.a * last.size && strideB === last.b * last.size)
      last.size *= count;
    else dims.push({ size: count, a: strideA, b: strideB });
  }
  return dims;
}

function checkDims(dims: readonly unknown[], a: Shape, b: Shape): void {
  if (dims.length <= MAX_BATCH_DIMS) return;
  throw new ShapeError(
    `matmul: expected batch axes that alternate between ${show(a, "a")} and ${show(b, "b")} at most ` +
      `${MAX_BATCH_DIMS - 1} times, got ${dims.length - 1}; expand one first`,
  );
}

/** A case that every matmul kernel can run. */
export type MatmulCase = Omit<Case<MatmulKernel>, "overrides">;
