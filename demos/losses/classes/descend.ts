import { type Captured, capture, reshape, type Tensor, tensor } from "wgrad";
import { crossEntropy } from "wgrad/loss";
import { SGD } from "wgrad/optim";

const STEPS = 300;
const RATE = 1;

/**
 * Gradient descent on three logits under cross-entropy with smoothed labels: by how much the true logit exceeds the
 * others, before the first step and after each. Rejects with the signal's reason.
 */
export async function smoothed(labelSmoothing: number, signal: AbortSignal): Promise<number[]> {
  const logits = tensor([0, 0, 0], { shape: [1, 3], requiresGrad: true, name: "logits" });
  const optimizer = new SGD([logits], { lr: RATE });
  const step: Captured<[], Tensor> = capture(() => {
    optimizer.zeroGrad();
    crossEntropy(logits, [0], { labelSmoothing }).backward();
    optimizer.step();
    return reshape(logits, [3]);
  });
  const margins = [0];
  try {
    for (let done = 0; done < STEPS; done++) {
      using row = step();
      const [truth = 0, other = 0] = await row.read();
      margins.push(truth - other);
      signal.throwIfAborted();
    }
    return margins;
  } finally {
    for (const each of [step, optimizer, logits]) each.dispose();
  }
}
