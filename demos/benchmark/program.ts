/** Source of a program that times a training step of the perceptron as the page does. */
export function program(rounds: number): string {
  return `import { capture, init, uniform } from "wgrad";
import { crossEntropy } from "wgrad/loss";
import * as nn from "wgrad/nn";
import { Adam } from "wgrad/optim";

const { gpu } = await init();
const layers = [new nn.Linear(784, 256), new nn.ReLU(), new nn.Linear(256, 128), new nn.ReLU()];
const model = new nn.Sequential(...layers, new nn.Linear(128, 10));
const optimizer = new Adam(model.parameters(), { lr: 1e-3 });
const x = uniform([128, 784]);
const labels = Array.from({ length: 128 }, (_, i) => i % 10);
const step = capture(() => {
  optimizer.zeroGrad();
  const loss = crossEntropy(model.forward(x), labels);
  loss.backward();
  optimizer.step();
  return loss;
});
for (let warm = 0; warm < 3; warm++) await step().item(); // compiles and records
const times = [];
for (let round = 0; round < ${rounds}; round++) {
  const start = performance.now();
  await step().item(); // reading waits for the GPU
  times.push(performance.now() - start);
}
times.sort((a, b) => a - b);
console.log("median of a step on", gpu.adapter.name, times[times.length >> 1], "ms");
`;
}
