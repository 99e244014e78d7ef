import { concat, manualSeed, scope, type Tensor, tensor } from "wgrad";
import { type ImageTensorOptions, TensorDataset } from "wgrad/data";
import type { Progress } from "wgrad/train";
import * as words from "../../words/en/predict/tune.ts";
import { likeliest, type Network } from "../network.ts";
import { type Picture, prepare } from "../picture.ts";
import { shareRight, trainHead } from "./fine_tune.ts";
import { type OwnClass, type Split, split } from "./own_class.ts";

/** Steps between two measurements of the accuracy. */
const MEASURED_EVERY = 10;

/** A classified picture of those on which accuracy is measured. */
export interface Guess {
  readonly picture: Picture;
  readonly is: string;
  readonly found: string;
  readonly probability: number;
}

/** Result of a fine-tuning. */
export interface Tuned {
  /** The tuned network; the caller disposes of it. */
  readonly network: Network;
  readonly steps: number;
  /** Whether the visitor stopped it before its last step. */
  readonly stopped: boolean;
  readonly split: Split;
  /** Accuracy with the untrained head, and at the end. */
  readonly before: number;
  readonly after: number;
  /** Classifications of all pictures measured: the held-out ones or, if there are none, the training pictures. */
  readonly guesses: readonly Guess[];
}

export interface TuneOptions {
  readonly preparation: ImageTensorOptions;
  readonly steps: number;
  /** Aborts the work without a result. */
  readonly signal: AbortSignal;
  /** Stops the training; what is learned so far stays. */
  readonly stop: AbortSignal;
  readonly onStage: (text: string) => void;
  readonly onStep: (progress: Progress) => void;
  readonly onMeasured: (step: number, share: number) => void;
}

/** Fine-tunes a copy of a network for the visitor's classes, with a new head. Rejects with the signal's reason. */
export async function tune(
  base: Network,
  classes: readonly OwnClass[],
  options: TuneOptions,
): Promise<Tuned> {
  const parts = split(classes);
  const dataset = await datasetOf(base, classes, options);
  try {
    manualSeed(1); // a fixed seed: the same pictures give the same head
    const copy = await base.withNewHead(classes.length);
    try {
      return await trained(base, copy, dataset, { classes, parts, options });
    } catch (error) {
      copy.model.dispose();
      throw error;
    }
  } finally {
    dataset.dispose();
  }
}

interface Lesson {
  readonly classes: readonly OwnClass[];
  readonly parts: Split;
  readonly options: TuneOptions;
}

async function trained(
  base: Network,
  { model, head }: Awaited<ReturnType<Network["withNewHead"]>>,
  dataset: TensorDataset,
  { classes, parts, options }: Lesson,
): Promise<Tuned> {
  const { signal, stop, steps, onStep, onMeasured, onStage } = options;
  onStage(words.compilingKernels);
  const measured = parts.heldOut.length > 0 ? parts.heldOut : parts.train;
  const measure = async (step: number) => {
    const share = await shareRight(model, dataset, measured);
    onMeasured(step, share);
    return share;
  };
  const before = await measure(0);
  signal.throwIfAborted();
  onStage(words.training);
  const perEpoch = Math.ceil(parts.train.length / 16);
  let done = 0;
  const { ended } = await trainHead(model, head, dataset, parts.train, {
    ...{ steps, signal: AbortSignal.any([signal, stop]) },
    onStep: (progress) => {
      done = progress.step;
      if (!signal.aborted) onStep(progress);
    },
    validate: () => measure(done),
    validateEvery: Math.max(1, Math.round(MEASURED_EVERY / perEpoch)),
  });
  signal.throwIfAborted();
  if (ended === "diverged") throw new Error(words.lossIsNoNumberAny);
  const after = await measure(done);
  const labels = classes.map(({ name }) => name);
  const network = base.withModel(model, labels, {
    right: Math.round(after * measured.length),
    of: parts.heldOut.length,
    trainedOn: parts.train.length,
  });
  const guesses = await guessesOf(network, classes, dataset, measured);
  return {
    network,
    steps: done,
    stopped: ended === "aborted",
    split: parts,
    before,
    after,
    guesses,
  };
}

/** All pictures as network input, with the indices of their classes. */
async function datasetOf(
  base: Network,
  classes: readonly OwnClass[],
  { preparation, signal, onStage }: TuneOptions,
): Promise<TensorDataset> {
  const pictures = classes.flatMap((each) => each.pictures);
  const made: Tensor[] = []; // [1, C, H, W] each
  try {
    for (const { source } of pictures) {
      onStage(words.preparingPictureOf(made.length + 1, pictures.length));
      made.push((await prepare(source, base, preparation)).x);
      signal.throwIfAborted();
    }
    const labels = classes.flatMap((each, label) => each.pictures.map(() => label));
    return new TensorDataset(
      scope(() => concat(made)),
      tensor(Uint32Array.from(labels)),
    );
  } finally {
    for (const x of made) x.dispose();
  }
}

async function guessesOf(
  network: Network,
  classes: readonly OwnClass[],
  dataset: TensorDataset,
  measured: Uint32Array<ArrayBuffer>,
): Promise<readonly Guess[]> {
  const all = classes.flatMap(({ name, pictures }) =>
    pictures.map((picture) => ({ picture, is: name })),
  );
  const guesses: Guess[] = [];
  for (const index of measured) {
    using scores = scope(() => network.predict(dataset.batch(Uint32Array.of(index)).x));
    const [first] = await likeliest(scores, { k: 1, labels: network.labels ?? [] });
    const known = all[index];
    if (first && known)
      guesses.push({ ...known, found: first.label, probability: first.probability });
  }
  return guesses;
}
