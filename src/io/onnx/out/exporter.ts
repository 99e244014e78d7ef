import type { Operand } from "../../../ops/elementwise/operands.ts";
import type { tensor } from "../../../tensor/create.ts";
import { isTensor } from "../../../tensor/kinds.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { type GraphOut, NotInOnnx } from "./graph.ts";

/** The public operations, by name. */
type Operations = typeof import("../../../ops/index.ts") & { readonly tensor: typeof tensor };

/**
 * Writes a call of an operation: adds nodes, and returns the values of the result's tensors, in order. `out` is the result
 * of the call. Throws `NotInOnnx` for options that cannot be written.
 */
type Exporter<F> = F extends (...args: infer A) => infer Result
  ? (graph: GraphOut, args: A, out: Result) => string | readonly string[]
  : never;

/** Exporters by the operation's name. An operation without exporter is written as the operations that it calls. */
export type Exporters = { readonly [Name in keyof Operations]?: Exporter<Operations[Name]> };

/** An exporter with any arguments. */
export type AnyExporter = (
  graph: GraphOut,
  args: readonly unknown[],
  out: unknown,
) => string | readonly string[];

export const pairOf = (value: number | readonly [number, number]): readonly [number, number] =>
  typeof value === "number" ? [value, value] : value;

/** Converts both operands to floats if the result or one of them is a float, else to int64. */
export function operands(graph: GraphOut, a: Operand, b: Operand, floating: boolean): string[] {
  return [a, b].map((x) => {
    if (!isTensor(x)) return floating ? graph.float(x) : graph.constant("int64", [], [x]);
    return floating ? graph.floats(x) : graph.name(x);
  });
}

/** Throws for a call that ONNX cannot express; the reason is added to the list of everything that cannot be written. */
export function refuse(reason: string): never {
  throw new NotInOnnx(reason);
}

/** The axes of a reduction counted from 0; by default all. */
export const axesOf = (x: Tensor, axes?: readonly number[]): number[] =>
  (axes ?? x.shape.map((_, axis) => axis)).map((axis) => fromZero(x, axis));

export const fromZero = (x: Tensor, axis: number): number =>
  axis < 0 ? axis + x.shape.length : axis;
