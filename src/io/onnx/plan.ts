import { ValueError } from "../../core/errors.ts";
import { type ElementType, type HostValue, isFloating } from "./elements.ts";
import type { OnnxGraphModel, OnnxNode, Port } from "./messages.ts";
import type { Facts, Operator } from "./operator.ts";
import { constantOf } from "./operators/creation.ts";
import { damaged } from "./protobuf.ts";

/** A node and its operator. */
export interface NodeStep {
  readonly node: OnnxNode;
  readonly operator: Operator;
}

/** A checked graph of known operators, ready to run. */
export interface OnnxPlan {
  readonly opset: number;
  readonly steps: readonly NodeStep[];
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** Names of inputs whose numbers the host needs: shapes, axes, bounds. */
  readonly hostInputs: ReadonlySet<string>;
  /** Initialisers by their role. */
  readonly parameters: ReadonlyMap<string, HostValue>;
  readonly buffers: ReadonlyMap<string, HostValue>;
  readonly constants: ReadonlyMap<string, HostValue>;
}

/** Operators of opset 6 that opset 7 did not change are also accepted. */
const OLDEST = 6;
const NEWEST = 21;

/** The name of a node in errors. */
export const nodeName = ({ name, op, outputs }: OnnxNode): string =>
  `${op} '${name || (outputs[0] ?? "")}'`;

/**
 * Checks a graph and decides the role of each initialiser. Throws one `ValueError` that lists everything that is not
 * supported, by node and operator.
 */
export function planGraph(
  model: OnnxGraphModel,
  known: Readonly<Record<string, Operator>>,
): OnnxPlan {
  const { opset, nodes } = model;
  checkOrder(model);
  const problems: string[] = [];
  if (opset < OLDEST || opset > NEWEST) {
    problems.push(
      `its opset is ${opset}, expected 7 to ${NEWEST}; convert it with onnx.version_converter`,
    );
  }
  const steps = nodes.flatMap((node): NodeStep[] => {
    const operator =
      node.domain === "" && Object.hasOwn(known, node.op) ? known[node.op] : undefined;
    if (operator) return [{ node, operator }];
    const domain = node.domain ? ` of the domain ${node.domain}` : "";
    problems.push(`${nodeName(node)}: there is no such operator${domain} here`);
    return [];
  });
  const needed = neededOnHost(steps);
  for (const [name, value] of model.initializers) {
    if (typeof value === "string") problems.push(`the initialiser '${name}': ${value}`);
  }
  problems.push(...refusedNodes(model, steps, needed));
  if (problems.length) {
    throw new ValueError(
      `loadOnnx: expected operators that are supported, got ${problems.length} problem${problems.length > 1 ? "s" : ""}:\n` +
        `${problems.map((each) => `  ${each}`).join("\n")}\nexport the model without them`,
    );
  }
  const { inputs, outputs } = model;
  const hostInputs = new Set(inputs.flatMap(({ name }) => (needed.has(name) ? [name] : [])));
  return { opset, steps, inputs, outputs, hostInputs, ...rolesOf(model, steps, needed) };
}

/** Throws unless every value is made once, before it is read. */
function checkOrder({ nodes, inputs, initializers, outputs }: OnnxGraphModel): void {
  const made = new Set([...initializers.keys(), ...inputs.map(({ name }) => name)]);
  for (const node of nodes) {
    const missing = node.inputs.find((name) => name !== "" && !made.has(name));
    if (missing !== undefined) {
      damaged(
        `${nodeName(node)} reads '${missing}', which nothing before it makes; the file is damaged`,
      );
    }
    for (const name of node.outputs) {
      if (name !== "" && made.has(name)) damaged(`'${name}' is made twice; the file is damaged`);
      made.add(name);
    }
  }
  const missing = outputs.find(({ name }) => !made.has(name));
  if (missing) damaged(`nothing makes the output '${missing.name}'; the file is damaged`);
  if (outputs.length === 0) damaged("the graph has no output; the file is damaged");
}

/** Names whose numbers a node reads on the host, and the names that these are computed from. */
function neededOnHost(steps: readonly NodeStep[]): Set<string> {
  const needed = new Set<string>();
  for (const { node, operator } of [...steps].reverse()) {
    for (const input of operator.host ?? []) needed.add(node.inputs[input] ?? "");
    if (operator.shapes || !node.outputs.some((name) => needed.has(name))) continue;
    if (operator.fold) for (const name of node.inputs) needed.add(name);
  }
  needed.delete("");
  return needed;
}

/** Reasons why nodes cannot be run. */
function refusedNodes(
  model: OnnxGraphModel,
  steps: readonly NodeStep[],
  needed: ReadonlySet<string>,
): string[] {
  const types = new Map<string, ElementType | undefined>();
  const rank = new Map<string, number | undefined>();
  for (const { name, type, shape } of [...model.values, ...model.outputs, ...model.inputs]) {
    types.set(name, type);
    rank.set(name, shape?.length);
  }
  const onHost = new Set(model.inputs.flatMap(({ name }) => (needed.has(name) ? [name] : [])));
  for (const [name, value] of model.initializers) {
    if (typeof value === "string") continue;
    types.set(name, value.type);
    rank.set(name, value.shape.length);
    if (needed.has(name) || !isFloating(value.type)) onHost.add(name);
  }
  return steps.flatMap(({ node, operator }) => {
    const folded = node.inputs.every((name) => name === "" || onHost.has(name));
    if (operator.shapes || (operator.fold && folded))
      for (const name of node.outputs) onHost.add(name);
    const facts: Facts = {
      ...{ opset: model.opset, folded },
      rank: (input) => rank.get(node.inputs[input] ?? ""),
      type: (input) => types.get(node.inputs[input] ?? ""),
    };
    const unknown = (operator.host ?? []).find((input) => {
      const name = node.inputs[input] ?? "";
      return name !== "" && !onHost.has(name);
    });
    const reason =
      (model.opset === 6 ? changedIn7(node) : undefined) ??
      operator.refuse?.(node, facts) ??
      (unknown === undefined
        ? undefined
        : `its input '${node.inputs[unknown]}' is computed on the GPU, and its numbers are needed before`);
    return reason ? [`${nodeName(node)}: ${reason}`] : [];
  });
}

/** Attributes whose meaning opset 7 changed: broadcasting along a given axis, and training. */
function changedIn7({ op, attributes }: OnnxNode): string | undefined {
  if (attributes.has("broadcast") && attributes.has("axis")) return "it broadcasts along an axis";
  const trains = op === "BatchNormalization" || op === "Dropout";
  return trains && attributes.get("is_test")?.int !== 1 ? "it is in training mode" : undefined;
}

/**
 * Statistics of batch norm become buffers, other floats parameters; single numbers, integers and what the host needs become
 * constants.
 */
function rolesOf(
  { initializers }: OnnxGraphModel,
  steps: readonly NodeStep[],
  needed: ReadonlySet<string>,
) {
  const batches = steps.filter(({ node }) => node.op === "BatchNormalization");
  // exporters forward one of several equal initialisers by Identity
  const copies = steps.filter(({ node }) => node.op === "Identity").map(({ node }) => node);
  const origins = new Map(copies.map(({ inputs, outputs }) => [outputs[0], inputs[0] as string]));
  const read = batches.flatMap(({ node }) => node.inputs.slice(3, 5));
  const statistics = new Set(read.map((name) => origins.get(name) ?? name));
  const roles = { parameters: new Map(), buffers: new Map(), constants: new Map() };
  for (const [name, value] of initializers) {
    if (typeof value === "string") continue;
    const trained = isFloating(value.type) && value.shape.length > 0 && !needed.has(name);
    roles[trained ? (statistics.has(name) ? "buffers" : "parameters") : "constants"].set(
      name,
      value,
    );
  }
  return roles as Record<keyof typeof roles, Map<string, HostValue>>;
}

/** Values of Constant nodes by name. */
export const constantsOf = (steps: readonly NodeStep[]): [name: string, value: HostValue][] =>
  steps.flatMap(({ node }): [string, HostValue][] => {
    const value = node.op === "Constant" ? constantOf(node) : undefined;
    return typeof value === "object" ? [[node.outputs[0] ?? "", value]] : [];
  });
