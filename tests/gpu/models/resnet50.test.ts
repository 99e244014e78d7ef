import { expect, test } from "vitest";
import { crossEntropy } from "../../../src/loss/cross_entropy.ts";
import { resnet18, resnet34, resnet50 } from "../../../src/models/index.ts";
import { SGD } from "../../../src/optim/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();
const SIZE = 64;

test("residual networks for ImageNet have the published numbers of parameters", async () => {
  for (const [make, count] of [
    [resnet18, 11_689_512],
    [resnet34, 21_797_672],
    [resnet50, 25_557_032],
  ] as const) {
    const model = make();
    expect(model.parameterCount()).toBe(count);
    model.dispose();
    // runs the initialisation of the weights now, so that the next test's flush does not include it
    await engine.flush();
  }
});

// At 224² the same step takes 558 dispatches, the same pipelines, and half a minute on a software adapter.
test("a ResNet-50 trains in one captured step with few pipelines and the memory that was predicted", async () => {
  const model = resnet50();
  const optimizer = new SGD(model.parameters(), { lr: 0.01, momentum: 0.9 });
  const x = tensor(
    Float32Array.from({ length: 3 * SIZE ** 2 }, (_, i) => Math.sin(i)),
    { shape: [1, 3, SIZE, SIZE] },
  );
  const y = tensor(Uint32Array.of(7));
  await engine.flush();
  const step = capture(
    () => {
      optimizer.zeroGrad();
      const loss = crossEntropy(model.forward(x), y);
      loss.backward();
      optimizer.step();
      return loss;
    },
    { copy: false },
  );
  const before = engine.counters();
  const first = await step().item();
  const after = engine.counters();
  expect(Math.abs(first - Math.log(1000))).toBeLessThan(3);
  expect(after.submits - before.submits).toBe(1);
  expect(after.pipelinesCompiled).toBeLessThan(150);
  const { bytes, sharedBytes, dispatches } = step.plan();
  expect(dispatches).toBeLessThan(600);
  const predicted = bytes + sharedBytes;
  expect(Math.abs(predicted / after.peakBytes - 1)).toBeLessThan(0.1);
  step.dispose();
  model.dispose();
}, 120_000);
