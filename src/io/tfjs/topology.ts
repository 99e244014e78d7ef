import { ValueError } from "../../core/errors.ts";
import {
  Config,
  countOf,
  damaged,
  isObject,
  type JsonObject,
  listOf,
  objectOf,
  textOf,
} from "./config.ts";
import type { LayerImport } from "./layer.ts";
import { layerOf } from "./layers/index.ts";

/** An input of a model: its sizes in the file, channels last; null for free ones. */
export interface InputLayer {
  readonly name: string;
  readonly shape: readonly (number | null)[] | undefined;
}

/** A layer and its settings; a nested model has a graph. */
export interface LayerNode {
  readonly name: string;
  readonly type: string;
  readonly config: Config;
  /** Whether the layer and all enclosing models are trainable. */
  readonly isTrained: boolean;
  readonly work: LayerImport | LayerGraph;
}

/** A call of a layer on values given by keys, which makes other values. */
export interface LayerStep {
  readonly key: string;
  readonly node: LayerNode;
  readonly inputs: readonly string[];
}

export interface LayerGraph {
  readonly inputs: readonly (InputLayer & { readonly key: string })[];
  readonly outputs: readonly { readonly name: string; readonly key: string }[];
  /** Ordered so that the inputs of each step are available. */
  readonly steps: readonly LayerStep[];
}

/** State of reading a topology. */
interface TopologyReading {
  /** Layers that are not supported, with reasons. */
  readonly problems: string[];
  readonly isTrained: boolean;
}

export const isGraph = (work: LayerImport | LayerGraph): work is LayerGraph => "steps" in work;

/** Keys of the values of a layer's call, which is usually one. */
export const keyOf = (name: string, call: number, output: number): string =>
  `${name}\u0000${call}\u0000${output}`;

/** Reads the graph of a model. Throws `ValueError` for a damaged one, and with a list of all layers that are not supported. */
export function readTopology(value: unknown): LayerGraph {
  const outer = objectOf(value, "modelTopology");
  const model = objectOf(outer.model_config ?? outer, "model_config");
  const problems: string[] = [];
  const type = textOf(model.class_name, "the class_name of the model");
  const graph = isModel(type)
    ? readGraph(type, model.config, { problems, isTrained: true })
    : undefined;
  if (!graph) return damaged(`the model is a '${type}', not Sequential or Functional`);
  if (problems.length === 0) return graph;
  throw new ValueError(
    `loadLayersModel: expected layers that are supported, got ${problems.length} problem${problems.length > 1 ? "s" : ""}:\n` +
      `${problems.map((each) => `  ${each}`).join("\n")}\nreplace them in the model`,
  );
}

const isModel = (type: string): boolean => ["Sequential", "Functional", "Model"].includes(type);

/** Maximum depth of nested models: a deeper file is damaged. */
const DEEPEST = 20;

function readGraph(type: string, value: unknown, reading: TopologyReading, depth = 0): LayerGraph {
  if (depth > DEEPEST) return damaged("models are within models without end");
  const entries = isObject(value) ? value.layers : value; // old files contain only the list of layers
  const layers = listOf(entries, "layers").map((each) => objectOf(each, "a layer"));
  if (layers.length === 0) return damaged("a model has no layers");
  if (type === "Sequential") return sequence(layers, reading, depth);
  return functional(objectOf(value, "a model's config"), layers, reading, depth);
}

interface NamedLayer {
  readonly name: string;
  readonly type: string;
  readonly values: JsonObject;
  readonly entry: JsonObject;
}

function named(entry: JsonObject): NamedLayer {
  const type = textOf(entry.class_name, "a layer's class_name");
  const values = Array.isArray(entry.config) ? {} : objectOf(entry.config, "a layer's config");
  const name = textOf(values.name ?? entry.name ?? type, "a layer's name");
  return { name, type, values, entry };
}

function readLayer(
  { name, type, values, entry }: NamedLayer,
  reading: TopologyReading,
  depth: number,
): LayerNode {
  const config = new Config(values, `the layer '${name}'`);
  const isTrained = reading.isTrained && config.flag("trainable", true);
  const base = { name, type, config, isTrained };
  if (isModel(type)) {
    const inner = { ...reading, isTrained };
    return { ...base, work: readGraph(type, entry.config, inner, depth + 1) };
  }
  const layer = layerOf(type);
  const reason = layer ? layer.refuse?.(config) : "there is no such layer here";
  if (reason !== undefined) reading.problems.push(`${type} '${name}': ${reason}`);
  return { ...base, work: layer ?? { run: ({ x }) => x } };
}

/** Sizes of an input, the batch first; undefined if the layer does not contain them. */
function shapeOf(values: JsonObject, name: string): InputLayer["shape"] {
  const shape = values.batch_input_shape ?? values.batch_shape;
  if (shape === undefined || shape === null) return undefined;
  return listOf(shape, `the input shape of '${name}'`).map((n) =>
    n === null ? null : countOf(n, `the input shape of '${name}'`),
  );
}

/** Layers that run one after the other. */
function sequence(
  layers: readonly JsonObject[],
  reading: TopologyReading,
  depth: number,
): LayerGraph {
  const all = layers.map(named);
  const [first] = all as [NamedLayer];
  const isInput = first.type === "InputLayer";
  const name = isInput ? first.name : `${first.name}_input`;
  const input = { name, key: keyOf("", 0, 0), shape: shapeOf(first.values, name) };
  let key = input.key;
  const steps = all.slice(isInput ? 1 : 0).map((each): LayerStep => {
    const inputs = [key];
    key = keyOf(each.name, 0, 0);
    return { key: keyOf(each.name, 0, 0), node: readLayer(each, reading, depth), inputs };
  });
  const made = steps.map((step) => step.key);
  if (new Set(made).size !== made.length) return damaged("two layers have one name");
  return { inputs: [input], outputs: [{ name: all.at(-1)?.name ?? name, key }], steps };
}

interface LayerReference {
  readonly name: string;
  readonly call: number;
  readonly key: string;
}

/** A reference to another layer's value: [name, call, output, …]. */
function reference(value: unknown): LayerReference {
  const [layer, call, output] = listOf(value, "an inbound node");
  const name = textOf(layer, "a layer's name in an inbound node");
  const [c, o] = [countOf(call, "a call's number"), countOf(output, "an output's number")];
  return { name, call: c, key: keyOf(name, c, o) };
}

/** A single reference, or a list of references. */
const references = (value: unknown) => {
  const list = listOf(value, "input_layers and output_layers");
  return typeof list[0] === "string" ? [reference(list)] : list.map(reference);
};

/** Layers with the calls that lead to them. */
function functional(
  config: JsonObject,
  layers: readonly JsonObject[],
  reading: TopologyReading,
  depth: number,
): LayerGraph {
  const all = layers.map(named);
  const outputs = references(config.output_layers);
  const calls = new Map(all.map((each) => [each, callsOf(each)]));
  const read = [...outputs, ...[...calls.values()].flat(2)];
  const steps = all.flatMap((each): LayerStep[] => {
    if (each.type === "InputLayer") return [];
    const node = readLayer(each, reading, depth);
    const own = calls.get(each) as LayerReference[][];
    const first = isGraph(node.work) ? firstCall(each.name, own.length, read) : 0;
    return own.map((inputs, i) => {
      if (inputs.length === 0) damaged(`the layer '${each.name}' has no input`);
      return { key: keyOf(each.name, first + i, 0), node, inputs: inputs.map(({ key }) => key) };
    });
  });
  const inputs = references(config.input_layers).map(({ name, key }) => {
    const layer = all.find((each) => each.name === name && each.type === "InputLayer");
    if (!layer) return damaged(`the input '${name}' is no InputLayer`);
    return { name, key, shape: shapeOf(layer.values, name) };
  });
  const ordered = inOrder(steps, new Set(inputs.map(({ key }) => key)));
  return { inputs, outputs: checkedOutputs(outputs, ordered, inputs), steps: ordered };
}

/** For every call of a layer, the outputs of other layers that are its inputs. */
function callsOf({ name, type, entry }: NamedLayer): LayerReference[][] {
  if (type === "InputLayer") return [];
  return listOf(entry.inbound_nodes, `the inbound_nodes of '${name}'`).map((call) =>
    listOf(call, `an inbound node of '${name}'`).map(reference),
  );
}

/** Number of a nested model's first call: 1 if Keras counted its creation as call 0, which references to call `count` show. */
const firstCall = (name: string, count: number, read: readonly LayerReference[]): number =>
  read.some((each) => each.name === name && each.call === count) ? 1 : 0;

/** Outputs of a layer's call; a nested model can have several. */
const outputsOf = ({ key, node }: LayerStep): string[] => {
  const [name = "", call] = key.split("\u0000");
  if (!isGraph(node.work)) return [key];
  return node.work.outputs.map((_, i) => keyOf(name, Number(call), i));
};

/** Sorts steps after those whose values they read. Throws for a cycle. */
function inOrder(steps: readonly LayerStep[], known: Set<string>): LayerStep[] {
  const ordered: LayerStep[] = [];
  let waiting = steps;
  while (waiting.length) {
    const ready = waiting.filter(({ inputs }) => inputs.every((key) => known.has(key)));
    const [stuck] = waiting;
    if (ready.length === 0) {
      return damaged(`the layer '${stuck?.node.name}' reads what no layer before it gives`);
    }
    for (const step of ready) for (const key of outputsOf(step)) known.add(key);
    ordered.push(...ready);
    waiting = waiting.filter((step) => !ready.includes(step));
  }
  return ordered;
}

function checkedOutputs(
  outputs: LayerGraph["outputs"],
  steps: readonly LayerStep[],
  inputs: LayerGraph["inputs"],
): LayerGraph["outputs"] {
  const made = new Set([...inputs.map(({ key }) => key), ...steps.flatMap(outputsOf)]);
  if (outputs.length === 0 || inputs.length === 0)
    return damaged("the model has no input or output");
  const missing = outputs.find(({ key }) => !made.has(key));
  return missing ? damaged(`no layer gives the output '${missing.name}'`) : outputs;
}
