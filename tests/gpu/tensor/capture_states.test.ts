import { describe, expect, test } from "vitest";
import { noGrad } from "../../../src/autograd/mode.ts";
import { seeded } from "../../../src/core/rng.ts";
import { crossEntropy } from "../../../src/loss/cross_entropy.ts";
import * as nn from "../../../src/nn/index.ts";
import { autocast } from "../../../src/ops/elementwise/precision.ts";
import * as ops from "../../../src/ops/index.ts";
import { SGD } from "../../../src/optim/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

const x = tensor(
  Float32Array.from({ length: 24 }, (_, i) => Math.cos(2.3 * i)),
  { shape: [6, 4] },
);
const y = tensor(Uint32Array.from([0, 1, 2, 2, 0, 1]));

class Net extends nn.Module {
  readonly fc1 = new nn.Linear(4, 6);
  readonly bn = new nn.BatchNorm1d(6);
  readonly drop = new nn.Dropout(0.4);
  readonly fc2 = new nn.Linear(6, 3);

  forward(input: Tensor): Tensor {
    return this.fc2.forward(this.drop.forward(ops.relu(this.bn.forward(this.fc1.forward(input)))));
  }
}

interface World {
  readonly model: Net;
  readonly optimizer: SGD;
}

/** Changes of state between two calls of the step. */
const actions: Record<string, (world: World) => void> = {
  train: ({ model }) => model.train(),
  eval: ({ model }) => model.eval(),
  "dropout off": ({ model }) => model.drop.eval(),
  "batch norm off": ({ model }) => model.bn.eval(),
  "freeze fc1": ({ model }) => freeze(model.fc1, false),
  "unfreeze fc1": ({ model }) => freeze(model.fc1, true),
  "freeze fc2": ({ model }) => freeze(model.fc2, false),
  "unfreeze fc2": ({ model }) => freeze(model.fc2, true),
  slower: ({ optimizer }) => {
    optimizer.lr *= 0.9;
  },
  nothing: () => undefined,
};

function freeze({ weight, bias }: nn.Linear, wanted: boolean): void {
  weight.requiresGrad = wanted;
  if (bias) bias.requiresGrad = wanted;
}

/** Contexts in which the step is called. */
const modes: Record<string, <R>(work: () => R) => R> = {
  plain: (work) => work(),
  noGrad,
  autocast,
  both: (work) => noGrad(() => autocast(work)),
};

/**
 * Runs a sequence of actions and calls drawn from the seed; returns the result of every call and the model's final
 * state.
 */
async function play(seed: number, replay: boolean): Promise<unknown[]> {
  ops.manualSeed(seed);
  const random = seeded(seed);
  const pick = <T>(record: Record<string, T>) =>
    Object.entries(record)[Math.floor(random() * Object.keys(record).length)] as [string, T];
  const model = new Net();
  const optimizer = new SGD(model.parameters(), { lr: 0.1, momentum: 0.9 });
  const c = tensor([3, 1]);
  const train = (input: Tensor, labels: Tensor) => {
    optimizer.zeroGrad();
    const loss = crossEntropy(model.forward(input), labels);
    loss.backward();
    optimizer.step();
    return { loss, again: loss, c, labels, made: tensor([7]), weight: model.fc1.weight };
  };
  const predict = (input: Tensor) => {
    const out = model.forward(input);
    return [out, c, input, model.bn.runningVar as Tensor, model.fc2.weight, out];
  };
  const steps = { train: capture(train), predict: capture(predict) };
  const seen: unknown[] = [];
  for (let i = 0; i < 14; i++) {
    const [action, act] = pick(actions);
    const [mode, within] = pick(modes);
    // without gradients there is no training step
    const training = random() < 0.7 && (mode === "plain" || mode === "autocast");
    seen.push(`${action}, ${mode}, ${training}`);
    act({ model, optimizer });
    const call = () => {
      if (replay) return training ? steps.train(x, y) : steps.predict(x);
      return training ? train(x, y) : predict(x);
    };
    const results = Object.values(replay ? within(call) : scope(() => within(call)));
    seen.push(await Promise.all(results.map((t: Tensor) => t.read())));
    seen.push(model.parameters().map(({ grad }) => grad === null));
  }
  seen.push(await model.stateDict(), await optimizer.stateDict(), [...(await c.read())]);
  for (const step of Object.values(steps)) step.dispose();
  return seen;
}

describe("a captured step follows what running it follows, to the last bit", () => {
  for (let seed = 1; seed <= 12; seed++) {
    test(`modes, freezing and results in any order, ${seed}`, async () => {
      expect(await play(seed, true)).toEqual(await play(seed, false));
    });
  }

  test("evaluation after training, and back, without recording again", async () => {
    ops.manualSeed(1);
    const model = new Net();
    let runs = 0;
    const step = capture((input: Tensor) => {
      runs++;
      return model.forward(input);
    });
    const values = async () => {
      using out = step(x);
      return [...(await out.read())];
    };
    const trained = await values();
    model.eval();
    const evaluated = await values();
    expect(evaluated).not.toEqual(trained);
    expect(await values()).toEqual(evaluated); // dropout is off
    for (let i = 0; i < 4; i++) {
      model.train(i % 2 === 0);
      await values();
    }
    expect(runs).toBe(2);
    step.dispose();
  });

  test("a step that sets modes itself, every time", async () => {
    const seen = async (replay: boolean) => {
      ops.manualSeed(2);
      const drop = new nn.Dropout(0.5);
      const f = (input: Tensor) => {
        const before = drop.forward(input);
        drop.eval();
        const after = drop.forward(input);
        drop.train(input.size < 0);
        return [before, after];
      };
      const step = replay ? capture(f) : f;
      const all: unknown[] = [];
      for (let i = 0; i < 4; i++) {
        if (i === 2) drop.train();
        const results = step(x);
        all.push(drop.training, await Promise.all(results.map((t) => t.read())));
      }
      return all;
    };
    expect(await seen(true)).toEqual(await seen(false));
  });

  test("an optimiser whose momentum comes later", async () => {
    const values = async (replay: boolean) => {
      const p = nn.parameter(tensor([1, 2]));
      const optimizer = new SGD([p], { lr: 0.1 });
      const f = () => {
        optimizer.zeroGrad();
        ops.sum(ops.square(p)).backward();
        optimizer.step();
      };
      const step = replay ? capture(f) : f;
      for (let i = 0; i < 6; i++) {
        if (i === 2) for (const group of optimizer.groups) group.momentum = 0.9;
        step();
      }
      return [...(await p.read())];
    };
    expect(await values(true)).toEqual(await values(false));
  });

  test("explain lists what the host gave once and for all", async () => {
    const step = capture((input: Tensor) => ops.add(ops.mul(input, 2.5), tensor([1, 2, 3, 4])));
    step(x);
    const text = step.explain();
    expect(text).toMatch(/2\.5/);
    expect(text).toMatch(/Float32Array of 4: 1, 2, 3, 4/);
    step.dispose();
  });
});
