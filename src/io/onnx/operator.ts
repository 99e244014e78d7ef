import { WgradError } from "../../core/errors.ts";
import type { Shape } from "../../core/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type ElementType, type HostValue, isWhole } from "./elements.ts";
import type { OnnxNode } from "./messages.ts";

/** A value on the GPU. */
export interface GpuValue {
  readonly type: ElementType;
  readonly shape: Shape;
  readonly tensor: Tensor;
}

/** A value passed between nodes. */
export type Value = HostValue | GpuValue;

export const onHost = (value: Value): value is HostValue => "data" in value;

/** A running node and its inputs. */
export interface NodeCall {
  readonly node: OnnxNode;
  readonly opset: number;
  /** Whether the model is in training mode. */
  readonly training: boolean;
  /** Whether input number `input` is given. */
  has(input: number): boolean;
  /** Number of inputs, without omitted ones at the end. */
  readonly count: number;
  type(input: number): ElementType;
  shape(input: number): Shape;
  /** An input on the GPU. */
  tensor(input: number): Tensor;
  /** The elements of an input, as host numbers. Throws `ValueError` if its content exists only on the GPU. */
  numbers(input: number): readonly number[];
}

/** Like `Call`, with all inputs on the host. */
export interface HostCall extends Omit<NodeCall, "tensor" | "numbers"> {
  value(input: number): HostValue;
}

/** A tensor has the dtype of the first input by default. */
export type Result = Tensor | Value;

/** Facts about a node before anything runs. */
export interface Facts {
  readonly opset: number;
  /** The number of axes of an input, if the file contains it. */
  rank(input: number): number | undefined;
  type(input: number): ElementType | undefined;
  /** Whether the host knows all inputs, so that it computes the node. */
  readonly folded: boolean;
}

/** Implements an operator with the public operations of wgrad. */
export interface Operator {
  /** Indices of inputs that are needed on the host: shapes, axes, bounds. */
  readonly host?: readonly number[];
  /** The reason why a node cannot be run; undefined if it can. */
  readonly refuse?: (node: OnnxNode, facts: Facts) => string | undefined;
  /** Runs on the GPU; missing for operators that only the host runs. */
  readonly run?: (call: NodeCall) => Result | readonly Result[];
  /** The same for numbers that the host knows: arithmetic of shapes. */
  readonly fold?: (call: HostCall) => HostValue | readonly HostValue[];
  /** For inputs that only the GPU knows: computed from their shapes alone. */
  readonly shapes?: (call: NodeCall) => HostValue;
}

/** Throws an error of a running node; `interpret` appends the node's name. */
export function unable(reason: string): never {
  throw new WgradError(`loadOnnx: ${reason}`);
}

type Attributed = { readonly node: OnnxNode };

export const intOf = ({ node }: Attributed, name: string, otherwise: number): number =>
  node.attributes.get(name)?.int ?? otherwise;
export const floatOf = ({ node }: Attributed, name: string, otherwise: number): number =>
  node.attributes.get(name)?.float ?? otherwise;
export const textOf = ({ node }: Attributed, name: string, otherwise: string): string =>
  node.attributes.get(name)?.text ?? otherwise;
export const intsOf = ({ node }: Attributed, name: string): readonly number[] | undefined =>
  node.attributes.get(name)?.ints;
export const hasAttribute = ({ node }: Attributed, name: string): boolean =>
  node.attributes.has(name);

/** Integers that are an attribute in older opsets and an input in newer ones. */
export function listOf(
  call: NodeCall | HostCall,
  name: string,
  input: number,
): readonly number[] | undefined {
  if (call.has(input)) return "value" in call ? [...call.value(input).data] : call.numbers(input);
  return intsOf(call, name);
}

/** An axis counted from 0; negative ones count from the end. */
export function axisFrom(axis: number, rank: number): number {
  const result = axis < 0 ? axis + rank : axis;
  if (!(result >= 0 && result < Math.max(rank, 1))) {
    unable(`expected an axis in ${-rank}..${rank - 1}, got ${axis}; is the model sound?`);
  }
  return result;
}

export const axesFrom = (axes: readonly number[], rank: number): number[] =>
  axes.map((axis) => axisFrom(axis, rank));

/** A `refuse` for attributes that must have one of these values. */
export function only(name: string, ...values: readonly (number | string)[]) {
  return (node: OnnxNode): string | undefined => {
    const given = node.attributes.get(name);
    if (!given) return undefined;
    const value = typeof values[0] === "number" ? given.int : given.text;
    return values.includes(value)
      ? undefined
      : `${name} is ${value}; supported: ${values.join(", ")}`;
  };
}

/** A `refuse` for more outputs than the operator computes. */
export const outputs =
  (most: number, what: string) =>
  (node: OnnxNode): string | undefined =>
    node.outputs.slice(most).some((name) => name !== "") ? `it gives ${what} as well` : undefined;

/** The first reason of several `refuse` functions. */
export const refusals =
  (...each: readonly NonNullable<Operator["refuse"]>[]): NonNullable<Operator["refuse"]> =>
  (node, facts) => {
    for (const one of each) {
      const reason = one(node, facts);
      if (reason) return reason;
    }
    return undefined;
  };

/** A `refuse` for inputs of other ranks, if they are known. */
export const ranks =
  (input: number, ...known: readonly number[]) =>
  (_node: OnnxNode, facts: Facts) => {
    const rank = facts.rank(input);
    return rank === undefined || known.includes(rank)
      ? undefined
      : `input ${input} has ${rank} axes; supported: ${known.join(", ")}`;
  };

/** A `refuse` for integers on the GPU. */
export const floatsOnly = (_node: OnnxNode, facts: Facts): string | undefined => {
  const type = facts.type(0);
  return type && isWhole(type) && !facts.folded
    ? `its input is ${type}; only floats are supported on the GPU`
    : undefined;
};
