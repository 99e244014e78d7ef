import { gradEnabled } from "../../autograd/mode.ts";
import { ShapeError, ValueError, WgradError } from "../../core/errors.ts";
import { show } from "../../core/shape.ts";
import { WholeNames } from "../../nn/module/members.ts";
import { Module } from "../../nn/module/module.ts";
import { buffer, parameter } from "../../nn/module/parameter.ts";
import { reshape } from "../../ops/shape/reshape.ts";
import { tensor } from "../../tensor/create.ts";
import { isTensor } from "../../tensor/kinds.ts";
import { scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { LayerCall } from "./layer.ts";
import type { LayersPlan } from "./plan.ts";
import { type InputLayer, isGraph, keyOf, type LayerGraph, type LayerNode } from "./topology.ts";

/** Tensors by the names of layers. */
export type LayerTensors = Readonly<Record<string, Tensor>>;

/** An input or an output of a model, images as [N, C, H, W]. */
export interface LayerPort {
  /** Name of the input layer, or of the layer with this output. */
  readonly name: string;
  /** Sizes; null for free ones. Undefined if the file does not contain them. */
  readonly shape: readonly (number | null)[] | undefined;
}

/** The sizes of an input in wgrad's order. */
function shapeHere({ shape }: InputLayer): LayerPort["shape"] {
  const [n, h, w, c, ...more] = shape ?? [];
  if (shape?.length !== 4 || n === undefined || more.length) return shape;
  return [n, c ?? null, h ?? null, w ?? null];
}

/**
 * A network from a layers model of TensorFlow.js. Its parameters and buffers have the names of the file; convolutions'
 * kernels have wgrad's layout. It is initially in evaluation mode; in training mode dropout is active, and batch norm uses
 * the batch's statistics and updates the running ones.
 */
export class LayersModel<Result extends Tensor | LayerTensors = Tensor> extends Module<
  [x: Tensor | LayerTensors],
  Result
> {
  /** Parameters and buffers by their names in the file. */
  readonly weights = new WholeNames<Tensor>();
  readonly #plan: LayersPlan;

  constructor(plan: LayersPlan) {
    super();
    this.#plan = plan;
    for (const [name, { stored, isBuffer, isTrained }] of plan.weights) {
      const value = tensor(stored.data, { shape: stored.shape, name });
      this.weights.set(name, isBuffer ? buffer(value) : parameter(value));
      if (!isBuffer && !isTrained) value.requiresGrad = false;
    }
    this.eval();
  }

  /** Inputs of `forward`, in the order of the file. */
  get inputs(): readonly LayerPort[] {
    return this.#plan.graph.inputs.map((input) => ({ name: input.name, shape: shapeHere(input) }));
  }

  /** Names of the outputs of `forward`, in the order of the file. */
  get outputs(): readonly string[] {
    return this.#plan.graph.outputs.map(({ name }) => name);
  }

  /**
   * Computes the output, or all outputs by the names of their layers. Images are [N, C, H, W]. Throws `ValueError` for
   * missing inputs, `ShapeError` for other sizes.
   */
  override forward(x: Tensor | LayerTensors): Result {
    const { graph } = this.#plan;
    const given = this.#given(x);
    const work = () =>
      this.#run(graph, given).map((y) => (given.includes(y) ? reshape(y, y.shape) : y));
    const results = gradEnabled() ? work() : scope(work); // a backward pass needs the intermediate results
    if (results.length === 1) return results[0] as Tensor as Result;
    return Object.fromEntries(graph.outputs.map(({ name }, i) => [name, results[i]])) as Result;
  }

  /** Inputs in the order of the file. */
  #given(x: Tensor | LayerTensors): Tensor[] {
    const inputs = this.inputs;
    const names = inputs.map(({ name }) => name);
    const given: LayerTensors = isTensor(x) ? { [names[0] ?? ""]: x } : x;
    const missing = names.find((name) => !isTensor(given[name]));
    if (missing !== undefined || Object.keys(given).length !== names.length) {
      throw new ValueError(
        `forward: expected tensors as the inputs ${names.join(", ")}, got ${Object.keys(given).join(", ") || "none"}; pass all of them`,
      );
    }
    return inputs.map(({ name, shape }) => {
      const value = given[name] as Tensor;
      value.checkUsable("forward");
      const fits =
        value.shape.length === shape?.length &&
        shape.every((n, axis) => axis === 0 || n === null || n === value.shape[axis]);
      if (!shape || fits) return value;
      throw new ShapeError(
        `forward: expected [${shape.map((n) => n ?? "?").join(", ")}] as '${name}', got ${show(value.shape)}; ` +
          "images are [N, C, H, W] here",
      );
    });
  }

  #run({ inputs, outputs, steps }: LayerGraph, given: readonly Tensor[]): Tensor[] {
    const values = new Map(inputs.map(({ key }, i) => [key, given[i] as Tensor]));
    for (const { key, node, inputs: keys } of steps) {
      const results = this.#layer(
        node,
        keys.map((each) => values.get(each) as Tensor),
      );
      const [name = "", call] = key.split("\u0000");
      for (const [i, y] of results.entries()) values.set(keyOf(name, Number(call), i), y);
    }
    return outputs.map(({ key }) => values.get(key) as Tensor);
  }

  #layer(node: LayerNode, inputs: readonly Tensor[]): Tensor[] {
    const { work, name, type, config } = node;
    if (isGraph(work)) return this.#run(work, inputs);
    const names = this.#plan.names.get(node);
    const optional = (wanted: string) => this.weights.get(names?.get(wanted) ?? "");
    const call: LayerCall = {
      ...{ config, inputs, x: inputs[0] as Tensor, training: this.training },
      ...{ optional, weight: (wanted) => optional(wanted) as Tensor },
    };
    try {
      return [work.run(call)];
    } catch (error) {
      if (error instanceof WgradError) error.message += ` (in the layer ${type} '${name}')`;
      throw error;
    }
  }
}
