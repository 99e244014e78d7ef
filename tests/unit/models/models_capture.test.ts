import { expect, test } from "vitest";
import { crossEntropy } from "../../../src/loss/cross_entropy.ts";
import { SGD } from "../../../src/optim/index.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { capture } from "../../../src/tensor/capture.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { builders, outputsOf } from "../../support/models/builders.ts";
import { silentDevice } from "../../support/silent_device.ts";

/**
 * For a batch of one at the network's usual size: upper limits for the bytes of the step's own buffers, dispatches and
 * pipelines. If a change lowers them, lower these numbers.
 */
const steps = [
  { name: "resnet50", input: 224, megabytes: 95, dispatches: 490, pipelines: 56 },
  { name: "vgg16", input: 224, megabytes: 145, dispatches: 148, pipelines: 33 },
] as const;

// Planned and compiled, not run: resnet50.test.ts checks that the memory in use is what the plan predicts.
test.each(steps)(
  "a training step of $name at $input² is captured with few pipelines and predicted memory",
  async ({ name, input, ...most }) => {
    const engine = await init({ device: silentDevice() });
    const model = builders.find((each) => each.name === name)?.build();
    if (!model) throw new Error(`${name} is no builder of wgrad/models`);
    const optimizer = new SGD(model.parameters(), { lr: 0.01, momentum: 0.9 });
    await engine.flush();
    const step = capture((x: Tensor, y: Tensor) => {
      optimizer.zeroGrad();
      const [logits] = outputsOf(model.forward(x)).map(([, each]) => each);
      const loss = crossEntropy(logits as Tensor, y);
      loss.backward();
      optimizer.step();
      return loss;
    });
    const before = engine.counters();
    await step.prepare([
      { shape: [1, 3, input, input], dtype: "f32" },
      { shape: [1], dtype: "u32", bounds: [0, 999] },
    ]);
    const { pipelinesCompiled, submits } = engine.counters();
    const plan = step.plan();
    expect(submits).toBe(before.submits);
    expect(most.pipelines).toBeLessThan(150);
    expect(pipelinesCompiled - before.pipelinesCompiled).toBeLessThanOrEqual(most.pipelines);
    expect(plan.dispatches).toBeLessThanOrEqual(most.dispatches);
    expect(plan.bytes).toBeLessThanOrEqual(most.megabytes * 1e6);
    // weights, gradients and momentum belong to the model and the optimiser
    expect(plan.sharedBytes / (12 * model.parameterCount())).toBeCloseTo(1, 1);
    step.dispose();
    optimizer.dispose();
    model.dispose();
  },
  120_000,
);
