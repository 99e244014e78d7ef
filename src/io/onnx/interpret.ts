import { WgradError } from "../../core/errors.ts";
import { typedArray } from "../../core/shape.ts";
import { cast } from "../../ops/elementwise/precision.ts";
import { tensor } from "../../tensor/create.ts";
import { isTensor } from "../../tensor/kinds.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { dtypeOf, type HostValue } from "./elements.ts";
import {
  type HostCall,
  type NodeCall,
  onHost,
  type Result,
  unable,
  type Value,
} from "./operator.ts";
import { type NodeStep, nodeName, type OnnxPlan } from "./plan.ts";

/** Results with more elements are computed on the GPU even if the host knows all inputs. */
const FOLDED = 65_536;

/** State of one run of the graph. */
export interface GraphRun {
  readonly plan: OnnxPlan;
  readonly training: boolean;
  /** Values by name, initially those of inputs and initialisers. */
  readonly values: Map<string, Value>;
  /** Constants that have been uploaded. */
  readonly uploaded: ReadonlyMap<HostValue, Tensor>;
  /** Results of nodes that the host computed in an earlier run with the same shapes; filled by the first run. */
  readonly folded: Map<NodeStep, readonly HostValue[]>;
}

/** What to do where the host needs numbers that the GPU computes: they become shapes, axes or bounds of other operations. */
const FIXED = "export the model with fixed sizes";

/** Runs all nodes in order. Throws `WgradError` in the name of the node that fails. */
export function interpret(run: GraphRun): void {
  for (const step of run.plan.steps) {
    const made = run.folded.get(step) ?? compute(run, step);
    step.node.outputs.forEach((name, i) => {
      const value = made[i];
      if (value) run.values.set(name, value);
      else if (name)
        unable(
          `expected output ${i} of ${nodeName(step.node)}, got none; export the model without it`,
        );
    });
  }
}

function compute(run: GraphRun, step: NodeStep): readonly Value[] {
  try {
    const made = folded(run, step);
    if (!made) return ran(run, step);
    run.folded.set(step, made);
    return made;
  } catch (error) {
    if (!(error instanceof WgradError)) throw error;
    error.message += ` (in the ONNX node ${nodeName(step.node)})`;
    throw error;
  }
}

/** Results that the host computes; undefined if the node needs the GPU. */
function folded(run: GraphRun, step: NodeStep): readonly HostValue[] | undefined {
  const { node, operator } = step;
  if (operator.shapes) return [operator.shapes(callOf(run, step))];
  const given = node.inputs.map((name) => run.values.get(name));
  const known = given.every((value, i) => (value ? onHost(value) : node.inputs[i] === ""));
  const small = given.every((value) => !value || !onHost(value) || value.data.length <= FOLDED);
  if (!operator.fold || !known || (operator.run && !small)) return undefined;
  const { tensor: _t, numbers: _n, ...rest } = callOf(run, step);
  const call: HostCall = { ...rest, value: (input) => inputOf(run, step, input) as HostValue };
  const made = operator.fold(call);
  return Array.isArray(made) ? made : [made as HostValue];
}

function ran(run: GraphRun, step: NodeStep): readonly Value[] {
  const { operator } = step;
  if (!operator.run) unable(`expected inputs that the host knows, got some of the GPU; ${FIXED}`);
  const call = callOf(run, step);
  const made = operator.run(call);
  const results: readonly Result[] = Array.isArray(made) ? made : [made as Result];
  return results.map((result) => valueFrom(result, call));
}

/** Converts a result to its dtype on the GPU. */
function valueFrom(result: Result, call: NodeCall): Value {
  if (!isTensor(result) && onHost(result)) return result;
  const [made, type] = isTensor(result) ? [result, call.type(0)] : [result.tensor, result.type];
  const dtype = dtypeOf(type);
  const fits = made.dtype === dtype || (made.dtype === "f16" && dtype === "f32");
  const whole = fits ? made : cast(made, dtype);
  return { tensor: whole, type, shape: whole.shape };
}

function inputOf({ values }: GraphRun, { node }: NodeStep, input: number): Value {
  const name = node.inputs[input] ?? "";
  const value = values.get(name);
  return value ?? unable(`expected input ${input}, got none; is the model sound?`);
}

function callOf(run: GraphRun, step: NodeStep): NodeCall {
  const { node } = step;
  const value = (input: number) => inputOf(run, step, input);
  return {
    ...{ node, opset: run.plan.opset, training: run.training },
    has: (input) => Boolean(node.inputs[input]) && run.values.has(node.inputs[input] ?? ""),
    count: node.inputs.findLastIndex((name) => name !== "") + 1,
    type: (input) => value(input).type,
    shape: (input) => value(input).shape,
    tensor: (input) => onGpu(run, value(input)),
    numbers: (input) => {
      const known = value(input);
      if (onHost(known)) return [...known.data];
      return unable(
        `expected numbers of input ${input} that the host knows, got some of the GPU; ${FIXED}`,
      );
    },
  };
}

/** A value on the GPU. Throws `ValueError` for integers that do not fit into 32 bits. */
export function onGpu({ uploaded }: Pick<GraphRun, "uploaded">, value: Value): Tensor {
  if (!onHost(value)) return value.tensor;
  return uploaded.get(value) ?? upload(value);
}

export function upload({ type, shape, data }: HostValue, name?: string): Tensor {
  const dtype = dtypeOf(type);
  const numbers = dtype === "f32" ? typedArray("f32", data) : data;
  return tensor(numbers, { shape, dtype, ...(name !== undefined && { name }) });
}
