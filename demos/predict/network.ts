import { log, reshape, scope, type Tensor, type WarmProgress } from "wgrad";
import {
  type ImageTensorOptions,
  type Prediction,
  type PredictionsOptions,
  predictions,
} from "wgrad/data";
import { loadStateDict, openSafetensors, type TensorReader } from "wgrad/io";
import * as nn from "wgrad/nn";
import { loadOnnx, type OnnxPort } from "wgrad/onnx";
import { type ModelSummary, summary } from "wgrad/train";
import { classes as clothes } from "../resnet/data.ts";
import { clothesInput, clothesNetwork } from "./clothes_network.ts";
import clothesUrl from "./data/clothes.safetensors?url";

/** Pixels of a side where an ONNX file leaves them open. */
const USUAL_SIDE = 224;

/** Of a picture, as a network takes it. */
export interface PictureSize {
  readonly channels: 1 | 3 | 4;
  readonly height: number;
  readonly width: number;
}

/** A network that classifies pictures, ready to run. */
export interface Network {
  /** What it is, for a title. */
  readonly title: string;
  /** What it learned, or where it comes from, in a sentence. */
  readonly about: string;
  readonly fileBytes: number;
  /** Whether it came with the page. */
  readonly builtIn: boolean;
  readonly size: PictureSize;
  readonly classes: number;
  /** Names of its classes, if they are known. */
  readonly labels: readonly string[] | undefined;
  /** How its pictures are prepared, if that is known. */
  readonly input: ImageTensorOptions | undefined;
  /** Share of the held-out pictures it got right when it was made. */
  readonly accuracy: { readonly right: number; readonly of: number } | undefined;
  readonly summary: ModelSummary;
  readonly model: nn.AnyModule;
  /** Scores [1, classes] of a picture [1, C, H, W]. */
  predict(x: Tensor): Tensor;
  /** Compiles what it needs; tells of every pipeline. */
  prepare(onProgress?: (progress: WarmProgress) => void): Promise<void>;
  /** Dispatches of a call. */
  dispatches(): number;
  dispose(): void;
}

/** The network that comes with the page. */
export async function builtIn(): Promise<Network> {
  const answer = await fetch(clothesUrl);
  if (!answer.ok) {
    throw new Error(`${clothesUrl}: expected the built-in network, got status ${answer.status}`);
  }
  return {
    ...(await fromSafetensors(await answer.arrayBuffer(), "Built-in: clothes")),
    builtIn: true,
  };
}

/** A network from a visitor's file. Throws what says, in a sentence, why it cannot be used. */
export async function fromFile(file: File): Promise<Network> {
  const bytes = await file.arrayBuffer();
  if (/\.onnx$/i.test(file.name)) return fromOnnx(bytes, file.name);
  return fromSafetensors(bytes, file.name);
}

/** Weights of the built-in network's shape, for any number of classes. */
async function fromSafetensors(bytes: ArrayBuffer, title: string): Promise<Network> {
  const file = await openSafetensors(bytes);
  const model = clothesNetwork(classesOf(file));
  try {
    await loadStateDict(model, file);
  } catch (error) {
    model.dispose();
    throw error;
  }
  const labels = labelsOf(file, model.fc.weight.shape[0] ?? 0);
  const [right, of] = ["right", "heldOut"].map((name) => Number(file.metadata.get(name)));
  return networkOf(model, {
    title,
    builtIn: false,
    about: `A residual network for pictures of 28 × 28 grey values: ${labels.join(", ")}.`,
    fileBytes: bytes.byteLength,
    size: { channels: 1, height: 28, width: 28 },
    labels,
    input: clothesInput,
    accuracy: right && of ? { right, of } : undefined,
  });
}

function classesOf({ tensors }: TensorReader): number {
  const [classes, ...rest] = tensors.get("fc.weight")?.shape ?? [];
  if (classes !== undefined && classes > 1 && rest.length === 1) return classes;
  throw new Error(
    "Expected weights of the page's own kind of network, with a head called fc, got a file without it. " +
      "A safetensors file holds numbers but no network: for other networks, choose an ONNX file.",
  );
}

/** Names of the classes as the file has them, one a line; without them those of the clothes, or numbers. */
function labelsOf({ metadata }: TensorReader, classes: number): readonly string[] {
  const own = metadata.get("classes")?.split("\n");
  if (own?.length === classes) return own;
  if (classes === clothes.length) return clothes;
  return Array.from({ length: classes }, (_, i) => `class ${i}`);
}

function fromOnnx(bytes: ArrayBuffer, title: string): Network {
  const model = loadOnnx(bytes);
  try {
    const { outputs } = model;
    const size = sizeOf(model.inputs);
    return networkOf(model, {
      ...{ title, builtIn: false, fileBytes: bytes.byteLength, size },
      about: `From a file, whose input is called ${model.inputs[0]?.name} and whose output ${outputs[0]?.name}.`,
      labels: undefined,
      input: undefined,
      accuracy: undefined,
    });
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** The size of the pictures that the only input takes. */
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
  throw new Error(
    "Expected a network of one input, float pictures [N, C, H, W] with 1, 3 or 4 channels, got " +
      `${got.join(" and ") || "none"}. Choose one that classifies pictures, channels first.`,
  );
}

type Known = Omit<
  Network,
  "classes" | "summary" | "model" | "predict" | "prepare" | "dispatches" | "dispose"
>;

/** A model and what is known of it. Throws unless it gives a row of scores for a picture. */
function networkOf(model: nn.AnyModule, known: Known): Network {
  const { channels, height, width } = known.size;
  const shape = [1, channels, height, width];
  const found = summary(model, shape);
  const [output = []] = found.outputs;
  const [rows, classes = 0, ...rest] = output;
  if (found.outputs.length !== 1 || rows !== 1 || classes < 2 || rest.some((n) => n !== 1)) {
    const got = found.outputs.map((each) => `[${each.join(", ")}]`).join(" and ");
    throw new Error(
      `Expected a network that gives one row of scores for a picture, got ${got}. Choose one that classifies pictures.`,
    );
  }
  // a module of one tensor, as was just seen
  const inference = nn.inference(model.eval() as nn.Module<[x: Tensor], Tensor>);
  return {
    ...known,
    ...{ model, classes, summary: found },
    predict: (x) => scope(() => reshape(inference(x), [1, classes])),
    prepare: (onProgress) =>
      inference.prepare([{ shape, dtype: "f32" }], onProgress ? { onProgress } : {}),
    dispatches: () => inference.plan().dispatches - inference.plan().constant,
    dispose: () => {
      inference.dispose();
      model.dispose();
    },
  };
}

/**
 * The likeliest classes by a network's scores [1, classes], the likeliest first. Of a network that ends with a softmax the
 * scores are probabilities already, and logits are their logarithms.
 */
export async function likeliest(
  scores: Tensor,
  options: PredictionsOptions,
): Promise<readonly Prediction[]> {
  const values = Array.from(await scores.read());
  const sum = values.reduce((total, value) => total + value, 0);
  const probable = values.every((value) => value >= 0) && Math.abs(sum - 1) < 1e-3;
  using logits = probable ? scope(() => log(scores)) : scope(() => reshape(scores, scores.shape));
  return (await predictions(logits, options))[0] ?? [];
}
