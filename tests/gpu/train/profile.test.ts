import { afterEach, describe, expect, test, vi } from "vitest";
import { crossEntropy } from "../../../src/loss/index.ts";
import { resNet } from "../../../src/models/index.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { AdamW, LBFGS } from "../../../src/optim/index.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { recordFunction } from "../../../src/scheduler/observe/place.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { type Profile, profile, timeKernels } from "../../../src/train/index.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();
afterEach(() => {
  vi.restoreAllMocks();
});

/** Training of a small network, captured or not, always from the same seed. */
function training(captured: boolean) {
  ops.manualSeed(5);
  const model = resNet({ width: 4, layers: [1, 1], numClasses: 3 });
  const optimizer = new AdamW(model.parameters(), { lr: 0.01 });
  const x = ops.uniform([4, 1, 8, 8], { low: -1 });
  const y = tensor(Uint32Array.of(0, 1, 2, 1));
  const run = (x: Tensor, y: Tensor) => {
    optimizer.zeroGrad();
    const loss = recordFunction("loss", () => crossEntropy(model.forward(x), y));
    loss.backward();
    optimizer.step();
    return loss;
  };
  const replay = capture(run);
  const dispose = () => {
    replay.dispose();
    for (const each of [optimizer, model, x, y]) each.dispose();
  };
  return { model, step: () => (captured ? replay(x, y) : scope(() => run(x, y))), dispose };
}

const inLayer = ({ dispatches }: Profile, phase: string, layer: string) =>
  dispatches.flatMap((d) => (d.phase === phase && d.layer.join(".") === layer ? [d.kernel] : []));

describe.each([
  ["a step that is run", false],
  ["a captured step", true],
])("a profile of %s", (_, captured) => {
  test("knows phase and layer of every dispatch, and trains as without it, to the last bit", async () => {
    const watched = training(captured);
    const found = await profile(watched.step, { warmup: 1, repetitions: 2 });
    expect(found).toMatchObject({ by: "timestamps", repetitions: 2, clock: { steps: 2 } });
    expect(found.phases.map(({ name }) => name).sort()).toEqual([
      "backward",
      "forward",
      "optimizer",
    ]);
    const layers = found.layers.map(({ name }) => name);
    const withParameters = watched.model.namedModules().flatMap(([name, module]) => {
      const own = module.namedParameters().some(([name]) => !name.includes("."));
      return own ? [name] : [];
    });
    for (const name of withParameters) {
      expect(layers).toContain(`loss.${name}`);
      const total = found.layers.find((layer) => layer.name === `loss.${name}`);
      expect(inLayer(found, "forward", `loss.${name}`).length, name).toBeGreaterThan(0);
      expect(inLayer(found, "backward", `loss.${name}`).length, name).toBeGreaterThan(0);
      expect(total?.phases.optimizer, name).toBe(0);
    }
    const conv = inLayer(found, "backward", "loss.layer2.0.conv1");
    expect(conv.length).toBeGreaterThanOrEqual(2); // gradients of the input and of the weight
    expect(
      conv.every((kernel) => /^(conv2d|matmul|reduce)\//.test(kernel)),
      `${conv}`,
    ).toBe(true);
    expect(inLayer(found, "optimizer", "")).toEqual(["optim/adam"]);
    // the cross-entropy kernel computes its gradient already in the forward pass
    expect(inLayer(found, "forward", "loss")).toContain("loss/cross_entropy");
    expect(inLayer(found, "backward", "loss")).toEqual(["pool/global_avg_grad"]);
    expect(inLayer(found, "backward", "")).toEqual([]);

    const plain = training(captured);
    for (let i = 0; i < 1 + 2 + 2; i++) plain.step().dispose();
    expect(await watched.model.stateDict()).toEqual(await plain.model.stateDict());
    watched.dispose();
    plain.dispose();
  });
});

describe("a profile", () => {
  test("keeps no byte", async () => {
    const { step, dispose } = training(true);
    const repeat = () => profile(step, { warmup: 1, repetitions: 1 });
    await repeat();
    const { liveBytes } = engine.counters();
    await repeat();
    expect(engine.counters().liveBytes).toBe(liveBytes);
    dispose();
  });

  test("times dispatches of every submit, however often the step flushes or reads", async () => {
    using x = tensor([-1, 2, 3]);
    const own = await init({ device: engine.gpu.device, maxQueued: 3 });
    await init({ device: engine.gpu.device });
    using z = tensor([1, 2], { engine: own });
    const times = await timeKernels(own, () => {
      scope(() => Array.from({ length: 10 }).reduce<Tensor>((h) => ops.relu(h), z)).dispose();
    });
    expect(times.length).toBe(10);
    const reading = await timeKernels(engine, async () => {
      using y = ops.exp(x);
      await y.read();
      ops.exp(x).dispose();
    });
    expect(reading.length).toBe(2);
    expect(reading[1]?.start).toBeGreaterThanOrEqual(reading[0]?.milliseconds ?? Infinity);
  });

  test("refuses a second one at the same time, and what cannot be", async () => {
    using x = tensor([1, 2], { engine });
    const first = timeKernels(engine, () => ops.exp(x).dispose());
    await expect(timeKernels(engine, () => undefined)).rejects.toThrow("one call at a time");
    expect((await first).length).toBe(1);
    const nothing = () => undefined;
    await expect(profile(nothing, { repetitions: 0 })).rejects.toThrow(
      "repetitions an integer ≥ 1",
    );
    await expect(profile(nothing, { warmup: 0.5 })).rejects.toThrow("warmup an integer ≥ 0");
    await expect(profile(nothing, { seconds: 0 })).rejects.toThrow("seconds > 0");
    await expect(profile(async () => undefined)).rejects.toThrow("synchronous");
    const failing = () => {
      throw new Error("the step failed");
    };
    await expect(timeKernels(engine, failing)).rejects.toThrow("the step failed");
    expect((await timeKernels(engine, () => ops.exp(x).dispose())).length).toBe(1);
  });

  test("of an adapter without timestamps is of whole steps by the clock, and says so", async () => {
    vi.spyOn(engine.gpu.device.features, "has").mockReturnValue(false);
    using x = tensor([1, 2]);
    const found = await profile(() => ops.exp(x), { warmup: 0, repetitions: 3 });
    expect(found).toMatchObject({ by: "clock", repetitions: 0, kernels: [], clock: { steps: 3 } });
    expect(found.clock?.milliseconds).toBeGreaterThan(0);
    expect(found.table()).toContain("only whole steps are timed, by the clock");
    await expect(timeKernels(engine, () => undefined)).rejects.toThrow("timestamp-query");
  });

  test("names layers that are called without a model around them, if it is given", async () => {
    const model = new nn.Sequential(new nn.Linear(2, 3), new nn.Tanh(), new nn.Linear(3, 1));
    using x = tensor([[1, 2]]);
    const step = () => [...model].reduce((h, layer) => layer.forward(h), x);
    const found = await profile(step, { model, warmup: 0, repetitions: 1 });
    expect(found.layers.map(({ name }) => name).sort()).toEqual(["0", "1", "2"]);
    model.dispose();
  });
});

test("a closure optimiser's own work is its own, the closure's is forward and backward", async () => {
  const model = new nn.Linear(2, 1);
  const optimizer = new LBFGS(model.parameters(), { maxIter: 2 });
  using x = tensor([[1, 2], [3, -1]]); // biome-ignore format: reads as a matrix
  const closure = () => {
    optimizer.zeroGrad();
    const loss = ops.mean(ops.square(model.forward(x)));
    loss.backward();
    return loss;
  };
  const times = await timeKernels(x.engine, () => optimizer.step(closure));
  const phasesOf = (family: string) =>
    [...new Set(times.flatMap((t) => (t.kernel.startsWith(family) ? [t.place.phase] : [])))].sort();
  expect(phasesOf("matmul/")).toEqual(["backward", "forward"]);
  expect(phasesOf("vector/")).toContain("optimizer");
  expect(phasesOf("vector/")).not.toContain("backward");
  for (const owned of [optimizer, model]) owned.dispose();
});

test("a forward that is a field of its class takes hooks, too", async () => {
  class Twice extends nn.Module {
    override forward = (x: Tensor) => ops.mul(x, 2);
  }
  const layer = new Twice();
  using x = tensor([3]);
  const end = layer.registerForwardHook((_module, _x, y) => ops.add(y, 1));
  using hooked = scope(() => layer.forward(x));
  expect(await hooked.item()).toBe(7);
  end();
  using plain = scope(() => layer.forward(x));
  expect(await plain.item()).toBe(6);
});
