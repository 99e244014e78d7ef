import { describe, expect, test } from "vitest";
import { defineOp } from "../../../src/autograd/define_op.ts";
import { ValueError } from "../../../src/core/errors.ts";
import { crossEntropy } from "../../../src/loss/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { gradcheck } from "../../../src/testing/index.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();
const x = tensor(
  Float32Array.from({ length: 12 }, (_, i) => (i - 5.4) / 4),
  { shape: [3, 4] },
);

/** exp, whose gradient is off by this factor. */
const off = (factor: number) =>
  defineOp({
    name: "off",
    forward: (a: Tensor) => {
      const output = ops.exp(a);
      return { output, saved: { output } };
    },
    backward: (dy, { output }) => ops.mul(ops.mul(dy, output), factor),
  });

describe("gradcheck", () => {
  test.each<[string, (...inputs: Tensor[]) => Tensor | readonly Tensor[]]>([
    ["exp", (a) => ops.exp(a as Tensor)],
    ["tanh", (a) => ops.tanh(a as Tensor)],
    ["erf", (a) => ops.erf(a as Tensor)],
    ["a sum", (a) => ops.sum(ops.square(a as Tensor))],
    ["softmax", (a) => ops.softmax(a as Tensor)],
    ["cross-entropy", (a) => crossEntropy(a as Tensor, [0, 3, 1])],
    [
      "two results",
      (a) => [ops.sin(a as Tensor), ops.mean(ops.mul(a as Tensor, a as Tensor), { axes: [1] })],
    ],
  ])("finds nothing wrong with %s", async (_, f) => {
    expect(await gradcheck(f, [x])).toEqual([]);
  });

  test("checks every input, and leaves integers and its arguments alone", async () => {
    const w = tensor(
      Float32Array.from({ length: 8 }, (_, i) => Math.cos(i)),
      { shape: [4, 2], requiresGrad: true },
    );
    const rows = tensor(Uint32Array.of(2, 0));
    const f = (a: Tensor, i: Tensor, b: Tensor) => ops.indexSelect(ops.matmul(a, b), 0, i);
    expect(await gradcheck(f as never, [x, rows, w])).toEqual([]);
    expect(w.grad).toBe(null);
  });

  test("finds a gradient that is off by one in a thousand", async () => {
    expect(await gradcheck(off(1), [x])).toEqual([]);
    const [report = ""] = await gradcheck(off(1.001), [x]);
    expect(report).toMatch(
      /^gradient of input 0: 12 of 12 elements differ from central differences\n/,
    );
    expect(report).toMatch(/\n {2}d0\[0, 1\] got -?[\d.]+ {2}expected -?[\d.]+ ± [\d.]+e-\d/);
    expect(report.split("\n")).toHaveLength(9);
  });

  test("names kinks, and a gradient that never arrives", async () => {
    const [kink = ""] = await gradcheck(ops.relu, [tensor([0.01, 3])]);
    expect(kink).toMatch(/1 of 2 elements differ/);
    expect(kink).toMatch(/fn bends or jumps near x = 0\.0\d*: choose another x or a smaller step/);
    expect(await gradcheck(ops.relu, [tensor([0.01, 3])], { step: 2 ** -8 })).toEqual([]);
    const [none = ""] = await gradcheck((a) => ops.exp(a.detach()), [tensor([0.5])]);
    expect(none).toMatch(/^gradient of input 0 \(none arrived\): 1 of 1 elements/);
  });

  test("says when fn is not the same every time", async () => {
    const [report = ""] = await gradcheck(
      (a) => ops.dropout(a, 0.5),
      [tensor(new Float32Array(64).fill(1))],
    );
    expect(report).toMatch(/^fn gave other results the second time/);
  });

  test("takes what the options allow", async () => {
    expect(await gradcheck(off(1.001), [x], { rtol: 2e-3 })).toEqual([]);
    expect(await gradcheck(off(1.001), [x], { atol: 1 })).toEqual([]);
  });

  test("refuses what it cannot check", async () => {
    await expect(gradcheck(ops.exp, [])).rejects.toThrow(ValueError);
    await expect(gradcheck(ops.exp, [tensor(new Float32Array(4097))])).rejects.toThrow(
      /^gradcheck: expected f32 inputs of 1 to 4096 elements together, got 4097/,
    );
    await expect(gradcheck(() => 3 as never, [x])).rejects.toThrow(
      /^gradcheck: expected a function that returns a tensor or an array of them, got 3/,
    );
  });
});
