import { describe, expect, test } from "vitest";
import { elementwise } from "../../../src/ops/elementwise/own.ts";
import * as ops from "../../../src/ops/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { gradcheck } from "../../../src/testing/index.ts";
import { fusesToOne } from "../../support/fuses.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();
const power = elementwise("power", {
  f: "scale * x * x + shift",
  grad: "2.0 * scale * x",
  params: { scale: 1, shift: -0.25 },
});
const hypot = elementwise("hypot", {
  f: "sqrt(a * a + b * b)",
  grad: { a: "a / sqrt(a * a + b * b)", b: "b / sqrt(a * a + b * b)" },
});
const blend = elementwise("blend", {
  f: "share * a + (1.0 - share) * b * b",
  grad: { a: "share", b: "2.0 * (1.0 - share) * b" },
  params: { share: 0.25 },
});
const ramp = (n: number, start = 0.3) =>
  Float32Array.from({ length: n }, (_, i) => (i - n / 2 + start) / 4);
const close = (got: ArrayLike<number>, want: readonly number[]) => {
  expect(got.length).toBe(want.length);
  for (const [i, value] of want.entries()) expect(got[i]).toBeCloseTo(value, 5);
};

describe("an elementwise function with parameters", () => {
  test("takes its defaults, and others by name", async () => {
    const x = tensor(ramp(6));
    const values = [...ramp(6)];
    close(
      await scope(() => power(x)).read(),
      values.map((v) => v * v - 0.25),
    );
    close(
      await scope(() => power(x, { scale: 3 })).read(),
      values.map((v) => 3 * v * v - 0.25),
    );
    const both = { scale: -1e-3, shift: 2 };
    close(
      await scope(() => power(x, both)).read(),
      values.map((v) => -1e-3 * v * v + 2),
    );
  });

  test("has gradients", async () => {
    const f = (x: Tensor) => power(x, { scale: 1.5 });
    expect(await gradcheck(f, [tensor(ramp(6))])).toEqual([]);
  });

  test("fuses, each call with its own", async () => {
    const f = (x: Tensor) => power(power(ops.add(x, 1), { scale: 2 }), { scale: 0.5, shift: 1 });
    const fused = await fusesToOne(engine, f, tensor(ramp(12)));
    close(
      fused,
      [...ramp(12)].map((v) => 0.5 * (2 * (v + 1) ** 2 - 0.25) ** 2 + 1),
    );
  });

  test.each<[string, () => unknown, RegExp]>([
    ["another name", () => power(tensor([1]), { rate: 1 } as never), /^power: .*rate/],
    ["infinity", () => power(tensor([1]), { scale: Infinity }), /^power: expected .*finite/],
    [
      "a name of its own",
      () => elementwise("p", { f: "x", grad: "1.0", params: { x: 1 } }),
      /none of x, dy/,
    ],
    [
      "no number",
      () => elementwise("p", { f: "x", grad: "1.0", params: { k: NaN } }),
      /finite numbers by name/,
    ],
  ])("%s is refused", (_, work, message) => {
    expect(work).toThrow(message);
  });
});

describe("an elementwise function of two operands", () => {
  test("broadcasts, and one of them may be a number", async () => {
    const a = tensor(ramp(12), { shape: [3, 4] });
    const b = tensor(ramp(4, 0.7), { shape: [4] });
    const want = [...ramp(12)].map((v, i) => Math.hypot(v, ramp(4, 0.7)[i % 4] as number));
    close(await scope(() => hypot(a, b)).read(), want);
    close(
      await scope(() => hypot(2, b)).read(),
      [...ramp(4, 0.7)].map((v) => Math.hypot(2, v)),
    );
    close(await scope(() => hypot(tensor(Int32Array.of(3, -6)), tensor([4, 8]))).read(), [5, 10]);
    close(await scope(() => hypot(tensor(Uint32Array.of(3)), 4)).read(), [5]);
    expect(() => hypot(1, 2)).toThrow(/^hypot: expected a tensor as a or b/);
  });

  test.each([
    [
      [3, 4],
      [3, 4],
    ],
    [[3, 4], [4]],
    [
      [3, 1],
      [1, 5],
    ],
    [[], [2, 3]],
  ])("has gradients on %j and %j", async (a, b) => {
    const of = (shape: readonly number[], start: number) =>
      tensor(
        ramp(
          shape.reduce((m, n) => m * n, 1),
          start,
        ),
        { shape },
      );
    expect(await gradcheck(hypot, [of(a, 0.3), of(b, 0.7)], { step: 2 ** -8 })).toEqual([]);
    const f = (x: Tensor, y: Tensor) => blend(x, y, { share: 0.75 });
    expect(await gradcheck(f, [of(a, 0.3), of(b, 0.7)])).toEqual([]);
  });

  test("fuses in a captured step", async () => {
    const f = (x: Tensor) => hypot(ops.mul(x, 2), blend(ops.add(x, 1), x));
    await fusesToOne(engine, f, tensor(ramp(12)));
  });

  test("one derivative is refused", () => {
    const wrong = { f: "a * b", grad: { a: "b" } } as never;
    expect(() => elementwise("wrong", wrong)).toThrow(/^elementwise: /);
  });
});
