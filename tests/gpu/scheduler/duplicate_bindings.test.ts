import { expect, test } from "vitest";
import { ValidationError } from "../../../src/core/errors.ts";
import { activate } from "../../../src/kernels/elementwise/activate.ts";
import { normGradAffine as gradAffine } from "../../../src/kernels/norm/grad_affine.ts";
import { parameter } from "../../../src/nn/index.ts";
import { SGD } from "../../../src/optim/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { run } from "../../../src/tensor/run.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

test("one tensor to write twice is refused before anything is submitted", async () => {
  const inputs = { sums: tensor([[1, 2], [3, 4]]) }; // biome-ignore format: a matrix
  const options = { norm: { kind: "batch" }, shape: [3, 2] } as const;
  const [a, b] = [tensor([7, 8]), tensor([9, 9])];
  const { dispatches } = engine.counters();
  const twice = () => run(gradAffine, inputs, options, { dgamma: a, dbeta: a });
  expect(twice).toThrow(ValidationError);
  expect(twice).toThrow(
    /norm\/grad_affine.*tensor\[2\] as 'dgamma' and tensor\[2\] as 'dbeta', which share one; write to a new tensor/,
  );
  expect([...(await a.read())]).toEqual([7, 8]);
  expect(engine.counters().dispatches).toBe(dispatches);
  run(gradAffine, inputs, options, { dgamma: a, dbeta: b });
  expect([...(await a.read()), ...(await b.read())]).toEqual([2, 4, 1, 3]);
});

test("two parameters of one arena may not be read and written by one kernel", async () => {
  const [x, y] = [parameter(tensor([-1, 2])), parameter(tensor([5, 5]))];
  const optimizer = new SGD([x, y]);
  expect(() => run(activate, { x }, { act: "relu" }, { y })).toThrow(/as 'x' and .* as 'y'/);
  expect([...(await y.read())]).toEqual([5, 5]);
  optimizer.dispose();
});
