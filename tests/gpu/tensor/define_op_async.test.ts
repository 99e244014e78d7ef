import { expect, test } from "vitest";
import { defineOp } from "../../../src/autograd/define_op.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

test("an asynchronous forward is refused in the operation's name, not in noGrad's", () => {
  const late = defineOp({
    name: "late",
    forward: (async (x: Tensor) => ({ output: x })) as never,
    backward: ((dy: Tensor) => dy) as never,
  });
  expect(() => Reflect.apply(late, undefined, [tensor([1])])).toThrow(
    /^late: expected \{ output, saved \} of forward/,
  );
});
