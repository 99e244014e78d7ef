import { describe, expect, test } from "vitest";
import { ShaderError } from "../../../src/core/errors.ts";
import { elementwise } from "../../../src/ops/elementwise/own.ts";
import * as ops from "../../../src/ops/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import { clearGrad, type Tensor } from "../../../src/tensor/tensor.ts";
import { gradcheck } from "../../../src/testing/index.ts";
import { fusesToOne } from "../../support/fuses.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();
const softsign2 = elementwise("softsign2", {
  f: "x / (1.0 + abs(x))",
  grad: "1.0 / ((1.0 + abs(x)) * (1.0 + abs(x)))",
});
const ramp = (n: number) => Float32Array.from({ length: n }, (_, i) => (i - n / 2 + 0.3) / 4);

describe("an elementwise function from one line", () => {
  test.each([[[3, 5]], [[4, 2]], [[0, 3]], [[]]])(
    "has values and gradients on %j",
    async (shape) => {
      const n = shape.reduce((a, b) => a * b, 1);
      const x = tensor(ramp(n), { shape });
      using y = softsign2(x);
      expect(y.shape).toEqual(shape);
      const want = [...ramp(n)].map((v) => v / (1 + Math.abs(v)));
      for (const [i, got] of (await y.read()).entries())
        expect(got).toBeCloseTo(want[i] as number, 6);
      if (n > 0) expect(await gradcheck(softsign2, [x], { step: 2 ** -7 })).toEqual([]);
    },
  );

  test("takes integers as f32", async () => {
    using y = softsign2(tensor(Int32Array.of(-3, 1)));
    expect([...(await y.read())]).toEqual([-0.75, 0.5]);
  });

  test("fuses in a captured step like the library's own: as many dispatches, the same bits", async () => {
    const counts: number[] = [];
    for (const f of [softsign2, ops.tanh]) {
      const x = tensor(ramp(12), { requiresGrad: true });
      const work = (a: Tensor) => ops.mul(f(ops.add(ops.mul(x, a), 0.5)), f(ops.square(x)));
      const step = capture((a: Tensor) => {
        clearGrad(x);
        const y = work(a);
        y.backward(ops.onesLike(y));
        return y;
      });
      const a = tensor(ramp(12));
      step(a).dispose();
      await engine.finish();
      const before = engine.counters().dispatches;
      using y = step(a);
      const captured = [...(await y.read())];
      counts.push(engine.counters().dispatches - before);
      const gradient = [...((await x.grad?.read()) ?? [])];
      clearGrad(x);
      const eager = scope(() => {
        const made = work(a);
        made.backward(ops.onesLike(made));
        return made;
      });
      expect(captured).toEqual([...(await eager.read())]);
      expect(gradient).toEqual([...((await x.grad?.read()) ?? [])]);
      if (f === softsign2)
        expect(JSON.stringify(step.explain())).toMatch(/softsign2\(.*softsign2_grad\(/);
      step.dispose();
    }
    expect(counts[0]).toBe(counts[1]);
  });

  test("five functions one after the other are one dispatch", async () => {
    const f = (x: Tensor) => ops.square(softsign2(ops.add(softsign2(ops.mul(x, 3)), 0.5)));
    await fusesToOne(engine, f, tensor(ramp(12)));
  });

  test("two functions of one name stay two", async () => {
    const other = elementwise("softsign2", { f: "2.0 * x", grad: "2.0" });
    const step = capture((x: Tensor) => ops.add(softsign2(x), other(x)));
    using y = step(tensor([1]));
    expect(await y.item()).toBe(2.5);
    step.dispose();
  });
});

test.each([
  [
    "a statement",
    { f: "x; return 1.0", grad: "1.0" },
    /^elementwise: expected an expression of WGSL/,
  ],
  [
    "brackets that do not close",
    { f: "abs(x", grad: "1.0" },
    /^elementwise: expected an expression whose brackets/,
  ],
  [
    "brackets turned round",
    { f: "x) + (x", grad: "1.0" },
    /^elementwise: expected an expression whose brackets/,
  ],
])("%s is refused", (_, text, message) => {
  expect(() => elementwise("bad", text)).toThrow(message);
});

test("what does not compile is thrown by what is read, with its place", async () => {
  const wrong = elementwise("wrong", { f: "nonsense(x)", grad: "1.0" })(tensor([1])).read();
  await expect(wrong).rejects.toThrow(ShaderError);
  await expect(wrong).rejects.toThrow(/elementwise\/wrong\.point\.wgsl:1:\d+: .*nonsense/);
});
