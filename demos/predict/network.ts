import { log, reshape, scope, type Tensor } from "wgrad";
import {
  type ImageTensorOptions,
  type Prediction,
  type PredictionsOptions,
  predictions,
} from "wgrad/data";
import * as nn from "wgrad/nn";
import { type ModelSummary, summary } from "wgrad/train";
import * as words from "../words/en/predict/page.ts";

/** Height and width of a picture as network input. */
export interface PictureSize {
  readonly channels: 1 | 3 | 4;
  readonly height: number;
  readonly width: number;
}

/** Measured accuracy of a network on held-out pictures. */
export interface Accuracy {
  readonly right: number;
  readonly of: number;
  /** Number of pictures that it was trained on. */
  readonly trainedOn: number;
}

/** Scores [N, classes] of pictures [N, C, H, W]. */
export type Classifier = nn.Module<[x: Tensor], Tensor>;

/** A network that classifies pictures, ready to run. */
export interface Network {
  /** Name of the network, for a title. */
  readonly title: string;
  /** Data set or origin of the network, in a sentence. */
  readonly about: string;
  /** Size of its file; undefined if it has not been saved. */
  readonly fileBytes: number | undefined;
  /** Whether the network came with the page, not from a file. */
  readonly builtIn: boolean;
  readonly size: PictureSize;
  readonly classes: number;
  /** Names of its classes, if known. */
  readonly labels: readonly string[] | undefined;
  /** Preparation of its pictures, if known. */
  readonly input: ImageTensorOptions | undefined;
  readonly accuracy: Accuracy | undefined;
  readonly summary: ModelSummary;
  readonly model: Classifier;
  /** A copy with its own weights and a new last layer for this many classes; all other layers are frozen. */
  withNewHead(classes: number): Promise<{ model: Classifier; head: nn.Linear }>;
  /** A `Network` of a copy that `withNewHead` returned, once it is trained. */
  withModel(model: Classifier, labels: readonly string[], accuracy: Accuracy): Network;
  /** Scores [1, classes] of a picture [1, C, H, W]. */
  predict(x: Tensor): Tensor;
  /** Compiles its pipelines; says after each one how many are done. */
  prepare(say?: (text: string) => void): Promise<void>;
  /** Number of dispatches of a call. */
  dispatches(): number;
  dispose(): void;
}

/** What is known of a model before it is run. */
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
  /** For a network with this many scores, a copy with frozen layers and a new head for this many classes. */
  newHead(classes: number, scores: number): ReturnType<Network["withNewHead"]>;
}

/**
 * Makes a network of a model and what is known of it. Throws unless the model returns one row of scores for a picture.
 */
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
    prepare: (say) =>
      inference.prepare([{ shape, dtype: "f32" }], {
        onProgress: ({ done, total }) => say?.(words.compilingKernelsOf(done, total)),
      }),
    dispatches: () => inference.plan().dispatches - inference.plan().constant,
    dispose: () => {
      inference.dispose();
      model.dispose();
    },
  };
}

/**
 * The most probable classes for scores [1, classes], the most probable first. If a network ends with a softmax, its
 * scores are probabilities already, and their logarithms serve as logits.
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
