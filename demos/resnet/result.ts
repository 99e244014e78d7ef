import { digest } from "../shared/digest.ts";
import type { Evaluation } from "./evaluate.ts";
import type { PerStep } from "./per_step.ts";
import type { Trainer } from "./trainer.ts";

/** Result of a finished training, as plain JSON. */
export function resultOf(
  trainer: Trainer,
  { accuracy, predictions }: Evaluation,
  adapter: { readonly name: string; readonly software: boolean },
  counters: PerStep | undefined,
) {
  const { losses, seconds, imagesPerSecond, settings, model } = trainer;
  const { block, norm, activation, optimiser, learningRate, width, depth, stages } = settings;
  const { shortcut, batch, seed } = settings;
  return {
    demo: "resnet",
    adapter: adapter.name,
    software: adapter.software,
    network: { block, norm, activation, shortcut, width, depth, stages },
    training: { optimiser, learningRate, batch, seed },
    parameters: model.parameterCount(),
    steps: losses.length,
    loss: { first: losses[0], last: losses.at(-1) },
    accuracy,
    heldOut: predictions.length,
    seconds: rounded(seconds),
    imagesPerSecond: rounded(imagesPerSecond),
    /** Counters of one step after warm-up. */
    counters,
    /** A digest of all losses: equal for two runs whose losses are equal to the bit. */
    lossDigest: digest(losses),
  };
}

const rounded = (value: number) => Math.round(10 * value) / 10;
