import { capture, noGrad, scope, type Tensor, tensor } from "wgrad";
import { DataLoader, TensorDataset } from "wgrad/data";
import { crossEntropy, focalLoss } from "wgrad/loss";
import type { FloatMatrix } from "wgrad/ml";
import * as nn from "wgrad/nn";
import { AdamW } from "wgrad/optim";
import { fit as train } from "wgrad/train";
import { bySeed } from "../../shared/by_seed.ts";
import { type Method, resampled, type Samples } from "./methods.ts";

export interface TwoClasses {
  readonly samples: Samples;
  readonly method: Method;
  /** γ of the focal loss. */
  readonly gamma: number;
  readonly seed: number;
  readonly steps: number;
}

/** A trained network for two classes. */
export interface Telling {
  /** Training set of the method; samples that were synthesised or repeated come last. */
  readonly trained: Samples;
  /** Log-odds of the rare class for points [n, features]. */
  odds(places: FloatMatrix): Promise<Float64Array>;
  dispose(): void;
}

const uploaded = ({ data, shape }: FloatMatrix) => tensor(Float32Array.from(data), { shape });

/**
 * Trains a small network by a method; `resampled` is the training set after resampling. Rejects with the signal's
 * reason.
 */
export async function tell(
  { samples, method, gamma, seed, steps }: TwoClasses,
  { signal, onStep }: { readonly signal: AbortSignal; readonly onStep?: (step: number) => void },
): Promise<Telling> {
  const trained = await resampled(samples, method, seed);
  const [, features] = trained.X.shape;
  const model = bySeed(seed, () => network(features));
  const optimizer = new AdamW(model.parameters(), { lr: 0.02, weightDecay: 0.01 });
  const dataset = new TensorDataset(uploaded(trained.X), tensor(Uint32Array.from(trained.y)));
  const data = new DataLoader(dataset, { batchSize: "full", shuffle: false });
  using weight = tensor(method === "weighted" ? balanced(trained.y) : [1, 1]);
  const step = capture((x: Tensor, y: Tensor) => {
    optimizer.zeroGrad();
    const logits = model.forward(x);
    const loss =
      // with weights of 1, plain cross-entropy
      method === "focal" ? focalLoss(logits, y, { gamma }) : crossEntropy(logits, y, { weight });
    loss.backward();
    optimizer.step();
    return loss;
  });
  const { x, y } = dataset.batch(Uint32Array.from(trained.y.keys()));
  try {
    await train({
      ...{ model, data, steps, signal, step: () => step(x, y) },
      onStep: (progress) => {
        if (!signal.aborted) onStep?.(progress.step);
      },
    });
    signal.throwIfAborted();
  } catch (error) {
    model.dispose();
    throw error;
  } finally {
    for (const each of [x, y, step, optimizer, dataset]) each.dispose();
  }
  model.eval();
  return { trained, odds: (places) => oddsOf(model, places), dispose: () => model.dispose() };
}

const network = (features: number) =>
  new nn.Sequential(new nn.Linear(features, 32), new nn.Tanh(), new nn.Linear(32, 2));

/** Class weights with which both classes count equally: samples / (classes · samples of the class). */
function balanced(y: readonly number[]): number[] {
  const rare = y.reduce((sum, label) => sum + label, 0);
  return [y.length - rare, rare].map((count) => y.length / (2 * count));
}

/** The logit of the rare class minus that of the common one. */
async function oddsOf(model: nn.Module<[x: Tensor], Tensor>, places: FloatMatrix) {
  using logits = scope(() => noGrad(() => model.forward(uploaded(places))));
  const values = await logits.read();
  return Float64Array.from(
    { length: places.shape[0] },
    (_, i) => Number(values[2 * i + 1]) - Number(values[2 * i]),
  );
}
