import { describe, expect, test } from "vitest";
import { WgradError } from "../../../src/core/errors.ts";
import type { CallSignature } from "../../../src/core/signature.ts";
import { DataLoader, ImageDataset, TensorDataset } from "../../../src/data/index.ts";
import { crossEntropy } from "../../../src/loss/index.ts";
import * as nn from "../../../src/nn/index.ts";
import * as optim from "../../../src/optim/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import * as train from "../../../src/train/index.ts";
import { optimiserCases } from "../../support/optimiser_cases.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

const model = new nn.Linear(2, 2);
const dataset = new TensorDataset(
  tensor(new Float32Array(8), { shape: [4, 2] }),
  tensor(Int32Array.of(0, 1, 1, 0)),
);
const data = () => new DataLoader(dataset, { batchSize: 2 });
const loss = ({ x, y }: { x: Tensor; y: Tensor }) => crossEntropy(model.forward(x), y);

/** The message of the error with which a call throws or rejects; it must be an error of the library. */
async function refusal(call: () => unknown): Promise<string> {
  try {
    await call();
  } catch (error) {
    expect(error).toBeInstanceOf(WgradError);
    return (error as Error).message;
  }
  return "nothing was refused";
}

/** Calls or constructs with arguments that the types would refuse. */
const made = (of: unknown, ...args: unknown[]) => Reflect.construct(of as new () => unknown, args);
const called = (of: unknown, ...args: unknown[]) =>
  Reflect.apply(of as () => unknown, undefined, args);

const classes = Object.entries(optim).flatMap(([name, value]: [string, unknown]) =>
  typeof value === "function" && "signature" in value && /^class/.test(String(value))
    ? [{ name, value, signature: value.signature as CallSignature }]
    : [],
);
const optimisers = classes.filter(({ value }) => value.prototype instanceof optim.Optimizer);
const closures = classes.filter(({ value }) => value.prototype instanceof optim.ClosureOptimizer);
const schedules = classes.filter(({ signature }) => signature.parameters[0]?.[0] === "optimizer");

describe("every optimiser", () => {
  test.each(optimisers)("$name has a case against its paper", ({ name }) => {
    expect(optimiserCases.some((each) => each.name.startsWith(`${name} `))).toBe(true);
  });

  test.each([...optimisers, ...closures])(
    "$name refuses what is no option and no list",
    async (each) => {
      const { name, value } = each;
      const p = () => [tensor([1], { requiresGrad: true })];
      expect(await refusal(() => made(value, model))).toMatch(
        new RegExp(`^${name}: expected an array of parameters .*Linear; pass model.parameters()`),
      );
      expect(await refusal(() => made(value, p(), { max_iterations: 1, learningRate: 1 }))).toMatch(
        new RegExp(`^${name}: expected options .*got 'max_iterations'`),
      );
      expect(await refusal(() => made(value, p(), { nonsense: 1 }))).toContain("got 'nonsense'");
      expect(await refusal(() => made(value, null))).toContain("got null");
      const twice = p();
      expect(await refusal(() => made(value, [...twice, ...twice]))).toContain("got one twice");
    },
  );

  test.each(optimisers)(
    "$name finds the option that was meant, in groups, too",
    async ({ value }) => {
      const parameters = [tensor([1], { requiresGrad: true })];
      const lr = "did you mean 'lr'?";
      expect(await refusal(() => made(value, parameters, { learningRate: 0.5 }))).toContain(lr);
      expect(await refusal(() => made(value, [{ parameters, learning_rate: 1 }]))).toContain(lr);
      expect(await refusal(() => made(value, parameters, { weight_decay: 1 }))).toContain(
        "did you mean 'weightDecay'?",
      );
      expect(await refusal(() => made(value, [{ params: parameters }]))).toContain(
        "did you mean 'parameters'?",
      );
      expect(await refusal(() => made(value, parameters, { lr: "0.1" }))).toContain(
        'expected a number as lr, got "0.1"',
      );
    },
  );

  test("refuses a state that is none, in whatever depth", async () => {
    const optimizer = new optim.Adam(model.parameters());
    const state = await optimizer.stateDict();
    const load = (wrong: unknown) => refusal(() => optimizer.loadStateDict(wrong as typeof state));
    expect(await load(null)).toMatch(/expected an object of options as state, got null/);
    expect(await load({})).toContain("got nothing");
    expect(await load({ ...state, groups: [null] })).toContain("as groups");
    expect(await load({ ...state, parameters: [{ shape: [2] }] })).toContain(
      "as steps, got nothing",
    );
    optimizer.dispose();
  });

  test.each(closures)("$name wants a closure, and of it a loss", async ({ value }) => {
    const p = tensor([1], { requiresGrad: true });
    const optimizer = made(value, [p]) as optim.ClosureOptimizer;
    expect(await refusal(() => called(optimizer.step.bind(optimizer)))).toContain(
      "expected a closure",
    );
    const promise = (async () => p) as unknown as () => Tensor;
    expect(await refusal(() => optimizer.step(promise))).toContain("not a promise");
    expect(await refusal(() => optimizer.loadStateDict(null as never))).toContain("got null");
    optimizer.dispose();
  });
});

describe("every schedule", () => {
  test.each(schedules)("$name refuses a model and unknown options", async ({ name, value }) => {
    expect(await refusal(() => made(value, model))).toMatch(
      new RegExp(`^${name}: expected an optimiser`),
    );
    const optimizer = new optim.SGD([tensor([1], { requiresGrad: true })], { lr: 1 });
    expect(await refusal(() => made(value, optimizer, { step_sizes: 1 }))).toContain(
      "got 'step_sizes'",
    );
    expect(await refusal(() => made(value, optimizer, 3))).toContain("an object of options");
  });

  test("ReduceLROnPlateau wants a number", async () => {
    const optimizer = new optim.SGD([tensor([1], { requiresGrad: true })]);
    const schedule = new optim.ReduceLROnPlateau(optimizer);
    expect(await refusal(() => called(schedule.step.bind(schedule)))).toContain("got nothing");
    expect(await refusal(() => called(schedule.step.bind(schedule), tensor(1)))).toContain(
      "a tensor []",
    );
    expect(await refusal(() => schedule.loadStateDict(null as never))).toContain("got null");
  });
});

describe("fit", () => {
  const optimizer = new optim.SGD(model.parameters(), { lr: 0.1 });
  const good = { model, optimizer, loss, steps: 1 };

  test("refuses a data set where a loader is expected", async () => {
    expect(await refusal(() => called(train.fit, { ...good, data: dataset }))).toMatch(
      /^fit: expected a DataLoader as data, got an object of class TensorDataset; put the data set into one: new DataLoader/,
    );
  });

  test("refuses a loss that is a promise, or none, and goes on afterwards", async () => {
    const later = async (batch: { x: Tensor; y: Tensor }) => loss(batch);
    expect(await refusal(() => called(train.fit, { ...good, data: data(), loss: later }))).toMatch(
      /^fit: expected a function that returns a tensor, the loss, got an object of class Promise; .*without async/,
    );
    expect(
      await refusal(() => called(train.fit, { ...good, data: data(), loss: () => 3 })),
    ).toContain("got 3");
    expect((await train.fit({ ...good, data: data() })).ended).toBe("finished");
  });

  test("refuses an optimiser that wants a closure, half a step and unknown options", async () => {
    const bfgs = new optim.BFGS(model.parameters());
    expect(
      await refusal(() => called(train.fit, { ...good, data: data(), optimizer: bfgs })),
    ).toContain("step: () => optimizer.step(closure)");
    expect(
      await refusal(() => called(train.fit, { model, data: data(), steps: 1, loss })),
    ).toContain("expected loss and optimizer, or step, got loss alone");
    expect(await refusal(() => called(train.fit, { ...good, data: data(), epoch: 2 }))).toContain(
      "did you mean 'epochs'?",
    );
    expect(
      await refusal(() => called(train.fit, { ...good, data: data(), onStep: "log" })),
    ).toContain("expected a function as onStep");
    bfgs.dispose();
  });

  test("refuses an optimiser of another model, which would train nothing", async () => {
    const other = new optim.SGD(new nn.Linear(1, 1).parameters(), { lr: 0.1 });
    expect(
      await refusal(() => called(train.fit, { ...good, data: data(), optimizer: other })),
    ).toMatch(/^fit: expected a loss that gives the optimiser's parameters gradients, got one/);
  });

  test("a step of one's own gives a tensor or a promise of a number", async () => {
    const own = (step: unknown) =>
      refusal(() => called(train.fit, { model, data: data(), steps: 1, step }));
    expect(await own(() => undefined)).toContain("got nothing");
    expect(await own(async () => undefined)).toContain("a promise of nothing");
  });
});

test("evaluate and EarlyStopping say what a promise should have been", async () => {
  const later = async () => 1;
  expect(await refusal(() => called(train.evaluate, model, data(), later))).toContain(
    "class Promise",
  );
  expect(await refusal(() => called(train.evaluate, model, dataset, loss))).toContain(
    "a DataLoader",
  );
  const stopping = new train.EarlyStopping();
  expect(await refusal(() => called(stopping.observe.bind(stopping), tensor(1)))).toContain(
    "await loss.item()",
  );
});

describe("data", () => {
  test("labels of any integer kind come out as they went in", async () => {
    const { y } = dataset.batch(Uint32Array.of(2, 0));
    expect([y.dtype, ...(await y.read())]).toEqual(["i32", 1, 0]);
    const images = { shape: [2, 1, 1], data: Uint8Array.of(0, 255) };
    const big = Reflect.construct(ImageDataset, [images, BigInt64Array.of(3n, 1n)]) as ImageDataset;
    expect([...(await big.batch(Uint32Array.of(0, 1)).y.read())]).toEqual([3, 1]);
    expect(await refusal(() => new ImageDataset(images, [0, NaN]))).toMatch(/^ImageDataset: .*NaN/);
    expect(await refusal(() => new ImageDataset(images, [0, -1]))).toMatch(/^ImageDataset: .*-1/);
  });

  test("a loader refuses what is no data set, other options and no state", async () => {
    expect(await refusal(() => made(DataLoader, [1, 2]))).toContain("expected a data set");
    expect(await refusal(() => made(DataLoader, dataset, { batch_size: 2 }))).toContain(
      "did you mean 'batchSize'?",
    );
    expect(await refusal(() => made(DataLoader, dataset, 2))).toContain("an object of options");
    expect(await refusal(() => data().loadStateDict(null as never))).toContain("got null");
    expect(await refusal(() => called(dataset.batch.bind(dataset), [0, 1]))).toContain(
      "Uint32Array",
    );
  });
});

test("fit trains what is unfrozen of a frozen model, and refuses one that is frozen throughout", async () => {
  const head = new nn.Linear(2, 2);
  const whole = new nn.Sequential(new nn.Linear(2, 2), head);
  const step = ({ x, y }: { x: Tensor; y: Tensor }) => crossEntropy(whole.forward(x), y);
  nn.freeze(whole).train();
  const options = { model: whole, data: data(), loss: step, steps: 1 };
  const optimizer = new optim.SGD(head.parameters(), { lr: 1 });
  expect(await refusal(() => train.fit({ ...options, optimizer }))).toContain(
    "fit: expected a model in training mode, got a frozen one of which no part trains; call nn.unfreeze()",
  );
  nn.unfreeze(head).train();
  const before = Array.from(await head.weight.read());
  expect((await train.fit({ ...options, optimizer })).ended).toBe("finished");
  expect(Array.from(await head.weight.read())).not.toEqual(before);
  whole.dispose();
});
