// Built from the library in dist, minified, and opened where recent builtins are missing.
import * as wgrad from "wgrad";
import { capture, init, matmul, scope, type Tensor, tensor, uniform } from "wgrad";
import { DataLoader, TensorDataset } from "wgrad/data";
import * as kernels from "wgrad/kernels";
import { crossEntropy } from "wgrad/loss";
import { KMeans } from "wgrad/ml";
import { resnet18 } from "wgrad/models";
import * as nn from "wgrad/nn";
import { AdamW } from "wgrad/optim";
import * as testing from "wgrad/testing";
import * as training from "wgrad/train";

/** The names of errors in this page, by the names under which the library exports their classes. */
function errorNames(): Record<string, string> {
  const classes = Object.entries(wgrad).filter(([name]) => name.endsWith("Error"));
  return Object.fromEntries(
    classes.map(([name, value]) => [name, new (value as typeof wgrad.WgradError)("a: b").name]),
  );
}

async function nameOfError(work: () => unknown): Promise<string> {
  try {
    await work();
    return "none";
  } catch (error) {
    return String(error);
  }
}

/** Two classes of noisy 8 × 8 pictures: bright on the left or on the right. */
function pictures(): TensorDataset {
  const y = Uint32Array.from({ length: 64 }, (_, i) => i % 2);
  const x = Float32Array.from({ length: 64 * 64 }, (_, i) => {
    const left = i % 8 < 4;
    return Math.sin(i * 12.9898) + (left === (Math.floor(i / 64) % 2 === 0) ? 1 : 0);
  });
  return new TensorDataset(tensor(x, { shape: [64, 1, 8, 8] }), tensor(y));
}

async function train() {
  const model = new nn.Sequential(
    new nn.Conv2d(1, 4, 3, { padding: 1 }),
    new nn.BatchNorm2d(4),
    new nn.ReLU(),
    new nn.Flatten(),
    new nn.Linear(256, 2),
  );
  const optimizer = new AdamW(model.parameters(), { lr: 0.01 });
  const dataset = pictures();
  const data = new DataLoader(dataset, { batchSize: 16 });
  const loss = ({ x, y }: { x: Tensor; y: Tensor }) => crossEntropy(model.forward(x), y);
  const before = await training.evaluate(model, new DataLoader(dataset, { batchSize: 16 }), loss);
  await training.fit({ model, optimizer, data, loss, epochs: 4 });
  const file = await training.saveCheckpoint({ model, optimizer, data });
  await training.loadCheckpoint(file, { model, optimizer, data });
  const step = capture((x: Tensor, y: Tensor) => {
    optimizer.zeroGrad();
    const value = crossEntropy(model.forward(x), y);
    value.backward();
    optimizer.step();
    return value;
  });
  const losses: number[] = [];
  for (let i = 0; i < 4; i++) {
    const { x, y } = dataset.batch(Uint32Array.from({ length: 16 }, (_, at) => 16 * i + at));
    using value = step(x, y);
    losses.push(await value.item());
  }
  return { before, losses };
}

/** x · a − y · a and its square, with a row of ones: operations that a captured step fuses into one dispatch. */
async function fused(): Promise<number[]> {
  const step = capture((x: Tensor, a: Tensor, y: Tensor) =>
    wgrad.square(wgrad.sub(wgrad.mul(x, a), wgrad.mul(y, a))),
  );
  using x = tensor([1, 2, 3, 4], { shape: [2, 2] });
  using a = tensor([2, 3], { shape: [2, 1] });
  using y = tensor([0, 0, 1, 1], { shape: [2, 2] });
  for (let times = 0; times < 2; times++) step(x, a, y).dispose();
  using found = step(x, a, y);
  return Array.from(await found.read());
}

async function work() {
  const notStarted = await nameOfError(() => tensor([1]));
  const engine = await init();
  using product = scope(() => matmul(uniform([4, 3]), uniform([3, 2])));
  const clusters = await new KMeans({ nClusters: 2 }).fit(tensor([[0], [0.1], [5], [5.1]]));
  return {
    adapter: engine.gpu.adapter,
    product: (await product.read()).length,
    iterations: clusters.nIter,
    training: await train(),
    fused: await fused(),
    names: errorNames(),
    errors: {
      notStarted,
      shape: await nameOfError(() => matmul(uniform([2, 3]), uniform([2, 3]))),
      value: await nameOfError(() => tensor([Number.NaN], { dtype: "u32" })),
    },
    exports: [kernels, testing, { resnet18 }].map((module) => Object.keys(module).length),
  };
}

declare global {
  interface Window {
    report?: Awaited<ReturnType<typeof work>>;
    failed?: string;
  }
}

try {
  window.report = await work();
} catch (error) {
  window.failed = error instanceof Error ? `${error.stack}` : String(error);
}
