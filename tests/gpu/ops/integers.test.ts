import { describe, expect, test } from "vitest";
import { ValueError } from "../../../src/core/errors.ts";
import type { DType } from "../../../src/core/shape.ts";
import * as ops from "../../../src/ops/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { fusedDispatches, leaf, type Step, values } from "../../support/fusion.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();
const list = async (x: Tensor) => [...(await x.read())];

describe("how many are right", () => {
  const logits = tensor([
    [1, 3, 2],
    [5, 4, 3],
    [0, 1, 7],
    [2, 9, 1],
  ]);
  for (const dtype of ["f32", "i32", "u32"] as const) {
    const y = tensor([1, 0, 2, 2], { dtype });

    test(`sum(equal(argmax(logits), y)) with y of ${dtype}`, async () => {
      expect(await ops.sum(ops.equal(ops.argmax(logits), y)).item()).toBe(3);
    });

    test(`mean(cast(equal(argmax(logits), y), "f32")) with y of ${dtype}`, async () => {
      const right = ops.equal(ops.argmax(logits), y);
      expect(await ops.mean(ops.cast(right, "f32")).item()).toBe(0.75);
      expect(await ops.mean(ops.cast(right, "u32")).item()).toBe(0.75);
    });
  }
});

describe("types", () => {
  const types: [DType, DType, DType][] = [
    ["i32", "i32", "i32"],
    ["u32", "u32", "u32"],
    ["i32", "u32", "i32"],
    ["u32", "f32", "f32"],
    ["f32", "i32", "f32"],
  ];
  test.each(types)("%s and %s meet in %s", (a, b, met) => {
    const [x, y] = [tensor([4, 6], { dtype: a }), tensor([2, 4], { dtype: b })];
    for (const op of [ops.add, ops.sub, ops.mul, ops.maximum, ops.minimum, ops.pow]) {
      expect(op(x, y).dtype).toBe(met);
    }
    expect(ops.div(x, y).dtype).toBe("f32");
    expect(ops.where(ops.less(x, y), x, y).dtype).toBe(met);
  });

  test("u32 can be cast to f32, and back towards 0", async () => {
    const x = ops.cast(tensor(Uint32Array.of(0, 7, 2 ** 24)), "f32");
    expect(x.dtype).toBe("f32");
    expect(await list(x)).toEqual([0, 7, 2 ** 24]);
    expect(await list(ops.cast(tensor([1.9, -1.9, 0.5]), "i32"))).toEqual([1, -1, 0]);
    expect(await list(ops.cast(tensor([-5, 1e20]), "u32"))).toEqual([0, 2 ** 32 - 256]);
    expect(await list(ops.cast(tensor([1e20, -1e20]), "i32"))).toEqual([2 ** 31 - 128, -(2 ** 31)]);
  });

  test("a gradient flows past integers to the floats beside them", async () => {
    const x = leaf(tensor([1, 2, 3]));
    ops.sum(ops.mul(x, tensor(Uint32Array.of(2, 0, 5)))).backward();
    expect(await list(x.grad as Tensor)).toEqual([2, 0, 5]);
  });
});

describe("a number on either side", () => {
  const x = tensor([1, 2, 4]);

  test("add, sub, mul, div, pow, maximum, minimum and comparisons", async () => {
    expect(await list(ops.add(1, x))).toEqual([2, 3, 5]);
    expect(await list(ops.sub(1, x))).toEqual([0, -1, -3]);
    expect(await list(ops.mul(2, x))).toEqual([2, 4, 8]);
    expect(await list(ops.div(1, x))).toEqual([1, 0.5, 0.25]);
    expect(await list(ops.pow(2, x))).toEqual([2, 4, 16]);
    expect(await list(ops.pow(x, 2))).toEqual([1, 4, 16]);
    expect(await list(ops.maximum(x, 2))).toEqual([2, 2, 4]);
    expect(await list(ops.minimum(2, x))).toEqual([1, 2, 2]);
    expect(await list(ops.less(2, x))).toEqual([0, 0, 1]);
  });

  test("has no gradient, the tensor has its own", async () => {
    const p = leaf(x);
    ops.sum(ops.add(ops.pow(p, 2), ops.add(ops.div(8, p), ops.sub(1, p)))).backward();
    expect(await list(p.grad as Tensor)).toEqual([2 - 8 - 1, 4 - 2 - 1, 8 - 0.5 - 1]);
  });

  test("div by 1e38 divides", async () => {
    expect(await list(ops.div(tensor([1e38, 3e38]), 1e38))).toEqual([1, Math.fround(3)]);
    expect(await list(ops.div(tensor([9, 49]), 49))).toEqual([Math.fround(9 / 49), 1]);
  });

  test("two numbers are refused by name", () => {
    expect(() => ops.add(1, 2)).toThrow(
      /^add: expected a tensor as a or b, got the numbers 1 and 2/,
    );
  });
});

describe("options under other names", () => {
  const x = tensor([[1, 2]]);

  test("sum(x, { axis: 0 }) and sum(x, 0) are refused", () => {
    const other = (options: object) => () => ops.sum(x, options);
    expect(other({ axis: 0 })).toThrow(
      /^sum: expected options .*, got 'axis'; did you mean 'axes'/,
    );
    expect(() => Reflect.apply(ops.sum, undefined, [x, 0])).toThrow(
      /^sum: expected an object of options as options, got 0/,
    );
    expect(other({ keepdim: true })).toThrow(/did you mean 'keepDims'/);
    expect(() => Reflect.apply(ops.add, undefined, [x])).toThrow(ValueError);
  });
});

describe("captured steps with integers", () => {
  test("give what eager ones give: labels counted beside a loss", async () => {
    const y = tensor(Int32Array.from({ length: 40 }, (_, i) => (i * 3) % 4));
    const step: Step = (x, labels) => {
      const found = ops.argmax(x as Tensor);
      const right = ops.equal(found, labels as Tensor);
      const shifted = ops.add(ops.mul(found, 3), 1);
      const loss = ops.mul(ops.add(ops.square(ops.cast(shifted, "f32")), 0.5), right);
      return [ops.sum(right), shifted, loss, ops.where(right, found, -1)];
    };
    await fusedDispatches(step, values(3, 40, 4), y);
  });

  test("fuse floats around them", async () => {
    const step: Step = (x, n) => {
      const float = ops.cast(ops.add(n as Tensor, 1), "f32");
      return [ops.tanh(ops.add(ops.mul(x as Tensor, float), 0.5))];
    };
    // the scalar's fill, an addition, a conversion, and the rest fused into one
    const n = tensor(Uint32Array.from({ length: 60 }, (_, i) => i % 5));
    expect(await fusedDispatches(step, values(1, 60), n)).toBe(4);
  });
});

describe("side by side", () => {
  test("are tensors of one element type; others are refused before anything is queued", async () => {
    const [floats, labels] = [tensor([1, 2]), tensor(Uint32Array.of(2 ** 32 - 1))];
    const before = floats.engine.counters().dispatches;
    expect(() => ops.concat([floats, labels])).toThrow(
      'concat: expected tensors of one element type, got f32 and u32; convert one with cast(x, "f32")',
    );
    expect(() => ops.stack([tensor(Int32Array.of(-1)), labels])).toThrow(
      /expected tensors of one element type, got i32 and u32; convert one with cast\(x, "i32"\)/,
    );
    expect(floats.engine.counters().dispatches).toBe(before);
    expect(await list(ops.concat([floats, ops.cast(labels, "f32")]))).toEqual([1, 2, 2 ** 32]);
  });

  test("go through roll, split and repeat with all their bits", async () => {
    const x = tensor(Int32Array.of(2 ** 31 - 1, -(2 ** 31), 2 ** 24 + 1, 5));
    expect(await list(ops.roll(x, 1))).toEqual([5, 2 ** 31 - 1, -(2 ** 31), 2 ** 24 + 1]);
    const [, back] = ops.split(x, 2);
    expect([back?.dtype, await list(back as Tensor)]).toEqual(["i32", [2 ** 24 + 1, 5]]);
    expect(await list(ops.repeat(x, [2]))).toEqual([...(await list(x)), ...(await list(x))]);
  });
});
