import { WgradError } from "../../core/errors.ts";
import type { Shape } from "../../core/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type ElementType, type HostValue, isWhole } from "./elements.ts";
import type { Node } from "./messages.ts";

/** Numbers on the GPU. */
export interface GpuValue {
  readonly type: ElementType;
  readonly shape: Shape;
  readonly tensor: Tensor;
}

/** What nodes pass on. */
export type Value = HostValue | GpuValue;

export const onHost = (value: Value): value is HostValue => "data" in value;

/** A node that runs, and what it is given. */
export interface Call {
  readonly node: Node;
  readonly opset: number;
  /** Whether the model is in training mode. */
  readonly training: boolean;
  /** Whether there is an input of this number. */
  has(input: number): boolean;
  /** How many inputs there are, those left out at the end excepted. */
  readonly count: number;
  type(input: number): ElementType;
  shape(input: number): Shape;
  /** An input on the GPU. */
  tensor(input: number): Tensor;
  /** The elements of an input, as host numbers. Throws `ValueError` if its content exists only on the GPU. */
  numbers(input: number): readonly number[];
}

/** Like `Call`, where all inputs are on the host. */
export interface HostCall extends Omit<Call, "tensor" | "numbers"> {
  value(input: number): HostValue;
}

/** A tensor has the element type of the first input, unless it is said. */
export type Result = Tensor | Value;

/** What is known of a node before anything runs. */
export interface Facts {
  readonly opset: number;
  /** The number of axes of an input, if the file tells. */
  rank(input: number): number | undefined;
  type(input: number): ElementType | undefined;
  /** Whether the host knows all inputs, so that the node is folded. */
  readonly folded: boolean;
}

/** How an operator is done with the public operations of wgrad. */
export interface Operator {
  /** Inputs that are needed on the host: shapes, axes, bounds. */
  readonly host?: readonly number[];
  /** Why a node cannot be done; undefined if it can. */
  readonly refuse?: (node: Node, facts: Facts) => string | undefined;
  /** On the GPU; left out by operators that only the host does. */
  readonly run?: (call: Call) => Result | readonly Result[];
  /** The same of numbers that the host knows: arithmetic of shapes. */
  readonly fold?: (call: HostCall) => HostValue | readonly HostValue[];
  /** Of inputs that only the GPU knows: from their shapes alone. */
  readonly shapes?: (call: Call) => HostValue;
}

/** Throws what a node says while it runs; who refuses is put before it. */
export function unable(reason: string): never {
  throw new WgradError(`loadOnnx: ${reason}`);
}

type Attributed = { readonly node: Node };

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

/** Integers that older opsets give as an attribute and newer ones as an input. */
export function listOf(
  call: Call | HostCall,
  name: string,
  input: number,
): readonly number[] | undefined {
  if (call.has(input)) return "value" in call ? [...call.value(input).data] : call.numbers(input);
  return intsOf(call, name);
}

/** An axis from 0; negative ones count from the end. */
export function axisFrom(axis: number, rank: number): number {
  const result = axis < 0 ? axis + rank : axis;
  if (!(result >= 0 && result < Math.max(rank, 1))) {
    unable(`expected an axis in ${-rank}..${rank - 1}, got ${axis}; is the model sound?`);
  }
  return result;
}

export const axesFrom = (axes: readonly number[], rank: number): number[] =>
  axes.map((axis) => axisFrom(axis, rank));

/** `refuse` for attributes that have to have one value. */
export function only(name: string, ...values: readonly (number | string)[]) {
  return (node: Node): string | undefined => {
    const given = node.attributes.get(name);
    if (!given) return undefined;
    const value = typeof values[0] === "number" ? given.int : given.text;
    return values.includes(value)
      ? undefined
      : `${name} is ${value}, only ${values.join(", ")} can be done`;
  };
}

/** `refuse` for more outputs than are made. */
export const outputs =
  (most: number, what: string) =>
  (node: Node): string | undefined =>
    node.outputs.slice(most).some((name) => name !== "") ? `it gives ${what} as well` : undefined;

/** The first reason of several. */
export const refusals =
  (...each: readonly NonNullable<Operator["refuse"]>[]): NonNullable<Operator["refuse"]> =>
  (node, facts) => {
    for (const one of each) {
      const reason = one(node, facts);
      if (reason) return reason;
    }
    return undefined;
  };

/** `refuse` for inputs that are not of these ranks, where that is known. */
export const ranks =
  (input: number, ...known: readonly number[]) =>
  (_node: Node, facts: Facts) => {
    const rank = facts.rank(input);
    return rank === undefined || known.includes(rank)
      ? undefined
      : `input ${input} has ${rank} axes, only ${known.join(", ")} can be done`;
  };

/** `refuse` for integers on the GPU. */
export const floatsOnly = (_node: Node, facts: Facts): string | undefined => {
  const type = facts.type(0);
  return type && isWhole(type) && !facts.folded
    ? `its input is ${type}; only floats can be done on the GPU`
    : undefined;
};
