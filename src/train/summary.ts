import { noGrad } from "../autograd/mode.ts";
import { callBack } from "../core/caller.ts";
import { boolean, dtype as dtypeKind, shape as shapeKind } from "../core/kinds.ts";
import { bytesOf, checkShape, type DType, type Shape, size } from "../core/shape.ts";
import { checked, options } from "../core/signature.ts";
import { Conv2d } from "../nn/conv/conv.ts";
import { ConvTranspose2d } from "../nn/conv/conv_transpose.ts";
import { Conv1d, ConvTranspose1d } from "../nn/conv/conv1d.ts";
import { Linear } from "../nn/linear.ts";
import type { AnyModule } from "../nn/module/module.ts";
import { currentEngine } from "../scheduler/engine.ts";
import { isTensor } from "../tensor/kinds.ts";
import { tensorsIn } from "../tensor/scope.ts";
import { roomLike, type Tensor } from "../tensor/tensor.ts";
import { trace } from "../tensor/trace.ts";
import { modelKind } from "./kinds.ts";
import { tableOf } from "./summary_table.ts";

/** One run of one layer. */
export interface LayerSummary {
  /** Path of the layer in the model; "" for the model itself. */
  readonly name: string;
  /** Class of the layer: `Conv2d`. */
  readonly layer: string;
  /** Shapes of its outputs. */
  readonly outputs: readonly Shape[];
  /** Number of scalars in its own parameters; 0 if it runs again. */
  readonly parameters: number;
  /** Number of multiply-adds of its product or convolution. */
  readonly multiplyAdds: number;
  /** Bytes of its new outputs; 0 for views of its input, and for outputs of layers inside it. */
  readonly bytes: number;
}

/** Layers of a model, and the cost of a forward pass. */
export interface ModelSummary {
  /** In the order in which they end. Modules without parameters that only return outputs of their submodules are omitted. */
  readonly layers: readonly LayerSummary[];
  /** Shape of x. */
  readonly input: Shape;
  /** Shapes of the model's outputs. */
  readonly outputs: readonly Shape[];
  /** Number of scalars in all parameters, including those of layers that did not run. */
  readonly parameters: number;
  /** Number of scalars in parameters that are not frozen. */
  readonly trainableParameters: number;
  /** Multiply-adds of all layers. */
  readonly multiplyAdds: number;
  /** Bytes of parameters and buffers. */
  readonly parameterBytes: number;
  /** Bytes of the outputs of all layers: about what a backward pass needs. */
  readonly activationBytes: number;
  /** Text for the console: a line for each layer, then the totals. */
  table(): string;
}

/** Options of `summary`. */
export interface SummaryOptions {
  /** Element type of x. Default "f32". */
  readonly dtype?: DType;
  /** Whether the model runs in training mode, for example with auxiliary heads. Default false. */
  readonly training?: boolean;
}

/**
 * Summarises a model for x of this shape: layers, output shapes, parameters, multiply-adds, memory. Nothing runs on the GPU
 * and the model does not change. Multiply-adds are those of `Linear`, `Conv1d`, `Conv2d` and their transposed forms,
 * counted without biases as in publications; products that a module computes by calling operations directly are not
 * counted, nor is the memory of a module's intermediate results. Throws the errors of the model for such a shape.
 *
 * @example
 * ```ts
 * import * as nn from "wgrad/nn";
 * import { summary } from "wgrad/train";
 * const found = summary(new nn.Sequential(new nn.Linear(4, 8), new nn.ReLU()), [1, 4]);
 * console.log(found.parameters, found.multiplyAdds); // 40 32
 * ```
 */
export const summary = /* @__PURE__ */ checked(
  "summary",
  {
    model: modelKind,
    shape: shapeKind,
    options: /* @__PURE__ */ options<SummaryOptions>({ dtype: dtypeKind, training: boolean }),
  },
  (model: AnyModule, shape: Shape, given: SummaryOptions = {}): ModelSummary => {
    checkShape("summary", shape);
    return callBack(() => summarise(model, shape, given));
  },
);

function summarise(model: AnyModule, shape: Shape, given: SummaryOptions): ModelSummary {
  const { dtype = "f32", training = false } = given;
  const engine = model.namedTensors()[0]?.[1].engine ?? currentEngine();
  const layers: LayerSummary[] = [];
  const outputs: Shape[] = [];
  const ends: (() => void)[] = [];
  try {
    trace(engine, () => {
      model.train(training); // the trace restores the fields themselves
      using x = roomLike({ engine, shape, dtype });
      ends.push(...watch(model, x, layers));
      const y = noGrad(() => model.forward(x));
      outputs.push(...tensorsIn(y).map((t) => t.shape));
    });
  } finally {
    for (const end of ends) end();
  }
  const parameters = model.parameters();
  const trainable = parameters.filter(({ requiresGrad }) => requiresGrad);
  const state = model.namedTensors().map(([, { dtype, size }]) => bytesOf(dtype, size));
  const found = {
    ...{ layers, input: shape, outputs },
    parameters: sum(parameters.map((p) => p.size)),
    trainableParameters: sum(trainable.map((p) => p.size)),
    multiplyAdds: sum(layers.map((layer) => layer.multiplyAdds)),
    parameterBytes: sum(state),
    activationBytes: sum(layers.map(({ bytes }) => bytes)),
  };
  return { ...found, table: () => tableOf(found) };
}

/** Adds a line to `layers` whenever a module has run. Returns a function that ends this. */
function watch(model: AnyModule, x: Tensor, layers: LayerSummary[]): (() => void)[] {
  const counted = new Set<unknown>([x.storage]);
  return model.namedModules().map(([name, module]) => {
    const own = module.namedParameters().filter(([key]) => !key.includes("."));
    const isLeaf = module.namedChildren().length === 0;
    return module.registerForwardHook((_module, given, y) => {
      const made = tensorsIn(y);
      const fresh = made.filter(({ storage }) => !counted.has(storage));
      const parameters = sum(own.splice(0).map(([, p]) => p.size));
      for (const { storage } of fresh) counted.add(storage);
      if (!isLeaf && parameters === 0 && fresh.length === 0) return undefined;
      layers.push({
        ...{ name, layer: module.constructor.name, outputs: made.map((t) => t.shape), parameters },
        multiplyAdds: multiplyAdds(module, given, made[0]),
        bytes: sum(fresh.map(({ dtype, size }) => bytesOf(dtype, size))),
      });
      return undefined;
    });
  });
}

/** In a matrix product each output uses one row of the weights; in a transposed convolution each input does. */
function multiplyAdds(module: AnyModule, x: unknown, y: Tensor | undefined): number {
  const forward = [Linear, Conv1d, Conv2d].some((kind) => module instanceof kind);
  const back = [ConvTranspose1d, ConvTranspose2d].some((kind) => module instanceof kind);
  const { weight } = module as { weight?: unknown };
  const across = back ? x : forward ? y : undefined;
  if (!isTensor(across) || !isTensor(weight)) return 0;
  return across.size * size(weight.shape.slice(1));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
