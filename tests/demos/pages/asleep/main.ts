import { init, manualSeed, type Tensor, tensor } from "wgrad";
import { DataLoader, TensorDataset } from "wgrad/data";
import { crossEntropy } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { AdamW } from "wgrad/optim";
import { Recovery, saveCheckpoint, fit as train } from "wgrad/train";

const STEPS = 40;
/** Milliseconds that a step waits, which leave time to freeze the page. */
const WAIT = Number(new URLSearchParams(location.search).get("wait") ?? 0);

const progress = { done: 0, total: STEPS, text: "training" };
window.wgradDemo = { progress };

/** The result of a small training, as text that shows every bit. */
async function main(): Promise<object> {
  await init();
  manualSeed(11);
  const rows = 20;
  const x = Float32Array.from({ length: 6 * rows }, (_, i) => Math.sin(1.7 * i));
  const y = Uint32Array.from({ length: rows }, (_, i) => (i * i) % 3);
  const dataset = new TensorDataset(tensor(x, { shape: [rows, 6] }), tensor(y));
  const layers = [new nn.Linear(6, 8), new nn.BatchNorm1d(8), new nn.ReLU(), new nn.Dropout(0.2)];
  const model = new nn.Sequential(...layers, new nn.Linear(8, 3));
  const optimizer = new AdamW(model.parameters(), { lr: 0.05 });
  const data = new DataLoader(dataset, { batchSize: 5, seed: 3 });
  const recover = new Recovery({ checkpointEvery: 5 });
  const { losses } = await train({
    ...{ model, optimizer, data, recover, steps: STEPS },
    loss: (batch: { x: Tensor; y: Tensor }) => crossEntropy(model.forward(batch.x), batch.y),
    onStep: async ({ step }) => {
      progress.done = step;
      if (WAIT > 0) await new Promise((done) => setTimeout(done, WAIT));
    },
  });
  const file = await crypto.subtle.digest("SHA-256", await saveCheckpoint({ model, optimizer }));
  return { losses, file: [...new Uint8Array(file)].join(), recoveries: recover.losses };
}

main().then(
  (result) => {
    window.wgradDemo = { progress, result };
  },
  (error: unknown) => {
    window.wgradDemo = { progress, error: String(error) };
  },
);
