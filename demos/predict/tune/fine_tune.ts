import type { Tensor } from "wgrad";
import { DataLoader, type TensorDataset } from "wgrad/data";
import { crossEntropy } from "wgrad/loss";
import type { ResNet } from "wgrad/models";
import * as nn from "wgrad/nn";
import { AdamW } from "wgrad/optim";
import { accuracy, evaluate, type FitCommon, fit as train } from "wgrad/train";

type Classifier = nn.Module<[x: Tensor], Tensor>;
type Batch = { x: Tensor; y: Tensor };

/** Replaces the last layer by a new one. All other layers stay as they are. */
export function replaceHead(model: ResNet, classes: number): nn.Linear {
  nn.freeze(model);
  const head = new nn.Linear(model.fc.weight.shape[1] ?? 0, classes);
  nn.replaceModule(model, "fc", head).dispose();
  return head;
}

/** The same for a network whose last layer cannot be replaced: a new layer after its scores. */
export function headOnTop(
  network: nn.Module<[x: Tensor], Tensor>,
  scores: number,
  classes: number,
) {
  nn.freeze(network);
  const head = new nn.Linear(scores, classes);
  return { model: new nn.Sequential(network, new nn.Flatten(), head), head };
}

/** Trains the head on some of the pictures; the rest of the network does not change. */
export async function trainHead(
  model: Classifier,
  head: nn.Linear,
  dataset: TensorDataset,
  indices: Uint32Array,
  options: Omit<FitCommon<Batch>, "model" | "data">,
) {
  const data = new DataLoader(dataset, { indices, batchSize: 16, seed: 1 });
  const optimizer = new AdamW(head.parameters(), { lr: 0.01 });
  const loss = ({ x, y }: Batch) => crossEntropy(model.forward(x), y);
  model.train(); // all parameters that are not frozen
  try {
    return await train({ model, optimizer, data, loss, ...options });
  } finally {
    optimizer.dispose();
  }
}

/** Accuracy on some pictures. */
export function shareRight(model: Classifier, dataset: TensorDataset, indices: Uint32Array) {
  const data = new DataLoader(dataset, { indices, shuffle: false });
  return evaluate(model, data, ({ x, y }) => accuracy(model.forward(x), y));
}
