import { expect, test } from "vitest";
import { crossEntropy } from "../../../src/loss/cross_entropy.ts";
import { densenet121 } from "../../../src/models/index.ts";
import { manualSeed, normal } from "../../../src/ops/random/random.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

/** Loss, gradients and running statistics after the first step of a new network, eager or captured. */
async function firstStep(memoryEfficient: boolean, captured: boolean) {
  manualSeed(5);
  const model = densenet121({ small: true, numClasses: 3, memoryEfficient });
  using x = normal([2, 3, 32, 32]);
  using labels = tensor(Uint32Array.of(2, 0));
  const run = () => {
    const loss = crossEntropy(model.forward(x), labels);
    loss.backward();
    return loss;
  };
  const step = capture(run);
  const loss = captured ? step() : scope(run);
  const found: [string, unknown][] = [["loss", await loss.read()]];
  for (const [name, p] of model.namedParameters()) {
    if (!p.grad) throw new Error(`${name} has no gradient`);
    found.push([name, await p.grad.read()]);
  }
  for (const [name, value] of model.namedBuffers()) found.push([name, await value.read()]);
  const bytes = captured ? step.plan().bytes : 0;
  loss.dispose();
  step.dispose();
  model.dispose();
  await engine.flush();
  return { found, bytes };
}

test.each([
  ["one by one", false],
  ["in a captured step", true],
] as const)(
  "a memory-efficient DenseNet has the same loss, gradients and statistics to the bit, %s",
  async (_, captured) => {
    const plain = await firstStep(false, captured);
    const efficient = await firstStep(true, captured);
    expect(efficient.found).toEqual(plain.found);
    if (captured) expect(efficient.bytes).toBeLessThan(plain.bytes);
  },
  120_000,
);
