import { log, reshape, scope, type Tensor, type WarmProgress } from "wgrad";
import {
  type ImageTensorOptions,
  type Prediction,
  type PredictionsOptions,
  predictions,
} from "wgrad/data";
import * as nn from "wgrad/nn";
import { type ModelSummary, summary } from "wgrad/train";
import * as words from "../words/en/predict/page.ts";

/** Of a picture, as a network takes it. */
export interface PictureSize {
  readonly channels: 1 | 3 | 4;
  readonly height: number;
  readonly width: number;
}

/** What is known of a network's answers to pictures that it was not trained on. */
export interface Accuracy {
  readonly right: number;
  readonly of: number;
  /** Pictures that it was trained on. */
  readonly trainedOn: number;
}

/** Scores [N, classes] of pictures [N, C, H, W]. */
export type Classifier = nn.Module<[x: Tensor], Tensor>;

/** A network that classifies pictures, ready to run. */
export interface Network {
  /** What it is, for a title. */
  readonly title: string;
  /** What it learned, or where it comes from, in a sentence. */
  readonly about: string;
  /** Undefined for one that was not saved yet. */
  readonly fileBytes: number | undefined;
  /** Whether it came with the page. */
  readonly builtIn: boolean;
  readonly size: PictureSize;
  readonly classes: number;
  /** Names of its classes, if they are known. */
  readonly labels: readonly string[] | undefined;
  /** How its pictures are prepared, if that is known. */
  readonly input: ImageTensorOptions | undefined;
  readonly accuracy: Accuracy | undefined;
  readonly summary: ModelSummary;
  readonly model: Classifier;
  /** A copy that is all its own, with a fresh last layer for so many classes; all others are frozen. */
  withNewHead(classes: number): Promise<{ model: Classifier; head: nn.Linear }>;
  /** Such a copy as a network. */
  withModel(model: Classifier, labels: readonly string[], accuracy: Accuracy): Network;
  /** Scores [1, classes] of a picture [1, C, H, W]. */
  predict(x: Tensor): Tensor;
  /** Compiles what it needs; tells of every pipeline. */
  prepare(onProgress?: (progress: WarmProgress) => void): Promise<void>;
  /** Dispatches of a call. */
  dispatches(): number;
  dispose(): void;
}

/** What is known of a model before it is looked at. */
export interface Known
  extends Omit<
    Network,
    | "classes"
    | "summary"
    | "model"
    | "withNewHead"
    | "withModel"
    | "predict"
    | "prepare"
    | "dispatches"
    | "dispose"
  > {
  /** A copy with a fresh head for so many classes behind frozen layers, for a network that gives so many scores. */
  newHead(classes: number, scores: number): ReturnType<Network["withNewHead"]>;
}

/** A model and what is known of it. Throws unless it gives a row of scores for a picture. */
export function networkOf(model: Classifier, known: Known): Network {
  const { channels, height, width } = known.size;
  const shape = [1, channels, height, width];
  const found = summary(model, shape);
  const [output = []] = found.outputs;
  const [rows, classes = 0, ...rest] = output;
  if (found.outputs.length !== 1 || rows !== 1 || classes < 2 || rest.some((n) => n !== 1)) {
    const got = found.outputs.map((each) => `[${each.join(", ")}]`).join(words.and);
    throw new Error(words.expectedNetworkThatGives(got));
  }
  const inference = nn.inference(model.eval());
  return {
    ...known,
    ...{ model, classes, summary: found },
    withNewHead: (count) => known.newHead(count, classes),
    withModel: (tuned, labels, accuracy) =>
      networkOf(tuned, {
        ...known,
        ...{ title: words.tuned(labels.join(", ")), labels, builtIn: false, fileBytes: undefined },
        about: words.layersOfAsTheyWere(known.title, labels.join(", ")),
        accuracy: accuracy.of > 0 ? accuracy : undefined,
      }),
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
