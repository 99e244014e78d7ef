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

/** A tensor, or a number that stands for a tensor of it. */
export type Operand = Tensor | number;

/** What operations compute in. */
type Element = Exclude<DType, "f16">;

/** The arguments of everything that takes two operands. */
export const pairKinds = { a: tensorOrNumber, b: tensorOrNumber } as const;

export const isInteger = ({ dtype }: Pick<Tensor, "dtype">): boolean =>
  dtype === "i32" || dtype === "u32";

/** Whether an operand is a tensor of f32 or f16. */
export const isFloat = (x: Operand): x is Tensor => typeof x !== "number" && !isInteger(x);

/** The type kernels compute x in: f16 is only how it lies in memory. */
export const computed = ({ dtype }: Tensor): Element => (dtype === "f16" ? "f32" : dtype);

const LEAST = { i32: -(2 ** 31), u32: 0 };

/** The type a number has beside a tensor: the tensor's, if it holds the number; i32 for a negative one beside u32. */
function typeBeside(value: number, { dtype }: Tensor): Element {
  const holds = (type: "i32" | "u32") => value >= LEAST[type] && value < LEAST[type] + 2 ** 32;
  const types = dtype === "u32" ? (["u32", "i32"] as const) : (["i32"] as const);
  const float = dtype === "f32" || dtype === "f16" || !Number.isInteger(value);
  return (float ? undefined : types.find(holds)) ?? "f32";
}

/**
 * The type two operands meet in, as in PyTorch: floats win over integers, and tensors over numbers they can hold. i32 and
 * u32 meet in i32 (PyTorch's int64 does not exist here): a u32 from 2³¹ on wraps.
 */
function commonType(a: Operand, b: Operand): Element {
  if (typeof a === "number") return typeof b === "number" ? "f32" : typeBeside(a, b);
  if (typeof b === "number") return typeBeside(b, a);
  if (!isInteger(a) || !isInteger(b)) return "f32";
  return a.dtype === b.dtype ? computed(a) : "i32";
}

/** Two operands as tensors of one type, for as long as `use` runs. Floats stay as they are, f16 or f32. */
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

/** `together` where one of the two must be a tensor, else `ValueError`. */
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

/** c = a ∘ b for operands of one type. */
export function applied(op: BinaryOp, a: Tensor, b: Tensor): Tensor {
  const own = op === "pow" && isInteger(a) ? "integer_pow" : op;
  return run(binary, { a, b }, { op: own }, {}, { c: keepsType(op) ? undefined : "f32" }).c;
}

/** x as it is if it is a float, else its numbers as f32, for as long as `use` runs. */
export function asFloat<R>(x: Tensor, use: (x: Tensor) => R): R {
  if (!isInteger(x)) return use(x);
  using float = converted(x, "f32");
  return use(float);
}

function scalar(value: number, engine: Engine, dtype: Element): Tensor {
  const into = empty([], { engine, dtype, name: "number" });
  return run(fill, {}, { shape: [], value, dtype }, { y: into }).y;
}
