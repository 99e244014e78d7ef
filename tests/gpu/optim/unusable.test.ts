import { expect, test } from "vitest";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { SGD } from "../../../src/optim/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

test("a step on a model that was disposed of is refused, and one on what is left of it is made", async () => {
  const [gone, left] = [new nn.Linear(2, 1), new nn.Linear(2, 1, { bias: false })];
  const optimizer = new SGD(gone.parameters(), { lr: 1 });
  const both = new SGD([...gone.parameters(), left.weight], { lr: 1 });
  nn.assign(left.weight, 3);
  gone.dispose();
  ops.sum(left.weight).backward();
  both.step();
  expect(() => optimizer.step()).toThrow(/^SGD: expected a live tensor, got the disposed/);
  expect([...(await left.weight.read())]).toEqual([2, 2]);
  for (const each of [optimizer, both, left]) each.dispose();
});

test("a gradient that is no tensor is refused by name", () => {
  const p = nn.parameter(tensor([1, 2]));
  const optimizer = new SGD([p], { lr: 1 });
  p.grad = [1, 2] as never;
  expect(() => optimizer.step()).toThrow(
    /^optimizer: expected an f32 gradient \[2\] for tensor, got 1,2; assign one of/,
  );
  p.grad = null;
  optimizer.dispose();
});
