import type { Shape } from "../../../core/shape.ts";
import type { HostValue } from "../elements.ts";
import type { AttributeOut, NodeOut } from "./graph.ts";
import { Message } from "./message.ts";

/** dtypes by their numbers in files (TensorProto.DataType). */
const numberOf: Readonly<Record<string, number>> = { float: 1, int64: 7, bool: 9 };

/** An input or an output; a size that depends on the batch has a name. */
export interface PortOut {
  readonly name: string;
  readonly type: "float" | "int64";
  readonly shape: readonly (number | string)[];
}

/** Numbers with a name. */
export interface WeightOut {
  readonly name: string;
  readonly type: "float" | "int64";
  readonly shape: Shape;
  readonly data: ArrayLike<number>;
}

export interface FileOut {
  readonly opset: number;
  readonly name: string;
  readonly nodes: readonly NodeOut[];
  readonly weights: readonly WeightOut[];
  readonly inputs: readonly PortOut[];
  readonly outputs: readonly PortOut[];
}

/** The version of the file format that was introduced with an opset. */
const versionOf = (opset: number): number =>
  opset >= 21 ? 10 : opset >= 19 ? 9 : opset >= 15 ? 8 : 7;

/** A ModelProto. */
export function encodeModel({ opset, name, nodes, weights, inputs, outputs }: FileOut): Message {
  const graph = new Message();
  for (const node of nodes) graph.message(1, encodeNode(node));
  graph.text(2, name);
  for (const weight of weights) graph.message(5, encodeTensor(weight));
  for (const port of inputs) graph.message(11, encodePort(port));
  for (const port of outputs) graph.message(12, encodePort(port));
  return new Message()
    .integer(1, versionOf(opset))
    .text(2, "wgrad")
    .message(7, graph)
    .message(8, new Message().text(1, "").integer(2, opset));
}

function encodeNode({ op, inputs, outputs, attributes, value }: NodeOut): Message {
  const node = new Message();
  for (const input of inputs) node.text(1, input);
  for (const output of outputs) node.text(2, output);
  node.text(3, outputs[0] ?? "").text(4, op);
  for (const [name, attribute] of Object.entries(attributes)) {
    node.message(5, encodeAttribute(name, attribute));
  }
  if (value) {
    const content = encodeTensor({ name: "", ...value, type: value.type as WeightOut["type"] });
    node.message(5, new Message().text(1, "value").message(5, content).integer(20, 4));
  }
  return node;
}

/** An AttributeProto, with the number of its type. */
function encodeAttribute(name: string, value: AttributeOut): Message {
  const attribute = new Message().text(1, name);
  if (typeof value === "string") return attribute.text(4, value).integer(20, 3);
  if (typeof value === "number") return attribute.integer(3, value).integer(20, 2);
  if ("float" in value) return attribute.float(2, value.float).integer(20, 1);
  return attribute.integers(8, value).integer(20, 7);
}

/** A TensorProto. */
function encodeTensor({ name, type, shape, data }: WeightOut | (HostValue & { name: string })) {
  const tensor = new Message().integers(1, shape).integer(2, numberOf[type] as number);
  if (name) tensor.text(8, name);
  return tensor.bytes(9, bytesOf(type, data));
}

/** Elements as consecutive bytes, little-endian. */
function bytesOf(type: string, data: ArrayLike<number>): Uint8Array {
  const width = type === "float" ? 4 : 8;
  const bytes = new Uint8Array(width * data.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < data.length; i++) {
    if (width === 4) view.setFloat32(4 * i, data[i] as number, true);
    else view.setBigInt64(8 * i, BigInt(data[i] as number), true);
  }
  return bytes;
}

/** A ValueInfoProto. */
function encodePort({ name, type, shape }: PortOut): Message {
  const sizes = new Message();
  for (const size of shape) {
    const dimension = new Message();
    sizes.message(
      1,
      typeof size === "number" ? dimension.integer(1, size) : dimension.text(2, size),
    );
  }
  const tensor = new Message().integer(1, numberOf[type] as number).message(2, sizes);
  return new Message().text(1, name).message(2, new Message().message(1, tensor));
}
