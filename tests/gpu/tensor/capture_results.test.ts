import { describe, expect, test } from "vitest";
import { WgradError } from "../../../src/core/errors.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { SGD } from "../../../src/optim/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { keep, scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();
const x = tensor([1, 2]);
const list = async (t: Tensor) => [...(await t.read())];

describe("a captured function returns", () => {
  test("a constant of its closure, which stays what it was", async () => {
    const c = tensor([9]);
    const step = capture((_: Tensor) => c);
    for (let i = 0; i < 3; i++) {
      using y = step(x);
      expect(y).not.toBe(c);
      expect(await list(y)).toEqual([9]);
    }
    step.dispose();
    expect(await list(c)).toEqual([9]);
  });

  test("a tensor the host makes in there", async () => {
    const step = capture((_: Tensor) => tensor([7]));
    for (let i = 0; i < 3; i++) {
      using y = step(x);
      expect(await list(y)).toEqual([7]);
    }
    step.dispose();
  });

  test("a constant beside what is computed of it", async () => {
    const c = tensor([9]);
    const step = capture((_: Tensor) => ({ y: ops.mul(c, 2), c }));
    for (let i = 0; i < 3; i++) {
      const { y, c: same } = step(x);
      expect([await list(y), await list(same)]).toEqual([[18], [9]]);
      for (const used of [y, same]) used.dispose();
    }
    expect(await list(c)).toEqual([9]);
  });

  test("its arguments, and a tensor twice", async () => {
    const step = capture((a: Tensor, b: Tensor) => {
      const y = ops.add(a, b);
      return [a, y, y, b, a];
    });
    for (const by of [1, 10]) {
      const [a, b] = [tensor([by, 2]), tensor([3, 4])];
      const got = await Promise.all(step(a, b).map(list));
      const y = [by + 3, 6];
      expect(got).toEqual([[by, 2], y, y, [3, 4], [by, 2]]);
      expect(await list(a)).toEqual([by, 2]);
    }
  });

  test("a weight before an optimiser packed it and after, and what it has become", async () => {
    const model = new nn.Linear(2, 2);
    nn.assign(model.weight, Float32Array.of(1, 2, 3, 4));
    const step = capture((_: Tensor) => model.weight);
    using before = step(x);
    expect(await list(before)).toEqual([1, 2, 3, 4]);
    const optimizer = new SGD(model.parameters(), { lr: 0.5 });
    using after = step(x);
    expect(await list(after)).toEqual([1, 2, 3, 4]);
    const train = capture((input: Tensor) => {
      optimizer.zeroGrad();
      ops.sum(model.forward(ops.reshape(input, [1, 2]))).backward();
      optimizer.step();
      return model.weight;
    });
    using trained = train(x);
    expect(await list(trained)).toEqual([0.5, 1, 2.5, 3]);
    expect(await list(model.weight)).toEqual([0.5, 1, 2.5, 3]);
  });

  test("running statistics, which go on", async () => {
    const moved = async (call: (bn: nn.BatchNorm1d) => (x: Tensor) => Tensor) => {
      const bn = new nn.BatchNorm1d(2);
      const step = call(bn);
      const batch = tensor([[1, 2], [3, 8]]); // biome-ignore format: a matrix
      const seen: number[][] = [];
      for (let i = 0; i < 3; i++) seen.push(await list(step(batch)));
      return [...seen, await list(bn.runningVar as Tensor)];
    };
    const step = (bn: nn.BatchNorm1d) => (batch: Tensor) => {
      bn.forward(batch);
      return bn.runningVar as Tensor;
    };
    const eager = await moved(step);
    expect(eager[0]?.[0]).toBeCloseTo(1.1, 5);
    expect(await moved((bn) => capture(step(bn)))).toEqual(eager);
    expect(await moved((bn) => capture(step(bn), { copy: false }))).toEqual(eager);
  });

  test("the same tensors every time without copies, and destroys none of the user's", async () => {
    const c = tensor([9]);
    const step = capture((a: Tensor) => ({ c, a, y: ops.mul(a, c), seven: tensor([7]) }), {
      copy: false,
    });
    const first = step(tensor([1]));
    const second = step(tensor([2]));
    expect(second.y).toBe(first.y);
    const got = await Promise.all(Object.values(second).map(list));
    expect(got).toEqual([[9], [2], [18], [7]]);
    step.dispose();
    expect(await list(c)).toEqual([9]);
  });

  test("nothing, and leaves a tensor that it keeps filled", async () => {
    let kept: Tensor | undefined;
    const step = capture((a: Tensor) => {
      kept ??= keep(tensor([5]));
      ops.add(a, kept);
    });
    expect(step(x)).toBe(undefined);
    expect(await list(kept as unknown as Tensor)).toEqual([5]);
  });

  test("what was given to other tensors by a recording that only prepared, or failed", async () => {
    let kept: Tensor | undefined;
    const make = (a: Tensor, fail: boolean) => {
      kept = keep(tensor([5]));
      if (fail) throw new Error("mine");
      return ops.mul(a, kept);
    };
    await capture((a: Tensor) => make(a, false)).prepare([x]);
    expect(await list(kept as unknown as Tensor)).toEqual([5]);
    expect(() => capture((a: Tensor) => make(a, true))(x)).toThrow("mine");
    expect(await list(kept as unknown as Tensor)).toEqual([5]);
  });

  test("tensors that hold no bytes beyond those of their caller", async () => {
    const c = tensor([9]);
    const step = capture((a: Tensor) => [c, a, ops.add(a, c), tensor([1])]);
    const call = async () => {
      for (const y of step(x)) {
        await y.read();
        y.dispose();
      }
    };
    await call();
    await call();
    const { liveBytes, buffersCreated, bindGroupsCreated } = engine.counters();
    for (let i = 0; i < 10; i++) await call();
    expect(engine.counters()).toMatchObject({ liveBytes, buffersCreated, bindGroupsCreated });
  });
});

describe("a captured function refuses by name", () => {
  const wrong: Record<string, unknown> = {
    array: [1, 2],
    number: 5,
    null: null,
    nothing: undefined,
  };
  for (const [name, value] of Object.entries(wrong)) {
    test(`${name} instead of a tensor`, () => {
      const step = capture((a: Tensor) => ops.mul(a, 2)) as unknown as (a: unknown) => Tensor;
      expect(() => step(value)).toThrow(/^capture: expected tensors as arguments, got .* 1; /);
      expect(() => step(value)).toThrow(WgradError);
    });
    test(`${name} as a function`, () => {
      const wrap = capture as unknown as (step: unknown) => unknown;
      expect(() => wrap(value)).toThrow(/^capture: expected a function as step, got /);
    });
  }

  const results: Record<string, () => unknown> = {
    "a number": () => 5,
    null: () => null,
    "a string": () => "loss",
    "an object with a number": () => ({ loss: 5 }),
    "nested arrays": () => [[x]],
    "a promise": async () => x,
    "a Map": () => new Map([["x", x]]),
  };
  for (const [name, result] of Object.entries(results)) {
    test(`${name} as a result`, async () => {
      const step = capture(result as () => Tensor);
      expect(() => step()).toThrow(
        /^capture: expected (tensors as the result|a synchronous function)/,
      );
      expect(() => step()).toThrow(WgradError);
      expect(await list(ops.mul(x, 2))).toEqual([2, 4]);
    });
  }

  test("unknown options", () => {
    const wrap = capture as unknown as (step: unknown, options: object) => unknown;
    expect(() => wrap(() => x, { fused: true })).toThrow(
      /^capture: .*got 'fused'; did you mean 'fuse'/,
    );
  });

  test("a freed tensor as argument, as a constant, and as a result", async () => {
    const step = capture((a: Tensor) => ops.mul(a, 2));
    const gone = tensor([1]);
    gone.dispose();
    expect(() => step(gone)).toThrow(/^capture: expected a live tensor/);
    expect(() => capture(() => gone)()).toThrow(/^capture: expected a live tensor/);
    const c = tensor([3]);
    const uses = capture((a: Tensor) => ops.mul(a, c));
    using y = uses(x);
    expect(await list(y)).toEqual([3, 6]);
    c.dispose();
    expect(() => uses(x)).toThrow(/expected a live tensor, got the disposed/);
  });

  test("a captured step within another one, and keeps errors of the function as they are", () => {
    const inner = capture((a: Tensor) => ops.mul(a, 2));
    expect(() => capture((a: Tensor) => inner(a))(x)).toThrow(/^capture: /);
    expect(() => capture((a: Tensor) => ops.matmul(a, tensor([[1]])))(x)).toThrow(/^matmul/);
    const scoped = () => scope(() => capture((a: Tensor) => ops.matmul(a, tensor([[1]])))(x));
    expect(scoped).toThrow(/^matmul/);
  });
});
