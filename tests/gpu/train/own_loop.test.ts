import { describe, expect, test } from "vitest";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { AdamW } from "../../../src/optim/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

type Where = "after forward" | "after backward" | "after the step" | "nowhere";

/** A training step by hand that throws somewhere, and all that it may have moved. */
function training() {
  ops.manualSeed(5);
  const norm = new nn.BatchNorm1d(4);
  const model = new nn.Sequential(new nn.Linear(3, 4), norm, new nn.Dropout(0.5));
  const optimizer = new AdamW(model.parameters(), { lr: 0.1 });
  const x = tensor(
    Float32Array.from({ length: 18 }, (_, i) => Math.sin(2.3 * i)),
    {
      shape: [6, 3],
    },
  );
  let where: Where = "nowhere";
  const at = (place: Where) => {
    if (where === place) throw new Error(place);
  };
  const step = (input: Tensor) => {
    optimizer.zeroGrad();
    const loss = ops.mean(ops.square(model.forward(input)));
    at("after forward");
    loss.backward();
    at("after backward");
    optimizer.step();
    at("after the step");
    return loss;
  };
  const state = async () => {
    const [weights, moments] = [await model.stateDict(), await optimizer.stateDict()];
    const running = Object.fromEntries(
      Object.entries(weights).filter(([name]) => name.includes("running")),
    );
    return { weights, moments, running, draws: ops.randomState().draws };
  };
  const throwing = (place: Where, run: () => unknown) => {
    where = place;
    expect(run).toThrow(place);
    where = "nowhere";
  };
  const free = () => {
    for (const each of [model, optimizer, x]) each.dispose();
  };
  return { step, x, optimizer, norm, state, throwing, free };
}

describe("what is left of a step of one's own that throws, as the guide says", () => {
  test.each(["after forward", "after backward"] as const)(
    "%s: statistics and random numbers have moved, parameters and moments have not",
    async (place) => {
      const { step, x, state, throwing, free } = training();
      scope(() => step(x));
      const before = await state();
      throwing(place, () => scope(() => step(x)));
      const after = await state();
      expect(after.moments).toEqual(before.moments);
      expect(after.running).not.toEqual(before.running);
      expect(after.draws).toBeGreaterThan(before.draws);
      const unmoved = (all: typeof before.weights) =>
        Object.entries(all).filter(([name]) => !/running|num_batches/.test(name));
      expect(unmoved(after.weights)).toEqual(unmoved(before.weights));
      scope(() => step(x)); // zeroGrad() takes the gradients of the step that threw
      expect((await state()).moments.steps).toBe(2);
      free();
    },
  );

  test("after optimizer.step(): the step is made", async () => {
    const { step, x, state, throwing, free } = training();
    throwing("after the step", () => scope(() => step(x)));
    expect((await state()).moments.steps).toBe(1);
    free();
  });

  test.each(["after forward", "after backward", "after the step"] as const)(
    "%s, in a captured step: nothing has moved, and the next call makes the step with the same bits",
    async (place) => {
      const whole = training();
      const first = scope(() => capture(whole.step)(whole.x));
      const loss = await first.item();
      const made = await whole.state();
      whole.free();
      const { step, x, state, throwing, free } = training();
      const before = await state();
      const captured = capture(step);
      throwing(place, () => captured(x));
      expect(await state()).toEqual(before);
      using again = captured(x);
      expect(await again.item()).toBe(loss);
      expect(await state()).toEqual(made);
      first.dispose();
      free();
    },
  );
});
