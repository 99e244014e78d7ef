import { noGrad } from "../../../autograd/mode.ts";
import { callBack } from "../../../core/caller.ts";
import { ValueError } from "../../../core/errors.ts";
import type { Shape } from "../../../core/shape.ts";
import { observed } from "../../../core/signature.ts";
import type { AnyModule } from "../../../nn/module/module.ts";
import { currentPlace, type Frame } from "../../../scheduler/observe/place.ts";
import { isTensor } from "../../../tensor/kinds.ts";
import { tensorsIn } from "../../../tensor/scope.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import { trace } from "../../../tensor/trace.ts";
import { elementTypeOf, GraphOut, NotInOnnx } from "./graph.ts";
import { exporterOf } from "./ops/index.ts";

/** An output of the model. */
export interface OutputOut {
  /** Name of the output in the model's result; undefined if that is a single tensor. */
  readonly key: string | undefined;
  readonly value: string;
  readonly type: "float" | "int64";
  readonly shape: Shape;
}

export interface Traced {
  readonly graph: GraphOut;
  readonly outputs: readonly OutputOut[];
}

export interface Subject {
  readonly model: AnyModule;
  readonly opset: number;
  readonly inputNames: readonly string[];
  /** Names of the inputs if the model takes one object of tensors. */
  readonly keys: readonly string[] | undefined;
}

/** Runs the model's forward and writes the operations that it calls as nodes. Does not use the GPU. */
export function traced(
  { model, opset, inputNames, keys }: Subject,
  inputs: readonly Tensor[],
): Traced {
  const paths = new Map<unknown, string>(model.namedModules().map(([path, each]) => [each, path]));
  const names = new Map(model.namedTensors().map(([name, value]) => [value, name]));
  const path = () => nearest(currentPlace().frame, paths);
  const graph = new GraphOut({ opset, names, path });
  for (const name of inputNames) graph.take(name);
  for (const [i, x] of inputs.entries()) graph.bind(x, inputNames[i] as string);
  const { engine } = inputs[0] as Tensor;
  const args = keys ? [Object.fromEntries(keys.map((key, i) => [key, inputs[i]]))] : inputs;
  const outputs = trace(engine, () => {
    const result = noGrad(() =>
      observed(observerOf(graph), () => callBack(() => model.forward(...args))),
    );
    return outputsOf(result, graph);
  });
  return { graph, outputs };
}

/** The path of the innermost layer of the model. */
function nearest(frame: Frame | undefined, paths: ReadonlyMap<unknown, string>): string {
  for (let at = frame; at; at = at.parent) {
    const path = paths.get(at.owner);
    if (path !== undefined) return path;
  }
  return "";
}

/** Writes calls that have an exporter; for other calls, the calls that they make. */
function observerOf(graph: GraphOut) {
  const observer = (name: string, args: readonly unknown[], work: () => unknown): unknown => {
    const exporter = exporterOf(name);
    const result = exporter ? observed(undefined, work) : work();
    const made = tensorsIn(result);
    if (exporter) {
      const values = valuesOf(graph, name, () => exporter(graph, args, result));
      for (const [i, tensor] of made.entries()) graph.bind(tensor, values[i] ?? "");
      return result;
    }
    const unknown = made.filter((tensor) => !graph.knows(tensor));
    if (unknown.length) graph.problem(`${name} has no counterpart in ONNX`);
    for (const tensor of unknown) graph.bind(tensor, "");
    return result;
  };
  return observer;
}

function valuesOf(
  graph: GraphOut,
  name: string,
  work: () => string | readonly string[],
): readonly string[] {
  try {
    return [work()].flat();
  } catch (error) {
    if (!(error instanceof NotInOnnx)) throw error;
    graph.problem(`${name}: ${error.message}`);
    return [];
  }
}

/** A single tensor, or those of an array or an object. */
function outputsOf(result: unknown, graph: GraphOut): OutputOut[] {
  const describe = (key: string | undefined, value: unknown): OutputOut => {
    if (!isTensor(value)) {
      throw new ValueError(
        "exportOnnx: expected a model that gives a tensor, or an array or object of tensors, got one that gives " +
          `${value === null ? "null" : typeof value}; wrap it in a module that gives tensors`,
      );
    }
    return { key, value: graph.name(value), type: elementTypeOf(value), shape: value.shape };
  };
  if (isTensor(result) || typeof result !== "object" || result === null) {
    return [describe(undefined, result)];
  }
  return Object.entries(result).map(([key, value]) => describe(key, value));
}
