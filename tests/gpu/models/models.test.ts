import { describe, expect, test } from "vitest";
import { crossEntropy } from "../../../src/loss/cross_entropy.ts";
import { layersOf } from "../../../src/models/init.ts";
import { Dropout } from "../../../src/nn/dropout.ts";
import { add, mul } from "../../../src/ops/elementwise/elementwise.ts";
import { manualSeed, normal } from "../../../src/ops/random/random.ts";
import { Adam } from "../../../src/optim/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import { builders, outputsOf } from "../../support/models/builders.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();
const labels = tensor(Uint32Array.of(0, 1, 2, 0));
const STEPS = 5;
/** The fewest steps: one that is recorded and two that are replayed. */
const FEWEST = 3;

/** The loss of the logits, plus 0.3 times that of every auxiliary head. */
const lossOf = (y: unknown) =>
  outputsOf(y)
    .map(([, logits], i) => mul(crossEntropy(logits, labels), i === 0 ? 1 : 0.3))
    .reduce((a, b) => add(a, b));

describe("the small form gives logits for images of 32² and learns four of them:", () => {
  test.each(builders)(
    "$name",
    async ({ build }) => {
      manualSeed(3);
      const model = build({ small: true, numClasses: 3, inChannels: 2 });
      // without dropout, the loss depends on the weights alone
      for (const dropout of layersOf(model, Dropout)) dropout.eval();
      const optimizer = new Adam(model.parameters(), { lr: 0.001 });
      using x = normal([4, 2, 32, 32]);
      const step = capture(() => {
        optimizer.zeroGrad();
        const loss = lossOf(model.forward(x));
        loss.backward();
        optimizer.step();
        return loss;
      });
      const losses: number[] = [];
      const learned = () => (losses.at(-1) ?? 0) < 0.97 * (losses[0] ?? 0);
      while (losses.length < FEWEST || (losses.length < STEPS && !learned())) {
        losses.push(await step().item());
      }
      expect(losses.every(Number.isFinite)).toBe(true);
      expect(learned(), `${losses}`).toBe(true);
      const ends = scope(() => outputsOf(model.eval().forward(x)));
      expect(ends.map(([, { shape }]) => shape)).toEqual([[4, 3]]);
      for (const [, logits] of ends) logits.dispose();
      step.dispose();
      model.dispose();
      await engine.flush();
    },
    120_000,
  ); // the first networks compile the pipelines
});
