import { expect, test } from "vitest";
import {
  assign,
  BatchNorm1d,
  BatchNorm2d,
  Conv2d,
  Dropout,
  Flatten,
  GlobalAvgPool2d,
  inference,
  Linear,
  Module,
  normLayer,
  parameter,
  ReLU,
  ReLU6,
  Sequential,
} from "../../../src/nn/index.ts";
import { activation, relu, sigmoid } from "../../../src/ops/activation/activation.ts";
import { add, mul } from "../../../src/ops/elementwise/elementwise.ts";
import { manualSeed, uniform } from "../../../src/ops/random/random.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";
import { close, image, trained } from "../../support/trained.ts";

const engine = await initShared();

/** Number of dispatches of one more call. */
async function dispatchesOf(call: () => Tensor): Promise<number> {
  call().dispose();
  await engine.flush();
  const before = engine.counters().dispatches;
  call().dispose();
  await engine.flush();
  return engine.counters().dispatches - before;
}

class Inverted extends Module {
  readonly conv: Sequential;

  constructor(channels: number) {
    super();
    const wide = 3 * channels;
    this.conv = new Sequential(
      new Conv2d(channels, wide, 1, { bias: false }),
      new BatchNorm2d(wide),
      new ReLU6(),
      new Conv2d(wide, wide, 3, { padding: 1, groups: wide, bias: false }),
      new BatchNorm2d(wide),
      new ReLU6(),
      new Conv2d(wide, channels, 1),
      new BatchNorm2d(channels),
    );
  }

  override forward(x: Tensor): Tensor {
    return add(x, this.conv.forward(x));
  }
}

const small = () =>
  trained(
    new Sequential(
      new Conv2d(3, 8, 3, { stride: 2, padding: 1, bias: false }),
      new BatchNorm2d(8, { eps: 1e-3 }),
      new ReLU(),
      new Inverted(8),
      new Inverted(8),
      new GlobalAvgPool2d(),
      new Flatten(),
      new Linear(8, 6),
      new BatchNorm1d(6),
      new ReLU(),
      new Dropout(0.5),
      new Linear(6, 5),
    ),
  );

test("every norm, activation and shortcut ends a convolution or product, and the values are those of eval()", async () => {
  const model = small();
  const x = image(2, 3, 12);
  const predict = inference(model);
  await close(predict(x), model.forward(x));
  // stem, 2 × 3 convolutions, pool, 2 linear layers
  expect(await dispatchesOf(() => predict(x))).toBe(10);
  expect(predict.plan()).toMatchObject({ dispatches: 18, constant: 8 });
  predict.dispose();
  model.dispose();
});

test("a changed weight, running statistic or γ is followed, and nothing else is computed again", async () => {
  const model = small();
  const x = image(1, 3, 12);
  const predict = inference(model);
  await close(predict(x), model.forward(x));
  for (const name of ["0.weight", "1.running_var", "3.conv.1.weight", "8.running_mean"]) {
    const [, value] = model.namedTensors().find(([each]) => each === name) ?? [];
    assign(
      value as Tensor,
      Float32Array.from({ length: value?.size ?? 0 }, (_, i) => 0.3 + (i % 3) / 4),
    );
    await close(predict(x), model.forward(x));
    expect(await dispatchesOf(() => predict(x))).toBe(10);
  }
  predict.dispose();
  model.dispose();
});

test("a change between two calls of one flush comes between them", async () => {
  const model = trained(new Sequential(new Conv2d(1, 2, 1), new BatchNorm2d(2)));
  const x = image(1, 1, 4);
  const predict = inference(model);
  const gamma = (model.namedTensors().find(([name]) => name === "1.weight") as [string, Tensor])[1];
  const before = model.forward(x);
  const first = predict(x);
  assign(gamma, Float32Array.of(3, -2));
  const second = predict(x);
  const after = model.forward(x);
  await close(first, before);
  await close(second, after);
  predict.dispose();
});

test("what several operations read is computed once, not merged into each", async () => {
  class Swish extends Module {
    readonly conv = new Conv2d(2, 3, 3);
    readonly bn = new BatchNorm2d(3);
    override forward(x: Tensor): Tensor {
      const y = this.bn.forward(this.conv.forward(x));
      return mul(y, sigmoid(y));
    }
  }
  const model = trained(new Swish());
  const x = image(1, 2, 6);
  const predict = inference(model);
  await close(predict(x), model.forward(x));
  expect(await dispatchesOf(() => predict(x))).toBe(2); // y·sigmoid(y) is one fused dispatch
});

test("a shortcut that is a projection, two outputs, and a model that frees what it makes", async () => {
  class Block extends Module<[x: Tensor], { y: Tensor; features: Tensor }> {
    readonly project = new Conv2d(3, 4, 1, { stride: 2, bias: false });
    readonly bn0 = new BatchNorm2d(4);
    readonly conv = new Conv2d(3, 4, 3, { stride: 2, padding: 1 });
    readonly bn = normLayer("batch", 4);
    override forward(x: Tensor): { y: Tensor; features: Tensor } {
      using narrow = this.project.forward(x);
      using shortcut = this.bn0.forward(narrow);
      using h = this.conv.forward(x);
      using normed = this.bn.forward(h);
      const features = add(normed, shortcut);
      return { y: relu(features), features };
    }
  }
  const model = trained(new Block());
  const x = image(2, 3, 7);
  const predict = inference(model);
  const [got, wanted] = [predict(x), model.forward(x)];
  await close(got.y, wanted.y);
  await close(got.features, wanted.features);
  predict.dispose();
});

test("pre-activation: a norm takes the activation behind it, and nothing that comes before", async () => {
  const model = trained(new Sequential(new BatchNorm2d(3), new ReLU(), new Conv2d(3, 4, 3)));
  const x = image(1, 3, 6);
  const predict = inference(model);
  await close(predict(x), model.forward(x));
  expect(await dispatchesOf(() => predict(x))).toBe(2);
});

test("random numbers of a model are those that eager code draws", async () => {
  class Noisy extends Module {
    readonly conv = new Conv2d(1, 1, 1);
    override forward(x: Tensor): Tensor {
      return add(this.conv.forward(x), uniform(x.shape));
    }
  }
  const model = trained(new Noisy());
  const x = image(1, 1, 3);
  const predict = inference(model);
  manualSeed(5);
  const wanted = [model.forward(x), model.forward(x)];
  manualSeed(5);
  const got = [predict(x), predict(x)];
  await close(got[0] as Tensor, wanted[0] as Tensor);
  await close(got[1] as Tensor, wanted[1] as Tensor);
});

test("a model in training mode is refused by the name of the part, at every call", async () => {
  const model = small();
  const predict = inference(model);
  const x = image(1, 3, 12);
  predict(x).dispose();
  model.train();
  expect(() => predict(x)).toThrow(
    /inference: expected a model in evaluation mode, got Sequential in training mode; call model.eval/,
  );
  model.eval();
  predict(x).dispose();
  expect(() => Reflect.apply(predict, 0, [3])).toThrow("inference: expected tensors as arguments");
});

test("explain says what runs only when a source has changed, and replays are the same bits", async () => {
  class Scaled extends Module {
    readonly weight = parameter(tensor([1, 2, 3, 4]));
    override forward(x: Tensor): Tensor {
      return mul(x, activation(mul(this.weight, this.weight), { act: "tanh" }));
    }
  }
  const model = trained(new Scaled());
  const predict = inference(model);
  const x = tensor([1, -1, 0.5, 2]);
  expect(await predict(x).read()).toEqual(await model.forward(x).read());
  expect(predict.explain()).toContain("2 dispatches (1 only when a source has changed");
  assign(model.weight, Float32Array.of(0.1, 0.2, 0.3, 0.4));
  expect(await predict(x).read()).toEqual(await model.forward(x).read());
});
