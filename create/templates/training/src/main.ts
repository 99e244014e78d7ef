import { init, tensor } from "wgrad";
import { DataLoader, TensorDataset } from "wgrad/data";
import { crossEntropy } from "wgrad/loss";
import { makeMoons } from "wgrad/ml";
import * as nn from "wgrad/nn";
import { AdamW } from "wgrad/optim";
import { accuracy, evaluate, fit } from "wgrad/train";

const output = document.querySelector("pre") as HTMLPreElement;
const say = (line: string) => {
  output.textContent += `${line}\n`;
};

/** Two half moons: points of the plane, and the class of each. */
function moons(nSamples: number, randomState: number): TensorDataset {
  const { X, y } = makeMoons({ nSamples, noise: 0.15, randomState });
  return new TensorDataset(
    tensor(Float32Array.from(X.data), { shape: X.shape }),
    tensor(Uint32Array.from(y)),
  );
}

async function train(): Promise<number> {
  const model = new nn.Sequential(
    new nn.Linear(2, 32),
    new nn.ReLU(),
    new nn.Linear(32, 32),
    new nn.ReLU(),
    new nn.Linear(32, 2),
  );
  const optimizer = new AdamW(model.parameters(), { lr: 0.01 });
  const data = new DataLoader(moons(512, 1), { batchSize: 64 });
  const held = new DataLoader(moons(256, 2), { batchSize: 256 });
  const validate = () => evaluate(model, held, ({ x, y }) => accuracy(model.forward(x), y));
  await fit({
    ...{ model, optimizer, data, validate, epochs: 20 },
    loss: ({ x, y }) => crossEntropy(model.forward(x), y),
    onEpoch: ({ epoch, loss, metric = 0 }) => {
      say(`epoch ${epoch}: loss ${loss.toFixed(4)}, accuracy ${(100 * metric).toFixed(1)} %`);
    },
  });
  return validate();
}

try {
  const engine = await init();
  say(`on ${engine.gpu.adapter.name}`);
  say(`accuracy of points never seen: ${(100 * (await train())).toFixed(1)} %`);
  document.body.dataset.status = "ok";
} catch (error) {
  say(String(error));
  document.body.dataset.status = "error";
}
