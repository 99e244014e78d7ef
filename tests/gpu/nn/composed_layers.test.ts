import { describe, expect, test } from "vitest";
import { noGrad } from "../../../src/autograd/mode.ts";
import * as nn from "../../../src/nn/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { keep, scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();
const picture = () =>
  tensor(
    Float32Array.from({ length: 8 }, (_, i) => i - 3),
    { shape: [2, 4] },
  );

/** Records its input and output. */
class Remembering extends nn.Module {
  seen: Tensor[] = [];

  constructor(readonly note: (x: Tensor) => Tensor = (x) => x) {
    super();
  }

  override forward(x: Tensor): Tensor {
    this.seen = [this.note(x)];
    return x;
  }
}

/** Returns the same tensor in every call. */
class Constant extends nn.Module {
  readonly #value: Tensor;

  constructor(value: Tensor) {
    super();
    this.#value = value;
  }

  override forward(): Tensor {
    return this.#value;
  }
}

describe("layers made of layers, outside of a scope,", () => {
  test("free what lies between them, and gradients are those within one", async () => {
    const model = new nn.Sequential(
      new nn.Linear(4, 3),
      new nn.Sequential(new nn.Tanh(), new nn.Dropout(0.5).eval()),
      new nn.Linear(3, 2),
    );
    using x = picture();
    const gradients = async (run: (work: () => void) => void) => {
      for (const p of model.parameters()) {
        p.grad?.dispose();
        p.grad = null;
      }
      run(() => {
        const y = model.forward(x);
        using upstream = tensor(Float32Array.of(1, -2, 0.5, 3), { shape: [2, 2] });
        y.backward(upstream);
        y.dispose();
      });
      return Promise.all(model.parameters().map((p) => p.grad?.read()));
    };
    const within = await gradients(scope);
    const outside = await gradients((work) => work());
    expect(within.every((each) => each !== undefined)).toBe(true);
    expect(outside).toEqual(within);
    await engine.finish();
    const before = engine.counters().liveBytes;
    for (let i = 0; i < 10; i++) noGrad(() => model.forward(x)).dispose();
    for (let i = 0; i < 10; i++) await gradients((work) => work());
    await engine.finish();
    expect(engine.counters().liveBytes).toBe(before);
    model.dispose();
  });

  test("leave alone what was there before, what is kept and what a hook has seen", async () => {
    const value = picture();
    const keeping = new Remembering(keep);
    const tanh = new nn.Tanh();
    const hooked: Tensor[] = [];
    tanh.registerForwardHook((_, input, output) => {
      hooked.push(input, output);
    });
    const model = new nn.Sequential(
      ...[new Constant(value), new nn.Tanh(), keeping, tanh, new nn.Tanh()],
    );
    using x = picture();
    const y = model.forward(x);
    for (const held of [value, x, y, ...keeping.seen, ...hooked]) expect(held.disposed).toBe(false);
    expect((await value.read())[0]).toBe(-3);
    for (const held of new Set([value, y, ...keeping.seen, ...hooked])) held.dispose();
    model.dispose();
  });

  test("say of what they have freed that it is, and keep() is the way to hold it", async () => {
    const remembering = new Remembering();
    const model = new nn.Sequential(new nn.Tanh(), remembering, new nn.Tanh());
    using x = picture();
    using y = model.forward(x);
    expect(y.shape).toEqual([2, 4]);
    await expect(remembering.seen[0]?.read()).rejects.toThrow(
      "read: expected a live tensor, got the disposed tanh[2, 4]",
    );
    model.dispose();
  });

  test("free what they have made when a layer throws", async () => {
    const model = new nn.Sequential(new nn.Linear(4, 3), new nn.Tanh(), new nn.Linear(4, 2));
    using x = picture();
    await engine.finish();
    const before = engine.counters().liveBytes;
    expect(() => noGrad(() => model.forward(x))).toThrow(/expected/);
    await engine.finish();
    expect(engine.counters().liveBytes).toBe(before);
    model.dispose();
  });
});
