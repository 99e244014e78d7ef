import { describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import { seeded } from "../../../src/core/rng.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();
const u32 = (...values: number[]) => tensor(Uint32Array.from(values));

/** The same indices without the bounds that the host noted when it uploaded them. */
function unbounded({ engine: of, storage, shape, dtype }: Tensor): Tensor {
  return new Tensor({ engine: of, storage, shape, dtype });
}

/** Number of dispatches of `work`. */
async function dispatches(work: () => Tensor | readonly Tensor[]): Promise<number> {
  await engine.flush();
  const before = engine.counters().dispatches;
  const made = work();
  await engine.flush();
  for (const each of Array.isArray(made) ? made : [made]) each.dispose();
  return engine.counters().dispatches - before;
}

describe("indices out of range", () => {
  const x = tensor([1, 2, 3]);

  test("are refused where the host knows them", () => {
    const wrong = u32(0, 3);
    const src = tensor([1, 1]);
    expect(() => ops.gather(x, 0, wrong)).toThrow(/expected indices in 0\.\.2, got 3/);
    expect(() => ops.indexSelect(x, 0, wrong)).toThrow(ValueError);
    expect(() => ops.takeAlongDim(x, wrong, 0)).toThrow(ValueError);
    expect(() => ops.scatterAdd(x, 0, wrong, src)).toThrow(ValueError);
    expect(() => ops.indexAdd(x, 0, wrong, src)).toThrow(ValueError);
    expect(() => ops.oneHot(wrong, 3)).toThrow(ValueError);
    expect(() => ops.bincount(wrong, 3)).toThrow(ValueError);
    expect(() => ops.embedding(wrong, ops.ones([3, 2]))).toThrow(ValueError);
    expect(() => ops.gather(x, 0, tensor(Int32Array.of(-1)))).toThrow(/got -1/);
  });

  test("else give NaN where they are read, and are left out where they are written", async () => {
    const index = unbounded(u32(2, 3, 0xffffffff, 0));
    expect([...(await ops.gather(x, 0, index).read())]).toEqual([3, Number.NaN, Number.NaN, 1]);
    const src = tensor([10, 20, 30, 40]);
    expect([...(await ops.scatterAdd(x, 0, index, src).read())]).toEqual([41, 2, 13]);
    expect([...(await ops.bincount(index, 3).read())]).toEqual([1, 0, 1]);
    expect([...(await ops.oneHot(unbounded(u32(1, 2)), 2).read())]).toEqual([0, 1, 0, 0]);
  });

  test("have a gradient of 0", async () => {
    const leaf = tensor([1, 2, 3], { requiresGrad: true });
    const src = tensor([10, 20], { requiresGrad: true });
    const y = ops.scatterAdd(leaf, 0, unbounded(u32(1, 7)), src);
    y.backward(tensor([5, 6, 7]));
    expect([...((await src.grad?.read()) ?? [])]).toEqual([6, 0]);
    expect([...((await leaf.grad?.read()) ?? [])]).toEqual([5, 6, 7]);
  });
});

test("what does not fit is refused", () => {
  const x = ops.ones([3, 4]);
  expect(() => ops.gather(x, 1, tensor([0, 1]))).toThrow(
    /expected an index of u32 or i32, got f32/,
  );
  expect(() => ops.gather(x, 1, u32(0, 1))).toThrow(ShapeError);
  expect(() => ops.gather(x, 2, u32(0))).toThrow(ShapeError);
  expect(() => ops.indexSelect(x, 0, tensor([[0], [1]], { dtype: "u32" }))).toThrow(
    /expected index\[n\]/,
  );
  expect(() => ops.indexAdd(x, 0, u32(0, 1), ops.ones([3, 4]))).toThrow(/src\[2, 4\]/);
  expect(() => ops.scatterAdd(x, 0, tensor([[1]], { dtype: "u32" }), x)).toThrow(ShapeError);
  expect(() => ops.topk(x, 5)).toThrow(/k in 1\.\.4/);
  expect(() => ops.topk(x, 0)).toThrow(ValueError);
  expect(() => ops.sort(ops.ones([0, 3]))).toThrow(/at least one element/);
  expect(() => ops.cumsum(x, 2)).toThrow(ShapeError);
  expect(() => ops.oneHot(u32(0), 0)).toThrow(ValueError);
  expect(() => ops.bincount(u32(0), 0)).toThrow(ValueError);
  expect(() => ops.embedding(u32(0), ops.ones([3]))).toThrow(ShapeError);
  expect(() => ops.variance(ops.ones([0]))).toThrow(/at least one element/);
  expect(() => ops.variance(x, { correction: Number.NaN })).toThrow(ValueError);
  expect(() => ops.clamp(x, {})).toThrow(ValueError);
  expect(() => ops.norm(x, { p: 3 as 2 })).toThrow(/p of 1, 2 or Infinity/);
});

describe("Embedding", () => {
  test("the padding's row is zeros and gets no gradient; other rows get the sum of their uses", async () => {
    const layer = new nn.Embedding(4, 3, { paddingIdx: -1 });
    expect(layer.namedParameters().map(([name]) => name)).toEqual(["weight"]);
    const before = [...(await layer.weight.read())];
    expect(before.slice(9)).toEqual([0, 0, 0]);
    expect(before.slice(0, 9).every((value) => value !== 0)).toBe(true);
    const y = layer.forward(
      tensor(
        [
          [1, 3],
          [1, 0],
        ],
        { dtype: "u32" },
      ),
    );
    expect(y.shape).toEqual([2, 2, 3]);
    expect([...(await y.read())].slice(3, 6)).toEqual([0, 0, 0]);
    ops.sum(y).backward();
    const gradient = [...((await layer.weight.grad?.read()) ?? [])];
    expect(gradient).toEqual([1, 1, 1, 2, 2, 2, 0, 0, 0, 0, 0, 0]);
    layer.dispose();
  });

  test("refuses sizes and paddings that are none", () => {
    expect(() => new nn.Embedding(0, 3)).toThrow(ValueError);
    expect(() => new nn.Embedding(3, 3, { paddingIdx: 3 })).toThrow(/paddingIdx in -3\.\.2/);
  });
});

test("the gradient of std is 0 for a constant row", async () => {
  const x = tensor(
    [
      [5, 5],
      [1, 3],
    ],
    { requiresGrad: true },
  );
  ops.sum(ops.std(x, { axes: [1] })).backward();
  const [a, b, c = 0, d = 0] = (await x.grad?.read()) ?? [];
  expect([a, b]).toEqual([0, 0]);
  expect([c, d].map((g) => g * Math.SQRT2)).toEqual([expect.closeTo(-1, 6), expect.closeTo(1, 6)]);
});

test("dispatches do not grow with the elements", async () => {
  const random = seeded(5);
  for (const n of [3000, 50_000]) {
    const x = tensor(Float32Array.from({ length: n }, random));
    expect(await dispatches(() => ops.cumsum(x))).toBe(3); // sums of blocks, their scan, the scan
    expect(await dispatches(() => ops.argsort(x))).toBe(26); // keys, eight passes of three, take
    expect(await dispatches(() => Object.values(ops.topk(x, 8)))).toBe(4); // keys, two selection passes, take
    x.dispose();
  }
});
