import { noGrad, scope } from "wgrad";
import type { Module } from "wgrad/nn";
import { type Clothes, classes } from "./data.ts";

/** The network's prediction for a held-out image. */
export interface Prediction {
  /** Index of the image in the data set. */
  readonly image: number;
  readonly label: number;
  readonly predicted: number;
  /** Probability of the predicted class. */
  readonly confidence: number;
}

export interface Evaluation {
  readonly accuracy: number;
  /** Confusion matrix: counts by true class, then predicted class. */
  readonly confusion: readonly (readonly number[])[];
  readonly predictions: readonly Prediction[];
}

/** Batch size of an evaluation. */
const BATCH = 250;

/**
 * Runs the network in evaluation mode on these images. Reads back only ten numbers an image. Undefined if `ended`
 * returns true between two batches.
 */
export async function evaluate(
  model: Module,
  clothes: Clothes,
  images: Uint32Array<ArrayBuffer>,
  ended: () => boolean,
): Promise<Evaluation | undefined> {
  const predictions: Prediction[] = [];
  for (let start = 0; start < images.length; start += BATCH) {
    const part = images.slice(start, start + BATCH);
    const logits = await forward(model, clothes, part);
    if (ended()) return undefined;
    for (const [row, image] of part.entries()) {
      const scores = logits.subarray(row * classes.length, (row + 1) * classes.length);
      predictions.push({ image, label: clothes.labels[image] ?? 0, ...winner(scores) });
    }
  }
  return summary(predictions);
}

async function forward(model: Module, clothes: Clothes, images: Uint32Array<ArrayBuffer>) {
  model.eval();
  using logits = scope(() => noGrad(() => model.forward(clothes.dataset.batch(images).x)));
  model.train();
  return logits.read();
}

/** The largest score and its softmax: 1 / Σ exp(s − max). */
function winner(scores: Iterable<number>): { predicted: number; confidence: number } {
  const all = [...scores];
  const max = Math.max(...all);
  const sum = all.reduce((total, score) => total + Math.exp(score - max), 0);
  return { predicted: Math.max(all.indexOf(max), 0), confidence: 1 / sum };
}

function summary(predictions: readonly Prediction[]): Evaluation {
  const confusion = classes.map(() => classes.map(() => 0));
  let right = 0;
  for (const { label, predicted } of predictions) {
    const row = confusion[label];
    if (row) row[predicted] = (row[predicted] ?? 0) + 1;
    if (label === predicted) right++;
  }
  return { accuracy: right / predictions.length, confusion, predictions };
}
