import { describe, expect, test } from "vitest";
import { WgradError } from "../../../src/core/errors.ts";
import { DataLoader, TensorDataset } from "../../../src/data/index.ts";
import * as nn from "../../../src/nn/index.ts";
import { mul } from "../../../src/ops/index.ts";
import * as optim from "../../../src/optim/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import {
  EarlyStopping,
  EMA,
  ModelSnapshot,
  SWA,
  VotingEnsemble,
} from "../../../src/train/index.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

const layer = () => new nn.Linear(2, 2);
const weights = () => layer().parameters();
const dataset = () => new TensorDataset(tensor([[1], [2]]), tensor(Uint32Array.of(0, 1)));
const sgd = () => new optim.SGD(weights(), { lr: 0.1 });

/** One object of every class whose methods users call. */
const made: Readonly<Record<string, () => object>> = {
  Engine: () => engine,
  Tensor: () => mul(tensor([1], { requiresGrad: true }), 2),
  Linear: layer,
  BatchNorm2d: () => new nn.BatchNorm2d(2),
  Sequential: () => new nn.Sequential(layer()),
  ModuleList: () => new nn.ModuleList([layer()]),
  ModuleDict: () => new nn.ModuleDict({ a: layer() }),
  SGD: sgd,
  Adam: () => new optim.Adam(weights()),
  LBFGS: () => new optim.LBFGS(weights()),
  StepLR: () => new optim.StepLR(sgd(), { stepSize: 2 }),
  ReduceLROnPlateau: () => new optim.ReduceLROnPlateau(sgd()),
  GradScaler: () => new optim.GradScaler(),
  DataLoader: () => new DataLoader(dataset()),
  TensorDataset: dataset,
  EMA: () => new EMA(layer()),
  SWA: () => new SWA(layer()),
  EarlyStopping: () => new EarlyStopping({ patience: 2 }),
  ModelSnapshot: () => new ModelSnapshot(layer()),
  VotingEnsemble: () => new VotingEnsemble([layer()]),
};

/** Methods that the library calls with its own values: protected, or removed from the declarations. */
const internal: readonly string[] = [
  ...["pack", "update", "start", "advance", "setting", "share", "average", "options"],
  ...["direction", "firstStep", "learn", "forget", "memory", "recall", "measure"],
];

function methodsOf(object: object): string[] {
  const names = new Set<string>();
  for (let type = Object.getPrototypeOf(object); type !== Object.prototype; ) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(type)))
      if (name !== "constructor" && typeof value === "function") names.add(name);
    type = Object.getPrototypeOf(type);
  }
  return [...names].filter((name) => !internal.includes(name));
}

const wrong: readonly unknown[] = [undefined, null, 3, "text", [1], {}];

/** What a call did wrong; undefined if it worked or was refused by name. */
async function fault(object: object, method: string, value: unknown): Promise<string | undefined> {
  try {
    await Reflect.apply(Reflect.get(object, method), object, [value]);
    return undefined;
  } catch (error) {
    const named = error instanceof WgradError && /^\S+: (\S+ )?expect/.test(error.message);
    return named ? undefined : `${error}`;
  }
}

describe("methods given nothing, null, a number, a string, an array or an object work or refuse by name:", () => {
  test.each(Object.entries(made))("%s", async (name, make) => {
    const faults: string[] = [];
    for (const method of methodsOf(make())) {
      for (const value of wrong) {
        const found = await fault(make(), method, value);
        if (found) faults.push(`${name}.${method}(${JSON.stringify(value)}): ${found}`);
      }
    }
    expect(faults.join("\n")).toBe("");
  });

  test.each([
    ["train", layer, "text"],
    ["registerForwardHook", layer, 3],
    ["loadStateDict", layer, null],
    ["loadStateDict", sgd, 3],
    ["backward", () => mul(tensor([1], { requiresGrad: true }), 2), [1]],
    ["prepare", () => capture((x: Tensor) => mul(x, 2)), 3],
    ["prepare", () => capture((x: Tensor) => mul(x, 2)), [1]],
  ])("%s says what it expected, and got", async (method, make, value) => {
    const found = await Promise.resolve()
      .then((): unknown => Reflect.apply(Reflect.get(make(), method), make(), [value]))
      .catch((error: unknown) => error);
    expect(found).toBeInstanceOf(WgradError);
    expect((found as WgradError).message).toMatch(new RegExp(`^${method}: expected .*, got `));
  });
});

describe("a loader in a loop", () => {
  test("for await gives the batches left of the epoch, and frees each", async () => {
    const x = tensor([[0], [1], [2], [3], [4]]);
    const loader = new DataLoader(new TensorDataset(x, tensor(Uint32Array.of(0, 1, 2, 3, 4))), {
      batchSize: 2,
      shuffle: false,
    });
    const liveBytes = async () => {
      await engine.flush();
      return engine.counters().liveBytes;
    };
    const before = await liveBytes();
    const seen: number[][] = [];
    for await (const batch of loader) seen.push([...(await batch.x.read())]);
    expect(seen).toEqual([[0, 1], [2, 3], [4]]);
    expect([loader.epoch, loader.position]).toEqual([1, 0]);
    for await (const { y } of loader) {
      expect([...(await y.read())]).toEqual([0, 1]);
      break;
    }
    expect([loader.epoch, loader.position]).toEqual([1, 1]);
    expect(await liveBytes()).toBe(before);
  });

  test("for … of says what to write", () => {
    const loader = new DataLoader(dataset());
    expect(() => [...(loader as unknown as Iterable<unknown>)]).toThrow(
      /^DataLoader: expected for await .* got for \(/,
    );
  });
});
