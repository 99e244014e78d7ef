import { concat, noGrad, reshape, scope, sigmoid, softmax, type Tensor, tensor } from "wgrad";
import { binaryCrossEntropyWithLogits, crossEntropy } from "wgrad/loss";

export interface ClassOptions {
  readonly logits: readonly number[];
  readonly truth: number;
  /** Label smoothing ε of the softmax's cross-entropy. */
  readonly smoothing: number;
  /** Weight of the true class, in both losses. */
  readonly weight: number;
}

/** Probabilities of the classes and the gradient of their logits. */
export interface Told {
  readonly loss: number;
  readonly probabilities: readonly number[];
  readonly gradients: readonly number[];
}

/** Losses and gradients of the logits [3], with one softmax and with three sigmoids. */
export async function tell(
  options: ClassOptions,
): Promise<Readonly<Record<"softmax" | "sigmoids", Told>>> {
  const { logits } = options;
  const n = logits.length;
  using row = scope(() => concat([...oneSoftmax(options), ...threeSigmoids(options)]));
  const data = Array.from(await row.read());
  const told = (at: number): Told => ({
    loss: Number(data[at]),
    probabilities: data.slice(at + 1, at + 1 + n),
    gradients: data.slice(at + 1 + n, at + 1 + 2 * n),
  });
  return { softmax: told(0), sigmoids: told(1 + 2 * n) };
}

function oneSoftmax({ logits, truth, smoothing, weight }: ClassOptions): Tensor[] {
  const n = logits.length;
  const z = tensor([...logits], { shape: [1, n], requiresGrad: true });
  const weights = tensor(logits.map((_, i) => (i === truth ? weight : 1)));
  const loss = crossEntropy(z, [truth], {
    labelSmoothing: smoothing,
    weight: weights,
    reduction: "sum",
  });
  return parts(z, loss, softmax(z));
}

function threeSigmoids({ logits, truth, weight }: ClassOptions): Tensor[] {
  const z = tensor([...logits], { shape: [1, logits.length], requiresGrad: true });
  const target = tensor(
    logits.map((_, i) => Number(i === truth)),
    { shape: [1, logits.length] },
  );
  const loss = binaryCrossEntropyWithLogits(z, target, {
    posWeight: tensor([weight]),
    reduction: "sum",
  });
  return parts(z, loss, sigmoid(z));
}

function parts(z: Tensor, loss: Tensor, probabilities: Tensor): Tensor[] {
  loss.backward();
  const { grad } = z;
  if (!grad) throw new Error("expected logits with a gradient");
  const rows = noGrad(() => [loss, probabilities, grad].map((each) => reshape(each, [each.size])));
  return rows;
}
