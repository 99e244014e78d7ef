import { ValueError } from "../../core/errors.ts";
import type { DType } from "../../core/shape.ts";
import { binary } from "../../kernels/elementwise/binary.ts";
import { type BinaryOp, keepsType } from "../../kernels/elementwise/binary_ops.ts";
import { fill } from "../../kernels/elementwise/fill.ts";
import type { Engine } from "../../scheduler/engine.ts";
import { empty } from "../../tensor/create.ts";
import { tensorOrNumber } from "../../tensor/kinds.ts";
import { converted, run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** A tensor, or a number that stands for a tensor filled with it. */
export type Operand = Tensor | number;

/** dtypes in which operations compute. */
type Element = Exclude<DType, "f16">;

/** Kinds of the arguments of operations with two operands. */
export const pairKinds = { a: tensorOrNumber, b: tensorOrNumber } as const;

export const isInteger = ({ dtype }: Pick<Tensor, "dtype">): boolean =>
  dtype === "i32" || dtype === "u32";

/** Whether an operand is a tensor of f32 or f16. */
export const isFloat = (x: Operand): x is Tensor => typeof x !== "number" && !isInteger(x);

/** The dtype in which kernels compute with x: f32 for f16, which is only a storage format. */
export const computed = ({ dtype }: Tensor): Element => (dtype === "f16" ? "f32" : dtype);

const LEAST = { i32: -(2 ** 31), u32: 0 };

/**
 * The dtype that a number gets beside a tensor: the tensor's, if it can represent the number; i32 for a negative number
 * beside u32.
 */
function typeBeside(value: number, { dtype }: Tensor): Element {
  const holds = (type: "i32" | "u32") => value >= LEAST[type] && value < LEAST[type] + 2 ** 32;
  const types = dtype === "u32" ? (["u32", "i32"] as const) : (["i32"] as const);
  const float = dtype === "f32" || dtype === "f16" || !Number.isInteger(value);
  return (float ? undefined : types.find(holds)) ?? "f32";
}

/**
 * The common dtype of two operands, as in PyTorch: floats take precedence over integers, and tensors over numbers that
 * their dtype can represent. i32 with u32 gives i32 (there is no int64 here), so a u32 from 2³¹ on wraps.
 */
function commonType(a: Operand, b: Operand): Element {
  if (typeof a === "number") return typeof b === "number" ? "f32" : typeBeside(a, b);
  if (typeof b === "number") return typeBeside(b, a);
  if (!isInteger(a) || !isInteger(b)) return "f32";
  return a.dtype === b.dtype ? computed(a) : "i32";
}

/** Passes two operands to `use` as tensors of one dtype, freed afterwards. Floats are not converted: they stay f16 or f32. */
export function together<R>(
  engine: Engine,
  a: Operand,
  b: Operand,
  use: (a: Tensor, b: Tensor) => R,
): R {
  const dtype = commonType(a, b);
  const made: Tensor[] = [];
  const tensorOf = (x: Operand): Tensor => {
    if (typeof x !== "number" && (x.dtype === dtype || !isInteger(x))) return x;
    const tensor = typeof x === "number" ? scalar(x, engine, dtype) : converted(x, dtype);
    made.push(tensor);
    return tensor;
  };
  try {
    return use(tensorOf(a), tensorOf(b));
  } finally {
    for (const tensor of made) tensor.dispose();
  }
}

/** `together` for operands of which at least one must be a tensor; throws `ValueError` otherwise. */
export function meeting<R>(
  who: string,
  a: Operand,
  b: Operand,
  use: (a: Tensor, b: Tensor) => R,
): R {
  const given = typeof a === "number" ? b : a;
  if (typeof given !== "number") return together(given.engine, a, b, use);
  throw new ValueError(
    `${who}: expected a tensor as a or b, got the numbers ${a} and ${b}; make a tensor of one with tensor()`,
  );
}

/** c = a ∘ b for operands of one dtype. */
export function applied(op: BinaryOp, a: Tensor, b: Tensor): Tensor {
  const own = op === "pow" && isInteger(a) ? "integer_pow" : op;
  return run(binary, { a, b }, { op: own }, {}, { c: keepsType(op) ? undefined : "f32" }).c;
}

/** Passes x to `use`, converted to f32 if it holds integers; a converted tensor is freed afterwards. */
export function asFloat<R>(x: Tensor, use: (x: Tensor) => R): R {
  if (!isInteger(x)) return use(x);
  using float = converted(x, "f32");
  return use(float);
}

function scalar(value: number, engine: Engine, dtype: Element): Tensor {
  const into = empty([], { engine, dtype, name: "number" });
  return run(fill, {}, { shape: [], value, dtype }, { y: into }).y;
}
