import type { Operand } from "../../../ops/elementwise/operands.ts";
import type { tensor } from "../../../tensor/create.ts";
import { isTensor } from "../../../tensor/kinds.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { type GraphOut, NotInOnnx } from "./graph.ts";

/** The public operations, by name. */
type Operations = typeof import("../../../ops/index.ts") & { readonly tensor: typeof tensor };

/**
 * How a call of an operation is written: adds nodes, and returns the values that the result's tensors stand for, in their
 * order. `out` is what the call gave. Throws `NotInOnnx` for options that cannot be written.
 */
type Exporter<F> = F extends (...args: infer A) => infer Result
  ? (graph: GraphOut, args: A, out: Result) => string | readonly string[]
  : never;

/** Exporters by the operation's name. What has none is written as the operations that it calls. */
export type Exporters = { readonly [Name in keyof Operations]?: Exporter<Operations[Name]> };

/** One exporter where its arguments are not looked at. */
export type AnyExporter = (
  graph: GraphOut,
  args: readonly unknown[],
  out: unknown,
) => string | readonly string[];

export const pairOf = (value: number | readonly [number, number]): readonly [number, number] =>
  typeof value === "number" ? [value, value] : value;

/** Both operands as floats if the result is one or if one of them is, else as int64. */
export function operands(graph: GraphOut, a: Operand, b: Operand, floating: boolean): string[] {
  return [a, b].map((x) => {
    if (!isTensor(x)) return floating ? graph.float(x) : graph.constant("int64", [], [x]);
    return floating ? graph.floats(x) : graph.name(x);
  });
}

/** Throws for a call that ONNX cannot say; the reason stands in the list of all that cannot be written. */
export function refuse(reason: string): never {
  throw new NotInOnnx(reason);
}

/** The axes of a reduction from 0, all of them by default. */
export const axesOf = (x: Tensor, axes?: readonly number[]): number[] =>
  (axes ?? x.shape.map((_, axis) => axis)).map((axis) => fromZero(x, axis));

export const fromZero = (x: Tensor, axis: number): number =>
  axis < 0 ? axis + x.shape.length : axis;
