import { type ElementType, elementType, type HostValue } from "./elements.ts";
import {
  bytesOf,
  damaged,
  fields,
  integerOf,
  pushFloats,
  pushIntegers,
  textOf,
} from "./protobuf.ts";
import { type ExternalData, readTensor } from "./tensor_proto.ts";

/** The value of a node's attribute: a single one; for text and lists, of the kind that the node expects. */
export interface Attribute {
  readonly int: number;
  readonly float: number;
  readonly text: string;
  readonly ints: readonly number[];
  readonly floats: readonly number[];
  readonly tensor?: HostValue | string;
  /** True for a graph, texts or a sparse tensor, which no supported operator takes. */
  readonly foreign: boolean;
}

export interface OnnxNode {
  readonly name: string;
  readonly op: string;
  /** "" for ONNX's own domain. */
  readonly domain: string;
  /** Names of the inputs; "" for an omitted one. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** An input or output of the graph. Sizes that are not fixed have a name, or are null. */
export interface Port {
  readonly name: string;
  readonly type: ElementType | undefined;
  readonly shape: readonly (number | string | null)[] | undefined;
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyMap<string, HostValue | string>;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** Descriptions of intermediate values in the file. */
  readonly values: readonly Port[];
}

export interface OnnxGraphModel extends OnnxGraph {
  /** Version of ONNX's own operators. */
  readonly opset: number;
  readonly producer: string;
}

/** Reads a ModelProto. Throws `ValueError` for a file that is not one, truncated or damaged. */
export function readModel(file: Uint8Array, files: ExternalData): OnnxGraphModel {
  let graph: Uint8Array | undefined;
  let producer = "";
  let opset: number | undefined;
  for (const field of fields(file, "the model")) {
    if (field.number === 2) producer = textOf(field, "the model");
    else if (field.number === 7) graph = bytesOf(field, "the model");
    else if (field.number === 8) opset = opsetOf(bytesOf(field, "the model")) ?? opset;
  }
  if (!graph) damaged("the file holds no graph; is it an ONNX file?");
  if (opset === undefined) damaged("the file does not say which opset it uses; is it whole?");
  return { ...readGraph(graph, files), producer, opset };
}

/** The version of an OperatorSetIdProto of ONNX's own domain. */
function opsetOf(message: Uint8Array): number | undefined {
  let domain = "";
  let version = 0;
  for (const field of fields(message, "an opset")) {
    if (field.number === 1) domain = textOf(field, "an opset");
    if (field.number === 2) version = integerOf(field, "an opset");
  }
  return domain === "" || domain === "ai.onnx" ? version : undefined;
}

function readGraph(message: Uint8Array, files: ExternalData): OnnxGraph {
  const what = "the graph";
  const nodes: OnnxNode[] = [];
  const initializers = new Map<string, HostValue | string>();
  const ports: Record<11 | 12 | 13, Port[]> = { 11: [], 12: [], 13: [] };
  for (const field of fields(message, what)) {
    const { number } = field;
    if (number === 1) nodes.push(readNode(bytesOf(field, what), files));
    else if (number === 5) {
      const { name, content } = readTensor(bytesOf(field, what), files);
      if (initializers.has(name))
        damaged(`two initialisers are called '${name}'; the file is damaged`);
      initializers.set(name, content);
    } else if (number === 11 || number === 12 || number === 13) {
      ports[number].push(readPort(bytesOf(field, what)));
    } else if (number === 15) initializers.set(sparseName(bytesOf(field, what)), "it is sparse");
  }
  // up to IR version 3, initialisers are also listed as inputs
  const inputs = ports[11].filter(({ name }) => !initializers.has(name));
  return { nodes, initializers, inputs, outputs: ports[12], values: ports[13] };
}

/** The name of a SparseTensorProto: that of its values. */
function sparseName(message: Uint8Array): string {
  for (const field of fields(message, "a sparse tensor")) {
    if (field.number === 1) return readTensor(bytesOf(field, "a sparse tensor"), {}).name;
  }
  return "";
}

function readNode(message: Uint8Array, files: ExternalData): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, Attribute>();
  const texts: Record<3 | 4 | 7, string> = { 3: "", 4: "", 7: "" };
  const what = "a node";
  for (const field of fields(message, what)) {
    const { number } = field;
    if (number === 1) inputs.push(textOf(field, what));
    else if (number === 2) outputs.push(textOf(field, what));
    else if (number === 3 || number === 4 || number === 7) texts[number] = textOf(field, what);
    else if (number === 5) attributes.set(...readAttribute(bytesOf(field, what), files));
  }
  const domain = texts[7] === "ai.onnx" ? "" : texts[7];
  return { name: texts[3], op: texts[4], domain, inputs, outputs, attributes };
}

function readAttribute(message: Uint8Array, files: ExternalData): [string, Attribute] {
  const what = "an attribute";
  const floats: number[] = [];
  const ints: number[] = [];
  const found = { name: "", int: 0, float: 0, text: "", foreign: false };
  let tensor: HostValue | string | undefined;
  for (const field of fields(message, what)) {
    const { number } = field;
    if (number === 1) found.name = textOf(field, what);
    else if (number === 2) found.float = floatOf(field);
    else if (number === 3) found.int = integerOf(field, what);
    else if (number === 4) found.text = textOf(field, what);
    else if (number === 5) tensor = readTensor(bytesOf(field, what), files).content;
    else if (number === 7) pushFloats(floats, field, 4, what);
    else if (number === 8) pushIntegers(ints, field, what);
    else if ([6, 9, 10, 11, 14, 15, 21, 22, 23].includes(number)) found.foreign = true;
  }
  const { name, ...rest } = found;
  return [name, { ...rest, floats, ints, ...(tensor !== undefined && { tensor }) }];
}

function floatOf(field: Parameters<typeof pushFloats>[1]): number {
  const one: number[] = [];
  pushFloats(one, field, 4, "an attribute");
  return one[0] ?? 0;
}

/** A ValueInfoProto: its TypeProto's tensor type, if it has one. */
function readPort(message: Uint8Array): Port {
  let name = "";
  let port: Omit<Port, "name"> = { type: undefined, shape: undefined };
  for (const field of fields(message, "a port")) {
    if (field.number === 1) name = textOf(field, "a port");
    if (field.number !== 2) continue;
    for (const type of fields(bytesOf(field, "a port"), "a type")) {
      if (type.number === 1) port = readTensorType(bytesOf(type, "a type"));
    }
  }
  return { name, ...port };
}

function readTensorType(message: Uint8Array): Omit<Port, "name"> {
  let type: ElementType | undefined;
  let shape: (number | string | null)[] | undefined;
  for (const field of fields(message, "a type")) {
    if (field.number === 1) type = elementType(integerOf(field, "a type"));
    if (field.number !== 2) continue;
    shape = [];
    for (const dim of fields(bytesOf(field, "a type"), "a shape")) {
      if (dim.number === 1) shape.push(readSize(bytesOf(dim, "a shape")));
    }
  }
  return { type, shape };
}

function readSize(message: Uint8Array): number | string | null {
  let size: number | string | null = null;
  for (const field of fields(message, "a size")) {
    if (field.number === 1) size = integerOf(field, "a size");
    if (field.number === 2) size = textOf(field, "a size") || null;
  }
  return size;
}
