import { type Kind, optional, record } from "../../core/kinds.ts";
import { isA } from "../../core/realm.ts";
import { checked, options as optionsKind } from "../../core/signature.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { readModel } from "./messages.ts";
import { type NamedTensors, OnnxModel } from "./model.ts";
import { operators } from "./operators/index.ts";
import { type OnnxPlan, planGraph } from "./plan.ts";
import type { ExternalData } from "./tensor_proto.ts";

/** Options of `loadOnnx`. */
export interface LoadOnnxOptions {
  /** Other files that hold the elements of large tensors, by their names in the model. */
  readonly externalData?: ExternalData;
}

const file: Kind = {
  expected: "the bytes of a file",
  advice: "pass an ArrayBuffer or a Uint8Array, such as await (await fetch(url)).arrayBuffer()",
  accepts: (value) => isA(value, "ArrayBuffer", "Uint8Array"),
};

/** Reads and checks a file; does not use the GPU. */
export function planOf(
  bytes: ArrayBuffer | Uint8Array,
  { externalData = {} }: LoadOnnxOptions,
): OnnxPlan {
  const data = isA(bytes, "Uint8Array") ? bytes : new Uint8Array(bytes);
  return planGraph(readModel(data, externalData), operators());
}

/**
 * A network from an ONNX file of opset 7 to 21, in evaluation mode. Its float initialisers become trainable parameters,
 * statistics of batch norm become buffers; single numbers, and inputs of shape computations, become constants. Doubles and
 * 16-bit floats are converted to f32, integers to 32 bits. For a graph with several outputs pass a type argument:
 * `loadOnnx<NamedTensors>(bytes)`.
 *
 * Throws `ValueError` for a damaged file, and, with a list of nodes and operators, for everything that is not supported,
 * before anything is built.
 */
export const loadOnnx = /* @__PURE__ */ checked(
  "loadOnnx",
  {
    bytes: file,
    options: /* @__PURE__ */ optional(
      /* @__PURE__ */ optionsKind<LoadOnnxOptions>({ externalData: record }),
    ),
  },
  <Result extends Tensor | NamedTensors = Tensor>(
    bytes: ArrayBuffer | Uint8Array,
    options: LoadOnnxOptions = {},
  ): OnnxModel<Result> => new OnnxModel<Result>(planOf(bytes, options)),
);
