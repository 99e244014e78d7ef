import { expect, test } from "vitest";
import { noGrad } from "../../../src/autograd/mode.ts";
import {
  assign,
  BatchNorm2d,
  Concat,
  Conv2d,
  inference,
  MaxPool2d,
  Module,
  parameter,
  ReLU,
  Sequential,
} from "../../../src/nn/index.ts";
import { add, mul } from "../../../src/ops/elementwise/elementwise.ts";
import { manualSeed, normal } from "../../../src/ops/random/random.ts";
import { mean } from "../../../src/ops/reduce/reduce.ts";
import { concat } from "../../../src/ops/shape/shape.ts";
import { SGD } from "../../../src/optim/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

/**
 * Runs a function eagerly and captured, twice; results must be equal to the bit. Returns how many copies the plan
 * saves.
 */
async function both(f: (x: Tensor) => Tensor, shape: readonly number[]): Promise<number> {
  manualSeed(11);
  const step = capture((x: Tensor) => noGrad(() => f(x)));
  for (let i = 0; i < 2; i++) {
    using x = normal(shape);
    using expected = noGrad(() => f(x));
    using got = step(x);
    expect(await got.read()).toEqual(await expected.read());
  }
  const { inPlace } = step.plan();
  step.dispose();
  await engine.flush();
  return inPlace;
}

test("branches of one image write into their concatenation, those within branches, too", async () => {
  const inner = new Concat([new Conv2d(4, 4, [1, 3], { padding: [0, 1] }), new Conv2d(4, 8, 1)]);
  const model = new Concat([
    new Conv2d(3, 4, 1),
    new Sequential(new Conv2d(3, 4, 3, { padding: 1 }), inner),
    new MaxPool2d(3, { stride: 1, padding: 1 }),
  ]);
  expect(await both((x) => model.forward(x), [1, 3, 8, 8])).toBe(5);
  expect(await both((x) => mul(model.forward(x), 2), [1, 3, 8, 8])).toBe(5);
  // with two images a part is not contiguous, and parts of 36 elements do not begin at multiples of 256 bytes
  expect(await both((x) => model.forward(x), [2, 3, 8, 8])).toBe(0);
  expect(await both((x) => model.forward(x), [1, 3, 6, 6])).toBeLessThan(5);
  model.dispose();
});

test("what is used again, given twice or given from outside is copied", async () => {
  const shape = [1, 4, 4, 4];
  // y is read after the concatenation
  const again = (x: Tensor) => {
    const y = mul(x, 3);
    const z = concat([y, mul(x, x)], 1);
    return concat([z, y], 1);
  };
  expect(await both(again, shape)).toBeLessThan(4);
  const twice = (x: Tensor) => {
    const y = add(x, 1);
    return concat([y, y], 1);
  };
  expect(await both(twice, shape)).toBeLessThan(2);
  expect(await both((x) => concat([x, x], 1), shape)).toBe(0);
});

test("a part that is computed from another part of the same concatenation is copied", async () => {
  const layer = new Conv2d(4, 4, 3, { padding: 1 });
  const next = new Conv2d(4, 4, 1);
  const chained = (x: Tensor) => {
    const a = layer.forward(x);
    const b = next.forward(a); // it reads a and writes b: they cannot be in one buffer
    return concat([a, b], 1);
  };
  expect(await both(chained, [1, 4, 8, 8])).toBe(1);
  for (const each of [layer, next]) each.dispose();
});

test("a training step with concatenations has the bits of one that runs one by one", async () => {
  const { inPlace, ...found } = await trained(true);
  expect(inPlace).toBeGreaterThan(0);
  expect(found).toEqual((({ losses, weights }) => ({ losses, weights }))(await trained(false)));
});

/** Two steps of SGD on one image: losses, weights afterwards, copies saved. */
async function trained(isCaptured: boolean) {
  manualSeed(5);
  const model = new Sequential(
    new Concat([new Conv2d(3, 4, 3, { padding: 1 }), new Conv2d(3, 8, 1), new MaxPool2d(1)]),
    new Conv2d(15, 4, 1),
  );
  const optimizer = new SGD(model.parameters(), { lr: 0.1 });
  const run = (x: Tensor) => {
    optimizer.zeroGrad();
    const y = model.forward(x);
    const loss = mean(mul(y, y));
    loss.backward();
    optimizer.step();
    return loss;
  };
  const step = capture(run);
  const losses: unknown[] = [];
  for (let i = 0; i < 2; i++) {
    using x = normal([1, 3, 8, 8]);
    using loss = isCaptured ? step(x) : scope(() => run(x));
    losses.push(await loss.read());
  }
  const weights = await Promise.all(model.parameters().map((each) => each.read()));
  const inPlace = isCaptured ? step.plan().inPlace : 0;
  step.dispose();
  model.dispose();
  return { losses, weights, inPlace };
}

/** Concatenates two branches and a tensor that depends on a parameter alone. */
class WithConstant extends Module<[Tensor], Tensor> {
  readonly w = parameter(normal([1, 4, 8, 8]));
  readonly a = new Sequential(new Conv2d(3, 4, 1), new BatchNorm2d(4), new ReLU());
  readonly b = new Sequential(new Conv2d(3, 8, 3, { padding: 1 }), new BatchNorm2d(8));

  override forward(x: Tensor): Tensor {
    return concat([mul(this.w, 2), this.a.forward(x), this.b.forward(x)], 1);
  }
}

test("what inference() keeps from call to call is copied, and follows its parameter", async () => {
  const model = new WithConstant().eval();
  const predict = inference(model);
  for (const value of [1, 1, 3]) {
    assign(model.w, new Float32Array(256).fill(value));
    using x = normal([1, 3, 8, 8]);
    using expected = noGrad(() => model.forward(x));
    using got = predict(x);
    expectClose(await got.read(), await expected.read());
  }
  expect(predict.plan()).toMatchObject({ inPlace: 2, constant: 3 });
  predict.dispose();
  model.dispose();
});

function expectClose(got: ArrayLike<number>, expected: ArrayLike<number>): void {
  const far = Array.from(got, (value, i) => Math.abs(value - (expected[i] as number)));
  expect(Math.max(...far)).toBeLessThan(1e-5); // 27 products of numbers of about 1, summed in another order
}
