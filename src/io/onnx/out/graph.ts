import { type Shape, sameShape } from "../../../core/shape.ts";
import { activeRecording } from "../../../scheduler/step/recording.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import type { ElementType, HostValue } from "../elements.ts";

/** An attribute: an integer, text, integers; floats are marked. */
export type AttributeOut = number | string | readonly number[] | { readonly float: number };

/** A node as it is written. */
export interface NodeOut {
  readonly op: string;
  /** Names of the inputs; "" for an omitted one. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeOut>>;
  /** Path of the layer that it comes from. */
  readonly path: string;
  /** For Constant: its value. */
  readonly value?: HostValue;
  /** For the constant shape of a Reshape: the shape of its input. */
  readonly reshapes?: Shape;
}

/** The dtype of a tensor's values in the file: float for floats, int64 for integers. */
export const elementTypeOf = ({ dtype }: Tensor): "float" | "int64" =>
  dtype === "f32" || dtype === "f16" ? "float" : "int64";

/** What a trace knows about the model. */
export interface Around {
  readonly opset: number;
  /** Names of parameters and buffers in the file. */
  readonly names: ReadonlyMap<Tensor, string>;
  /** Returns the path of the running layer. */
  readonly path: () => string;
}

/** A graph under construction: exporters add nodes, and tensors are mapped to the names of values. */
export class GraphOut {
  readonly opset: number;
  readonly nodes: NodeOut[] = [];
  /** Tensors from before the trace that nodes read, with their names. */
  readonly weights = new Map<Tensor, string>();
  /** Reasons why parts of the model cannot be written. */
  readonly problems: string[] = [];
  readonly #around: Around;
  readonly #values = new Map<Tensor, string>();
  readonly #constants = new Map<string, string>();
  readonly #taken: Set<string>;

  constructor(around: Around) {
    this.opset = around.opset;
    this.#around = around;
    this.#taken = new Set(around.names.values());
  }

  /** Whether x has a value in the graph, or existed before the trace. */
  knows(x: Tensor): boolean {
    return this.#values.has(x) || !activeRecording()?.made(x);
  }

  /** The name of x's value. */
  name(x: Tensor): string {
    const known = this.#values.get(x);
    if (known !== undefined) return known;
    if (activeRecording()?.made(x)) {
      this.problem("an operation that is none of the public ones");
      this.#values.set(x, "");
      return "";
    }
    const name = this.#around.names.get(x) ?? this.#free(x.name);
    this.#values.set(x, name);
    this.weights.set(x, name);
    return name;
  }

  bind(x: Tensor, name: string): void {
    this.#values.set(x, name);
  }

  /** A name that no other value has, similar to the wanted one. */
  #free(wanted: string): string {
    let name = wanted;
    for (let i = 1; this.#taken.has(name); i++) name = `${wanted}_${i}`;
    this.#taken.add(name);
    return name;
  }

  /** Reserves a name for an input or an output. */
  take(name: string): void {
    this.#taken.add(name);
  }

  /** Adds a node with one output; returns its name. */
  node(
    op: string,
    inputs: readonly string[],
    attributes: NodeOut["attributes"] = {},
    more: Pick<NodeOut, "value" | "reshapes"> = {},
  ): string {
    return this.#push(op, inputs, 1, attributes, more)[0] as string;
  }

  /** Adds a node with several outputs. */
  several(
    op: string,
    inputs: readonly string[],
    count: number,
    attributes: NodeOut["attributes"] = {},
  ): readonly string[] {
    return this.#push(op, inputs, count, attributes, {});
  }

  #push(
    op: string,
    inputs: readonly string[],
    count: number,
    attributes: NodeOut["attributes"],
    more: Pick<NodeOut, "value" | "reshapes">,
  ): readonly string[] {
    const path = this.#around.path();
    const outputs = Array.from({ length: count }, () => this.#free(`${path}/${op}`));
    this.nodes.push({ op, inputs, outputs, attributes, path, ...more });
    return outputs;
  }

  /** Numbers as a constant of the graph; equal ones are written once. */
  constant(type: ElementType, shape: Shape, data: ArrayLike<number>): string {
    const key = `${type} ${shape} ${Array.from(data).join()}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const value = { type, shape, data: Float64Array.from(data) };
    const name = this.node("Constant", [], {}, { value });
    this.#constants.set(key, name);
    return name;
  }

  float = (value: number): string => this.constant("float", [], [Math.fround(value)]);
  integers = (values: readonly number[]): string => this.constant("int64", [values.length], values);

  cast(x: string, to: "float" | "int64" | "bool"): string {
    return this.node("Cast", [x], { to: { float: 1, int64: 7, bool: 9 }[to] });
  }

  /** x converted to floats. */
  floats(x: Tensor): string {
    return elementTypeOf(x) === "float" ? this.name(x) : this.cast(this.name(x), "float");
  }

  /** x reshaped. */
  reshape(x: string, from: Shape, to: Shape): string {
    if (sameShape(from, to)) return x;
    const value: HostValue = { type: "int64", shape: [to.length], data: Float64Array.from(to) };
    const name = this.node("Constant", [], {}, { value, reshapes: from });
    return this.node("Reshape", [x, name]);
  }

  /** Notes something that cannot be written, with its layer. */
  problem(what: string): void {
    const path = this.#around.path();
    this.problems.push(`${path || "the model itself"}: ${what}`);
  }
}

/** Thrown by an exporter for options that ONNX cannot express. */
export class NotInOnnx extends Error {}
