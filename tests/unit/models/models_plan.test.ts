import { describe, expect, test } from "vitest";
import { noGrad } from "../../../src/autograd/mode.ts";
import { crossEntropy } from "../../../src/loss/cross_entropy.ts";
import { densenet121, inceptionV3 } from "../../../src/models/index.ts";
import type { AnyModule } from "../../../src/nn/module/module.ts";
import { add, mul } from "../../../src/ops/elementwise/elementwise.ts";
import { SGD } from "../../../src/optim/index.ts";
import { init } from "../../../src/scheduler/engine.ts";
import type { StepPlan } from "../../../src/scheduler/step/step_plan.ts";
import { capture } from "../../../src/tensor/capture.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { outputsOf } from "../../support/models/builders.ts";
import { silentDevice } from "../../support/silent_device.ts";

const engine = await init({ device: silentDevice() });

/** The plan of a training step for images of this size, and the pipelines compiled for it. */
async function planned(
  model: AnyModule,
  [batch, size]: readonly [batch: number, size: number],
): Promise<StepPlan & { pipelines: number }> {
  const optimizer = new SGD(model.parameters(), { lr: 0.01, momentum: 0.9 });
  const step = capture((x: Tensor, labels: Tensor) => {
    optimizer.zeroGrad();
    const [main, ...aux] = outputsOf(model.forward(x)).map(([, y]) => crossEntropy(y, labels));
    const loss = aux.reduce((sum, each) => add(sum, mul(each, 0.3)), main as Tensor);
    loss.backward();
    optimizer.step();
    return loss;
  });
  await engine.flush();
  const before = engine.counters().pipelinesCompiled;
  await step.prepare([
    { shape: [batch, 3, size, size], dtype: "f32" },
    { shape: [batch], dtype: "u32", bounds: [0, 999] },
  ]);
  const plan = step.plan();
  const pipelines = engine.counters().pipelinesCompiled - before;
  step.dispose();
  model.dispose();
  await engine.flush();
  return { ...plan, pipelines };
}

describe("a training step at full size is planned with few pipelines and known memory:", () => {
  test("InceptionV3 at 299², two images, since the auxiliary head normalises over the batch alone", async () => {
    const plan = await planned(inceptionV3(), [2, 299]);
    expect(plan.pipelines).toBeLessThan(150);
    expect(plan.bytes / 2 ** 20).toBeLessThan(199);
    expect(plan.sharedBytes).toBeGreaterThan(8 * 27_161_264); // weights and momenta
  }, 120_000);

  test("DenseNet-121 at 224², which takes 122 MiB, and less than half of it with memoryEfficient", async () => {
    const plan = await planned(densenet121(), [1, 224]);
    const efficient = await planned(densenet121({ memoryEfficient: true }), [1, 224]);
    expect(plan.pipelines).toBeLessThan(150);
    expect(efficient.sharedBytes).toBe(plan.sharedBytes);
    expect(plan.bytes).toBeLessThan(1.1 * plan.leastBytes);
    expect(plan.bytes / 2 ** 20).toBeLessThan(123);
    expect(efficient.bytes).toBeLessThan(0.5 * plan.bytes);
  }, 120_000);
});

test("InceptionV3 in inference of one image computes 46 of 50 parts where they are concatenated", async () => {
  const model = inceptionV3().eval();
  const step = capture((x: Tensor) => noGrad(() => model.forward(x) as Tensor));
  await step.prepare([{ shape: [1, 3, 299, 299], dtype: "f32" }]);
  const { dispatches, inPlace } = step.plan();
  // some parts are written by a copy: at 35² the last part begins at channel 224, which is no multiple of 256 bytes; at
  // 17² one begins at channel 480
  expect(inPlace).toBe(46);
  expect(dispatches).toBeLessThan(330);
  step.dispose();
  model.dispose();
  await engine.flush();
}, 120_000);
