import { describe, expect, test } from "vitest";
import { DisposedError } from "../../../src/core/errors.ts";
import * as ops from "../../../src/ops/index.ts";
import { type Captured, capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

type Step = Captured<readonly [Tensor], Tensor>;

await initShared();
const x = tensor([1, 2]);
const double = (a: Tensor) => ops.mul(a, 2);

const list = async (made: Tensor) => {
  using t = made;
  return [...(await t.read())];
};

describe("a captured step that is disposed of", () => {
  test("while it is recorded keeps that recording", async () => {
    const step: Step = capture((a: Tensor): Tensor => {
      step.dispose();
      return double(a);
    });
    expect(await list(step(x))).toEqual([2, 4]);
    expect(await list(step(x))).toEqual([2, 4]);
    step.dispose();
  });

  test("before its calls have run gives their results", async () => {
    const step = capture(double);
    const first = step(x);
    step.dispose();
    const second = step(x);
    step.dispose();
    expect(await list(first)).toEqual([2, 4]);
    expect(await list(second)).toEqual([2, 4]);
  });

  test("before its calls have run frees its buffers once they have", async () => {
    const { engine } = x;
    const held = async () => {
      await engine.finish();
      engine.trim();
      return engine.counters().allocatedBytes;
    };
    const once = async () => {
      const step = capture(double);
      const [first, second] = [step(x), step(x)];
      step.dispose();
      expect([await list(first), await list(second)]).toEqual([
        ...[
          [2, 4],
          [2, 4],
        ],
      ]);
    };
    await once();
    const before = await held();
    for (let time = 0; time < 3; time++) await once();
    expect(await held()).toBe(before);
  });

  test("and whose argument was disposed of before the call has run gives its result", async () => {
    const step = capture(double);
    const own = tensor([5, 6]);
    const y = step(own);
    own.dispose();
    expect(await list(y)).toEqual([10, 12]);
    step.dispose();
  });
});

test("what a step hands out while it is recorded is not its later values", async () => {
  let out: Tensor | undefined;
  let argument: Tensor | undefined;
  const step = capture((a: Tensor) => {
    argument = a;
    out = double(a);
    return ops.add(out, 1);
  });
  expect(await list(step(x))).toEqual([3, 5]);
  await expect(out?.read()).rejects.toThrow(DisposedError);
  expect(argument?.shape).toEqual([2]);
  await expect(argument?.read()).rejects.toThrow(DisposedError);
  expect(() => double(argument as Tensor)).toThrow(DisposedError);
  expect(await list(step(x))).toEqual([3, 5]);
  step.dispose();
});
