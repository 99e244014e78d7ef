import { describe, expect, test } from "vitest";
import { ValueError } from "../../../src/core/errors.ts";
import { DataLoader, TensorDataset } from "../../../src/data/index.ts";
import { crossEntropy } from "../../../src/loss/index.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { AdamW, clipGradNorm, constrainMaxNorm, SGD, StepLR } from "../../../src/optim/index.ts";
import { currentEngine, init } from "../../../src/scheduler/engine.ts";
import { transact } from "../../../src/scheduler/transaction.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { keep, scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { CallbackError, EMA, fit as train } from "../../../src/train/index.ts";
import { uncaught } from "../../support/uncaught.ts";

/*
 * A step of `fit` is made as a whole: if anything of the user's throws in it, all state is as before the step, and
 * repeating the step gives the same bits.
 */

await init();

const STEPS = 10;
const words = (list: ArrayLike<number>) => [...new Uint32Array(Float32Array.from(list).buffer)];
class Thrown extends Error {}

const places = ["loss", "after step", "clip", "constrain", "average", "schedule"] as const;
type Place = (typeof places)[number];
const ways = ["loss and optimizer", "a step of one's own", "a captured one"] as const;
type Way = (typeof ways)[number];

/** A training with every kind of state that a step changes; something throws once, at step `at` and in `place`. */
function training(way: Way, at: number, place: Place | undefined) {
  ops.manualSeed(11);
  const rows = 20;
  const x = Float32Array.from({ length: 6 * rows }, (_, i) => Math.sin(1.7 * i));
  const y = Uint32Array.from({ length: rows }, (_, i) => (i * i) % 3);
  const dataset = new TensorDataset(tensor(x, { shape: [rows, 6] }), tensor(y));
  const layers = [new nn.Linear(6, 8), new nn.BatchNorm1d(8), new nn.ReLU(), new nn.Dropout(0.2)];
  const model = new nn.Sequential(...layers, new nn.Linear(8, 3));
  const optimizer = new AdamW(model.parameters(), { lr: 0.05 });
  const schedule = new StepLR(optimizer, { stepSize: 2, gamma: 0.8 });
  const average = new EMA(model, { decay: 0.9 });
  const data = new DataLoader(dataset, { batchSize: 5, seed: 3 });
  const made = () => data.epoch * data.batchesPerEpoch + data.position;
  let thrown = false;
  const trouble = (here: Place) => {
    if (thrown || here !== place || made() !== at + 1) return;
    thrown = true;
    throw new Thrown(here);
  };
  const clip = () => {
    clipGradNorm(optimizer, 0.5);
    trouble("clip");
  };
  const constrain = () => {
    constrainMaxNorm(model.parameters(), 0.8);
    trouble("constrain");
  };
  const loss = ({ x, y }: { x: Tensor; y: Tensor }) => {
    const value = crossEntropy(model.forward(x), y);
    trouble("loss");
    return value;
  };
  const whole = (x: Tensor, y: Tensor) => {
    optimizer.zeroGrad();
    const value = crossEntropy(model.forward(x), y);
    value.backward();
    clipGradNorm(optimizer, 0.5);
    optimizer.step();
    constrainMaxNorm(model.parameters(), 0.8);
    return value;
  };
  const captured = way === "a captured one" ? capture(whole) : whole;
  const step = (indices: Uint32Array<ArrayBuffer>) =>
    scope(() => {
      const batch = dataset.batch(indices);
      const value = captured(batch.x, batch.y);
      trouble("after step");
      return value;
    });
  const how = way === "loss and optimizer" ? { loss, optimizer, clip, constrain } : { step };
  const run = (steps = STEPS) =>
    train({
      ...{ model, data, steps, ...how },
      average: {
        update: () => {
          average.update();
          trouble("average");
        },
      },
      schedule: {
        step: () => {
          schedule.step();
          trouble("schedule");
        },
        stateDict: () => schedule.stateDict(),
        loadStateDict: (state: ReturnType<StepLR["stateDict"]>) => schedule.loadStateDict(state),
      },
      onStep: () => undefined,
    });
  const state = async () => {
    const { steps, parameters } = await optimizer.stateDict();
    const { weights, updates } = await average.stateDict();
    return {
      model: Object.entries(await model.stateDict()).map(([name, { data }]) => [name, words(data)]),
      moments: parameters.map((each) => [each.steps, Object.values(each.moments).map(words)]),
      average: [updates, Object.values(weights).map((each) => words(each.data))],
      host: [steps, schedule.steps, optimizer.lr, ops.randomState().draws, made()],
    };
  };
  const free = () => {
    for (const each of [model, optimizer, average, dataset]) each.dispose();
  };
  return { run, state, free };
}

const all = new Map<string, Promise<unknown>>();

/** The state after this many steps when nothing throws. */
function known(way: Way, steps: number): Promise<unknown> {
  const make = async () => {
    const { run, state, free } = training(way, 0, undefined);
    await run(steps);
    const found = await state();
    free();
    return found;
  };
  const found = all.get(`${way} ${steps}`) ?? make();
  all.set(`${way} ${steps}`, found);
  return found;
}

const cases = ways.flatMap((way) =>
  places
    .filter((place) =>
      way === "loss and optimizer"
        ? place !== "after step"
        : ["after step", "average", "schedule"].includes(place),
    )
    .map((place) => [way, place] as const),
);

describe("what throws in a step of fit leaves all as before the step, and it is made again to the bit:", () => {
  test.each(cases)("%s, %s", async (way, place) => {
    for (const at of [0, 5]) {
      const { run, state, free } = training(way, at, place);
      const leftovers = await uncaught(async () => {
        const error = await run().catch((reason: unknown) => reason);
        const isOwn = place === "loss" || place === "after step";
        expect(error).toBeInstanceOf(isOwn ? Thrown : CallbackError);
      });
      expect(leftovers).toEqual([]);
      const stopped = await state();
      expect(stopped).toEqual(await known(way, at));
      await run();
      expect(await state()).toEqual(await known(way, STEPS));
      free();
    }
  });

  test("a captured step that is in flight keeps its buffers while the next one is taken back", async () => {
    const engine = currentEngine();
    const total = nn.parameter(tensor([1, 2]));
    const optimizer = new SGD([total], { lr: 0.5 });
    const step = capture((x: Tensor) => {
      optimizer.zeroGrad();
      const loss = ops.sum(ops.mul(total, x));
      loss.backward();
      optimizer.step();
      return loss;
    });
    const x = tensor([1, 1]);
    let expected = 3;
    for (let turns = 0; turns < 40; turns++) {
      const reading = step(x).item();
      for (let i = 0; i < turns; i++) await Promise.resolve(); // lets the flush come further each time
      const next = () => {
        step(x).dispose();
        throw new Thrown("next");
      };
      expect(() => transact(engine, next)).toThrow(Thrown);
      expect(await reading).toBe(expected);
      expected -= 1;
    }
    expect(optimizer.steps).toBe(40);
    step.dispose();
  });

  test("all three ways make the same steps", async () => {
    const [first, ...others] = await Promise.all(ways.map((way) => known(way, STEPS)));
    for (const other of others) expect(other).toEqual(first);
  });
});

describe("in a step of fit", () => {
  const small = () => {
    const model = new nn.Linear(2, 1);
    const optimizer = new AdamW(model.parameters());
    const x = tensor([1, 2, 3, 4], { shape: [2, 2] });
    const data = new DataLoader(new TensorDataset(x, tensor([1, 2])), { batchSize: 2 });
    const loss = (batch: { x: Tensor }) => ops.mean(model.forward(batch.x));
    return { model, optimizer, data, loss };
  };

  test.each(["clip", "constrain"])(
    "a %s that is asynchronous is refused, and nothing has run",
    async (name) => {
      const { model, optimizer, data, loss } = small();
      const weight = await model.weight.read();
      const leftovers = await uncaught(async () => {
        const late = async () => {
          throw new Thrown("late");
        };
        const work = train({ model, optimizer, data, loss, steps: 1, [name]: late });
        await expect(work).rejects.toThrow(
          new ValueError(
            `fit: expected ${name} to do its work at once, got one that gives a promise; write it without async: the step that ` +
              "it belongs to is only queued",
          ),
        );
      });
      expect(leftovers).toEqual([]);
      expect(await model.weight.read()).toEqual(weight);
      expect([optimizer.steps, data.position]).toEqual([0, 0]);
    },
  );

  test("values made in a step that threw are refused when they are read", async () => {
    const { model, optimizer, data, loss } = small();
    let held: Tensor | undefined;
    let reading: Promise<unknown> | undefined;
    const clip = () => {
      held = keep(ops.mul(model.weight, 2));
      reading = Promise.allSettled([held.read(), model.weight.read()]);
      throw new Thrown("now");
    };
    await expect(train({ model, optimizer, data, loss, clip, steps: 1 })).rejects.toThrow("now");
    expect(await reading).toEqual([
      { status: "rejected", reason: expect.any(ValueError) },
      { status: "rejected", reason: expect.any(ValueError) },
    ]);
    await expect(held?.read()).rejects.toThrow("a step in which your function threw");
    expect([...(await model.weight.read())]).toHaveLength(2);
  });
});
