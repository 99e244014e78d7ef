import { describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import {
  Adam,
  type Clip,
  clipGradNorm,
  clipGradValue,
  clippedStep,
  SGD,
} from "../../../src/optim/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();

const ramp = (n: number, by: number) => Float32Array.from({ length: n }, (_, i) => by * (i - 2));
const make = (...sizes: number[]) =>
  sizes.map((n) => nn.parameter(tensor(new Float32Array(n).fill(1))));

/** Gives p the gradient (−2, −1, 0, 1, …) · by. */
function pull(p: Tensor, by: number): void {
  scope(() => ops.sum(ops.mul(p, tensor(ramp(p.size, by)))).backward());
}

const gradients = async (parameters: readonly Tensor[]) =>
  Promise.all(parameters.map(async (p) => [...((await p.grad?.read()) ?? [])]));

const norms: readonly [number, (g: readonly number[]) => number][] = [
  [1, (g) => g.reduce((sum, x) => sum + Math.abs(x), 0)],
  [2, (g) => Math.hypot(...g)],
  [Infinity, (g) => Math.max(...g.map(Math.abs))],
];

function close(got: readonly (readonly number[])[], expected: readonly (readonly number[])[]) {
  expect(got.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
  for (const [k, list] of expected.entries()) {
    for (const [i, x] of list.entries()) {
      expect(Math.abs((got[k]?.[i] as number) - x)).toBeLessThanOrEqual(2e-6 * Math.abs(x));
    }
  }
}

async function dispatches(work: () => unknown): Promise<number> {
  await engine.flush();
  const before = engine.counters().dispatches;
  work();
  await engine.flush();
  return engine.counters().dispatches - before;
}

describe("clipGradNorm", () => {
  test.each(norms)("scales all gradients together by their norm %d", async (normType, norm) => {
    const parameters = make(5, 64, 130);
    parameters.forEach((p, k) => {
      pull(p, k - 1.5);
    });
    const before = await gradients(parameters);
    const total = norm(before.flat());
    // there is no optimiser yet, hence no arena
    using measured = clipGradNorm(parameters, total / 4, { normType });
    const factor = total / 4 / (total + 1e-6);
    expect(Math.abs((await measured.item()) / total - 1)).toBeLessThan(2e-6);
    close(
      await gradients(parameters),
      before.map((g) => g.map((x) => x * factor)),
    );
    const clipped = await gradients(parameters);
    clipGradNorm(parameters, total, { normType }).dispose(); // the norm is within the limit: not a bit changes
    expect(await gradients(parameters)).toEqual(clipped);
  });

  test("counts neither stale gradients nor other parameters', and leaves both", async () => {
    const parameters = make(5, 70, 3);
    const [a, b, c] = parameters as [Tensor, Tensor, Tensor];
    const optimizer = new SGD(parameters, { lr: 1 });
    for (const p of parameters) pull(p, 1e3);
    optimizer.zeroGrad(); // the arena still holds the old gradients
    pull(a, 1);
    pull(c, 1);
    const before = await gradients([a, c]);
    using all = clipGradNorm(optimizer, 0.5);
    expect(await all.item()).toBeCloseTo(Math.hypot(...before.flat()), 4);
    expect(b.grad).toBeNull();
    const half = await gradients([a, c]);
    using one = clipGradNorm([a], 0.1);
    expect(await one.item()).toBeCloseTo(Math.hypot(...(half[0] ?? [])), 5);
    expect((await gradients([c]))[0]).toEqual(half[1]);
    optimizer.step();
    expect(await b.read()).toEqual(new Float32Array(70).fill(1));
  });

  test("is three dispatches for 3 parameters and for 40, one more for an arena more", async () => {
    for (const n of [3, 40]) {
      const parameters = make(...new Array<number>(n).fill(7));
      for (const p of parameters) pull(p, 1);
      clipGradNorm(parameters, 1).dispose();
      expect(await dispatches(() => clipGradNorm(parameters, 1).dispose())).toBe(3);
      expect(await dispatches(() => clipGradValue(parameters, 1))).toBe(1);
    }
  });

  test("takes gradients that live in two arenas, or that were assigned by hand", async () => {
    const [first, second] = [make(70), make(3)];
    const optimizers = [new SGD(first), new SGD(second)];
    const both = [...first, ...second];
    for (const p of both) pull(p, 1);
    const [a] = first as [Tensor];
    a.grad = tensor(ramp(70, 2));
    const before = await gradients(both);
    const total = Math.hypot(...before.flat());
    using norm = clipGradNorm(both, 1);
    expect(Math.abs((await norm.item()) / total - 1)).toBeLessThan(2e-6);
    close(
      await gradients(both),
      before.map((g) => g.map((x) => x / (total + 1e-6))),
    );
    for (const optimizer of optimizers) optimizer.dispose();
  });

  test.each([
    ["100 gradients of 1e20 have the norm 1e21 and are clipped to 0.1", 1e20, 1e21],
    ["100 gradients of 1e-30 have the norm 1e-29 and stay", 1e-30, 1e-29],
  ])("%s", async (_, each, total) => {
    const [p] = make(100) as [Tensor];
    p.grad = tensor(new Float32Array(100).fill(each));
    using norm = clipGradNorm([p], 1);
    expect(Math.abs((await norm.item()) / total - 1)).toBeLessThan(1e-6);
    const expected = each * Math.min(1, 1 / (total + 1e-6));
    close(await gradients([p]), [new Array<number>(100).fill(expected)]);
  });

  test("an infinite gradient makes an infinite norm, zeros of the others and NaN of itself, as PyTorch's", async () => {
    const [p] = make(3) as [Tensor];
    p.grad = tensor([1, Infinity, -2]);
    using norm = clipGradNorm([p], 1);
    expect(await norm.item()).toBe(Infinity);
    expect((await gradients([p])).flat()).toEqual([0, NaN, -0]);
  });

  test("of nothing is 0, of NaN is NaN everywhere", async () => {
    const [a, b] = make(3, 2) as [Tensor, Tensor];
    using none = clipGradNorm([a, b], 1);
    expect(await none.item()).toBe(0);
    pull(a, 1);
    pull(b, NaN);
    using norm = clipGradNorm([a, b], 1);
    expect(await norm.item()).toBeNaN();
    expect((await gradients([a])).flat()).toEqual([NaN, NaN, NaN]);
  });

  test("refuses what is no norm and no parameter", () => {
    const [p] = make(3) as [Tensor];
    pull(p, 1);
    expect(() => clipGradNorm([p], -1)).toThrow(ValueError);
    expect(() => clipGradNorm([p], NaN)).toThrow(/a number as maxNorm, got NaN/);
    expect(() => clipGradNorm([p], 1, { normType: 3 })).toThrow(/normType 1, 2 or Infinity, got 3/);
    expect(() => clipGradValue([p], -1)).toThrow(/clipValue a finite number ≥ 0/);
    p.grad = tensor([1, 2]);
    expect(() => clipGradNorm([p], 1)).toThrow(ShapeError);
  });
});

describe("clipGradValue", () => {
  test("clamps every gradient, and only those asked for", async () => {
    const parameters = make(5, 70, 3);
    for (const p of parameters) pull(p, 1);
    clipGradValue(parameters.slice(0, 2), 1.5);
    const [a, b, c] = await gradients(parameters);
    expect(a).toEqual([-1.5, -1, 0, 1, 1.5]);
    expect(b?.slice(0, 7)).toEqual([-1.5, -1, 0, 1, 1.5, 1.5, 1.5]);
    expect(c).toEqual([-2, -1, 0]);
  });
});

describe("a step with a limit", () => {
  test.each(norms)("does what clipping by norm %d and a step do", async (normType) => {
    const [ours, theirs] = [make(5, 70), make(5, 70)];
    const [fused, plain] = [new SGD(ours, { lr: 0.1 }), new SGD(theirs, { lr: 0.1 })];
    for (const p of [...ours, ...theirs]) pull(p, 3);
    using norm = scope(() => clippedStep(fused, 2, { normType }));
    using expected = clipGradNorm(theirs, 2, { normType });
    plain.step();
    expect(await norm.read()).toEqual(await expected.read());
    for (const [k, p] of ours.entries())
      close([[...(await p.read())]], [[...((await theirs[k]?.read()) ?? [])]]);
    expect((await gradients(ours))[0]).toEqual([-6, -3, 0, 3, 6]); // unchanged
  });

  test("is three dispatches, and skips parameters without a gradient", async () => {
    const parameters = make(5, 70, 3);
    const [a, b, c] = parameters as [Tensor, Tensor, Tensor];
    const optimizer = new Adam(parameters, { lr: 0.1, amsgrad: true });
    for (const p of parameters) pull(p, 1e3);
    optimizer.zeroGrad();
    pull(a, 1);
    pull(c, 1);
    const before = await gradients([a, c]);
    using norm = clippedStep(optimizer, 0.5);
    expect(await norm.item()).toBeCloseTo(Math.hypot(...before.flat()), 4);
    expect(await b.read()).toEqual(new Float32Array(70).fill(1));
    expect(await dispatches(() => clippedStep(optimizer, 0.5).dispose())).toBe(3);
    expect(() => clippedStep(optimizer, -1)).toThrow(/clippedStep: expected maxNorm/);
    const wrong = { maxNorm: 1 } as unknown as Clip;
    expect(() => optimizer.step(wrong)).toThrow(/step: expected nothing as clip, .* clippedStep/);
    expect(optimizer.steps).toBe(2);
    optimizer.zeroGrad();
    using none = clippedStep(optimizer, 1);
    expect(await none.item()).toBe(0);
  });
});
