import { describe, expect, test } from "vitest";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();
const { zeros } = ops;

/** The shape of `f(x)` for x of ones, and the gradient of the result's sum. */
async function through(shape: readonly number[], f: (x: Tensor) => Tensor) {
  using x = nn.parameter(ops.ones(shape));
  const to = scope(() => {
    const y = f(x);
    ops.sum(y).backward();
    return y.shape;
  });
  return { to, grad: [...((await x.grad?.read()) ?? [Number.NaN])] };
}

const noRows = [{ end: 0 }];
const indices = (...list: number[]) => tensor(list, { dtype: "i32" });

/** Name, shape of x, the operation, shape of its result, and the value of every element of the gradient. */
type Row = [string, readonly number[], (x: Tensor) => Tensor, readonly number[], number];

/* The gradient has x's shape, and is 0 where the result does not depend on x. */
// biome-ignore format: one row, one line
const rows: Row[] = [
  ["no rows", [2, 3], (x) => ops.slice(x, noRows), [0, 3], 0],
  ["no columns", [2, 3], (x) => ops.slice(x, [{}, { start: 1, end: 1 }]), [2, 0], 0],
  ["every second of none", [7, 3], (x) => ops.slice(x, [{ start: 2, end: 2, step: 2 }]), [0, 3], 0],
  ["rows without columns", [3, 0], (x) => ops.slice(x, [{ start: 1 }]), [2, 0], 0],
  ["no rows, then some of them", [4, 3], (x) => ops.relu(ops.slice(x, noRows)), [0, 3], 0],
  ["concat", [2, 0], (x) => ops.concat([x, zeros([3, 0])]), [5, 0], 0],
  ["concat, nothing beside it", [2, 3], (x) => ops.concat([x, zeros([2, 0])], 1), [2, 3], 1],
  ["concat, nothing of it", [2, 0], (x) => ops.concat([x, zeros([2, 2])], 1), [2, 2], 0],
  ["concat of an empty slice", [2, 3], (x) => ops.concat([ops.slice(x, noRows), x]), [2, 3], 1],
  ["stack", [0, 3], (x) => ops.stack([x, zeros([0, 3])]), [2, 0, 3], 0],
  ["stack without columns", [3, 0], (x) => ops.stack([x, zeros([3, 0])], 1), [3, 2, 0], 0],
  ["split", [2, 3], (x) => ops.split(x, [0, 2])[0] as Tensor, [0, 3], 0],
  ["permute", [2, 0, 3], (x) => ops.permute(x, [2, 0, 1]), [3, 2, 0], 0],
  ["expand", [2, 1], (x) => ops.expand(x, [2, 0]), [2, 0], 0],
  ["repeat", [2, 0], (x) => ops.repeat(x, [3, 2]), [6, 0], 0],
  ["pad", [3, 0], (x) => ops.pad(x, [[1, 0], [0, 0]]), [4, 0], 0],
  ["indexSelect", [2, 3], (x) => ops.indexSelect(x, 0, indices()), [0, 3], 0],
  ["matmul", [2, 0], (x) => ops.matmul(x, zeros([0, 3])), [2, 3], 0],
];

describe("tensors without elements, as in PyTorch:", () => {
  test("concat of [2, 0] and [3, 0] is [5, 0]", async () => {
    using y = scope(() => ops.concat([zeros([2, 0]), zeros([3, 0])]));
    expect(y.shape).toEqual([5, 0]);
    expect([...(await y.read())]).toEqual([]);
  });

  test.each(rows)("%s of %j", async (_, shape, f, to, each) => {
    const size = shape.reduce((a, b) => a * b, 1);
    expect(await through(shape, f)).toEqual({ to, grad: new Array<number>(size).fill(each) });
  });

  test("indices of rows without columns", async () => {
    const pick = (x: Tensor) => ops.indexSelect(x, 0, indices(1, 0, 1));
    expect(await through([2, 0], pick)).toEqual({ to: [3, 0], grad: [] });
  });
});
