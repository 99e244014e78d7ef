import { describe, expect, test } from "vitest";
import { checkpoint } from "../../../src/autograd/checkpoint.ts";
import { defineOp, type OpGradients } from "../../../src/autograd/define_op.ts";
import { noGrad } from "../../../src/autograd/mode.ts";
import { DisposedError, ShapeError, ValueError } from "../../../src/core/errors.ts";
import * as ops from "../../../src/ops/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import { clearGrad, type Tensor } from "../../../src/tensor/tensor.ts";
import { gradcheck } from "../../../src/testing/index.ts";
import { initShared } from "../../support/shared_device.ts";

const other = await initShared();
const engine = await initShared();
const ramp = (n: number) => Float32Array.from({ length: n }, (_, i) => (i - n / 2 + 0.3) / 4);
const leaf = (n = 6, on = engine) => tensor(ramp(n), { engine: on, requiresGrad: true });

const cube = defineOp({
  name: "cube",
  forward: (x: Tensor) => ({ output: ops.mul(x, ops.mul(x, x)), saved: { x } }),
  backward: (dy, { x }) => ops.mul(dy, ops.mul(3, ops.mul(x, x))),
});

/** a·b + shift and a/b: two outputs, an option between the tensors, and saved values that are not all tensors. */
const both = defineOp({
  name: "both",
  forward: (a: Tensor, { shift }: { shift: number }, b: Tensor) => ({
    output: [ops.add(ops.mul(a, b), shift), ops.div(a, b)],
    saved: { a, b, two: 2 },
  }),
  backward: ([dProduct, dRatio], { a, b, two }) => [
    ops.add(ops.mul(dProduct, b), ops.div(dRatio, b)),
    ops.sub(ops.mul(dProduct, a), ops.div(ops.mul(dRatio, a), ops.pow(b, two))),
  ],
});

const grads = async (...leaves: Tensor[]) =>
  Promise.all(leaves.map(async ({ grad }) => Array.from((await grad?.read()) ?? [])));

describe("an operation of one's own", () => {
  test("computes, and its gradient is its own backward's", async () => {
    const x = leaf();
    const y = scope(() => {
      const made = cube(x);
      ops.sum(made).backward();
      return made;
    });
    expect(y.name).toBe("cube");
    expect([...(await y.read())]).toEqual(
      [...ramp(6)].map((v) => Math.fround(v * Math.fround(v * v))),
    );
    const [got = []] = await grads(x);
    for (const [i, g] of got.entries()) expect(g).toBeCloseTo(3 * (ramp(6)[i] as number) ** 2, 5);
    expect(await gradcheck(cube, [leaf(12)])).toEqual([]);
  });

  test("with several outputs gets all upstream gradients at once, zeros for unused ones", async () => {
    const b = tensor(Float32Array.of(1.5, -2, 0.75, 3, -1.25, 2.5), { requiresGrad: true });
    const run = (a: Tensor, c: Tensor) => both(a, { shift: 0.5 }, c);
    expect(await gradcheck(run, [leaf(), b])).toEqual([]);
    expect(await gradcheck((a, c) => run(a, c)[0] as Tensor, [leaf(), b])).toEqual([]);
    expect(await gradcheck((a, c) => run(a, c)[1] as Tensor, [leaf(), b])).toEqual([]);
    const used = (a: Tensor, c: Tensor) => {
      const [product, ratio] = run(a, c);
      return ops.mul(product as Tensor, ops.add(ratio as Tensor, product as Tensor));
    };
    expect(await gradcheck(used, [leaf(), b])).toEqual([]);
  });

  test("may hand an input on, twice, and give the upstream gradient to several", async () => {
    const twice = defineOp({
      name: "twice",
      forward: (a: Tensor, _b: Tensor) => ({ output: a }),
      backward: (dy) => [dy, dy],
    });
    const [a, b] = [leaf(), leaf()];
    scope(() => ops.sum(ops.add(twice(a, b), ops.mul(a, 2))).backward());
    const [da, db] = await grads(a, b);
    expect(da).toEqual(new Array(6).fill(3));
    expect(db).toEqual(new Array(6).fill(1));
    expect(a.disposed).toBe(false);
  });

  test("is told which gradients are wanted, and may leave some out", async () => {
    const seen: (readonly boolean[])[] = [];
    const picky = defineOp({
      name: "picky",
      forward: (x: Tensor, index: Tensor, w: Tensor) => ({
        output: ops.mul(ops.mul(x, w), ops.cast(index, "f32")),
        saved: { w },
      }),
      backward: (dy, { w }, wanted) => {
        seen.push(wanted);
        return [ops.mul(dy, w), null, null];
      },
    });
    const x = leaf(2);
    scope(() => ops.sum(picky(x, tensor(Uint32Array.of(1, 1)), tensor([2, 3]))).backward());
    expect(seen).toEqual([[true, false, false]]);
    expect(await grads(x)).toEqual([[2, 3]]);
  });

  test("records nothing within noGrad(), and frees what it makes on the way", async () => {
    const x = leaf();
    const warm = cube(x);
    await warm.read();
    warm.dispose();
    const { liveBytes } = engine.counters();
    using y = noGrad(() => cube(x));
    expect(y.requiresGrad).toBe(false);
    await y.read();
    expect(engine.counters().liveBytes).toBe(liveBytes + 256); // 256 bytes are the smallest buffer
  });

  test("runs on the engine of its tensors", async () => {
    const [a, b] = [leaf(6, other), leaf(6, other)];
    scope(() => ops.sum(both(a, { shift: 1 }, b)[0] as Tensor).backward());
    expect(a.grad?.engine).toBe(other);
    expect(await grads(b)).toEqual([[...ramp(6)]]);
    expect(() => both(leaf(), { shift: 1 }, b)).toThrow(/^both: expected tensors of one engine/);
  });
});

describe("inside of others, an operation of one's own", () => {
  const work = (x: Tensor, b: Tensor): Tensor => {
    const [product, ratio] = both(cube(ops.sin(x)), { shift: 1 }, b) as [Tensor, Tensor];
    return ops.mean(ops.add(ops.exp(product), ops.square(ratio)));
  };
  const start = () => [leaf(), tensor([1, 2, -1, 0.5, 3, -2], { requiresGrad: true })] as const;

  const eager = async () => {
    const [x, b] = start();
    scope(() => work(x, b).backward());
    return grads(x, b);
  };

  test("is captured, to the same bits, and creates nothing when it is replayed", async () => {
    const [x, b] = start();
    const step = capture((scaled: Tensor) => {
      clearGrad(x);
      clearGrad(b);
      const loss = work(ops.mul(x, scaled), b);
      loss.backward();
      return loss;
    });
    const one = tensor([1]);
    const once = async () => {
      using loss = step(one);
      await loss.read();
    };
    await once();
    await once();
    const { pipelinesCompiled, buffersCreated } = engine.counters();
    await once();
    expect(engine.counters()).toMatchObject({ pipelinesCompiled, buffersCreated });
    expect(await grads(x, b)).toEqual(await eager());
    step.dispose();
  });

  test("is computed again by checkpoint(), to the same bits", async () => {
    const [x, b] = start();
    scope(() => checkpoint(work, x, b).backward());
    expect(await grads(x, b)).toEqual(await eager());
  });
});

describe("what an operation of one's own gets wrong is refused in its name:", () => {
  const giving = (gradients: () => unknown) =>
    defineOp({
      name: "mine",
      forward: (a: Tensor, b: Tensor) => ({ output: ops.add(a, b), saved: { a } }),
      backward: () => gradients() as OpGradients,
    });
  const walk = (gradients: () => unknown, forward = giving(gradients)) =>
    scope(() => ops.sum(forward(leaf(), leaf())).backward());

  test.each<[string, () => unknown, RegExp, typeof ValueError]>([
    [
      "too few gradients",
      () => [leaf()],
      /^mine: expected 2 gradients, got 1; backward ret/,
      ValueError,
    ],
    ["one alone", () => leaf(), /^mine: expected 2 gradients, got 1/, ValueError],
    ["none", () => undefined, /^mine: expected 2 gradients, got nothing/, ValueError],
    ["a hole", () => [leaf(), undefined], /^mine: expected 2 gradients, got nothing/, ValueError],
    [
      "a number",
      () => [leaf(), 3],
      /^mine: expected a float tensor as the gradient of tensor 2 of 2, got 3/,
      ValueError,
    ],
    [
      "integers",
      () => [tensor(new Int32Array(6)), null],
      /^mine: expected a float tensor .* tensor 1 of 2, got/,
      ValueError,
    ],
    [
      "another shape",
      () => [leaf(), leaf(5)],
      /^mine: expected \[6\] as the gradient of tensor 2 of 2, got \[5\]/,
      ShapeError,
    ],
    [
      "another engine",
      () => [leaf(6, other), null],
      /^mine: expected a tensor of the input's engine/,
      ValueError,
    ],
    ["a promise", async () => [leaf(), leaf()], /^mine: expected 2 gradients, got 1/, ValueError],
  ])("%s", (_, gradients, message, kind) => {
    expect(() => walk(gradients)).toThrow(message);
    expect(() => walk(gradients)).toThrow(kind);
  });

  test("a freed gradient", () => {
    const freed = leaf();
    freed.dispose();
    expect(() => walk(() => [freed, null])).toThrow(/^mine: expected a live tensor/);
    expect(() => walk(() => [freed, null])).toThrow(DisposedError);
  });

  test("outputs that are none, and tensors that are freed", () => {
    const broken = defineOp({
      name: "broken",
      forward: (x: Tensor) => {
        const result: unknown = x;
        return result as { output: Tensor };
      },
      backward: (dy) => dy,
    });
    expect(() => broken(leaf())).toThrow(
      /^broken: expected \{ output, saved \} of forward, output a tensor .*, got a tensor \[6\]; return/,
    );
    const freed = leaf();
    freed.dispose();
    expect(() => cube(freed)).toThrow(/^cube: expected a live tensor/);
  });

  test("and a second walk, as of any operation", () => {
    const x = leaf();
    const y = ops.sum(both(x, { shift: 0 }, leaf())[0] as Tensor);
    y.backward();
    expect(() => y.backward()).toThrow(/was walked before/);
  });
});
