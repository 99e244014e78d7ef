import { zeros } from "wgrad";
import type { AnyModule } from "wgrad/nn";
import { exportOnnx, loadOnnx, type OnnxPort } from "wgrad/onnx";
import * as words from "../words/en/predict/page.ts";
import { type Classifier, type Network, networkOf, type PictureSize } from "./network.ts";
import { headOnTop } from "./tune/fine_tune.ts";

/** Side of pictures if an ONNX file leaves it open, in pixels. */
const USUAL_SIDE = 224;

/** A tuned network with its weights, for any program that reads ONNX. */
export async function onnxOf({ model, size }: Network): Promise<Blob> {
  using example = zeros([1, size.channels, size.height, size.width]);
  return new Blob([await exportOnnx(model, example)]);
}

/** A network from an ONNX file. Throws a sentence that says why it cannot be used. */
export function fromOnnx(bytes: ArrayBuffer, title: string): Network {
  const model = loadOnnx(bytes);
  try {
    const { outputs } = model;
    const size = sizeOf(model.inputs);
    return networkOf(ofOneTensor(model), {
      ...{ title, builtIn: false, fileBytes: bytes.byteLength, size },
      about: words.fromFileWhoseInputIs(model.inputs[0]?.name, outputs[0]?.name),
      labels: undefined,
      ...{ input: undefined, accuracy: undefined },
      newHead: async (classes, scores) => headOnTop(ofOneTensor(loadOnnx(bytes)), scores, classes),
    });
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** Wraps a graph with one input, so that it takes a tensor instead of tensors by name. */
const ofOneTensor = (model: AnyModule) => model as Classifier;

/** The size of pictures for its only input. */
function sizeOf(inputs: readonly OnnxPort[]): PictureSize {
  const [input] = inputs;
  const [, channels, height, width] = input?.shape ?? [];
  const fits = [1, 3, 4].some((each) => each === channels) && input?.type === "float";
  if (inputs.length === 1 && input?.shape?.length === 4 && fits) {
    const side = (size: unknown) => (typeof size === "number" ? size : USUAL_SIDE);
    return { channels: channels as 1 | 3 | 4, height: side(height), width: side(width) };
  }
  const got = inputs.map(
    ({ name, shape }) => `${name} [${shape?.map((n) => n ?? "?").join(", ")}]`,
  );
  throw new Error(words.expectedNetworkOfOneInput(got.join(words.and)));
}
