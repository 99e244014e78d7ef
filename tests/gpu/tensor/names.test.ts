import { describe, expect, test } from "vitest";
import { WgradError } from "../../../src/core/errors.ts";
import * as ops from "../../../src/ops/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

/** The message with which a call is refused. */
function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof WgradError) return error.message;
    throw error;
  }
  return "nothing was refused";
}

/** Calls that JavaScript allows and the types do not. */
const loose = ops as unknown as Record<string, (...args: unknown[]) => Tensor>;

describe("options and methods that mean something else in other libraries are refused by name:", () => {
  const x = ops.ones([2, 3]);
  const refused: readonly (readonly [string, () => unknown, RegExp])[] = [
    ["zeros(2, 3)", () => loose.zeros?.(2, 3), /^zeros: .* got 2; write zeros\(\[2, 3\]\)/],
    ["slice(x, [[1, 3]])", () => loose.slice?.(x, [[1, 3]]), /^slice: .*\{ start, end, step \}/],
    ["einsum of too few", () => ops.einsum("ij,jk->ik", x), /^einsum: expected 2 operands/],
    [
      "einsum of another rank",
      () => ops.einsum("ijk->i", x),
      /^einsum: expected an index for each/,
    ],
    ["einsum of unequal sizes", () => ops.einsum("ij,ij->i", x, ops.ones([2, 4])), /^einsum: /],
    ["einsum of an unknown index", () => ops.einsum("ij->k", x), /^einsum: .*'k'/],
    ["bmm of matrices", () => ops.bmm(x, x), /^bmm: expected a\[b, m, k\]/],
    ["stack of two shapes", () => ops.stack([x, ops.ones([3])]), /^stack: expected tensors of one/],
    ["split that does not add up", () => ops.split(x, [1, 2]), /^split: expected lengths/],
    ["repeat with too few", () => ops.repeat(x, [2]), /^repeat: expected at least 2 repeats/],
    ["roll with one shift for two axes", () => ops.roll(x, [1], [0, 1]), /^roll: expected a shift/],
    ["arange that leads away", () => ops.arange(0, 5, -1), /^arange: expected a step/],
    ["tril of a vector", () => ops.tril(ops.ones([3])), /^tril: expected x\[/],
    [
      "multinomial of too many",
      () => ops.multinomial(ops.ones([3]), 4),
      /^multinomial: .*at most 3/,
    ],
    ["randint of nothing", () => ops.randint(3, 3, [2]), /^randint: expected low < high/],
    ["uniform(5, 5)", () => ops.uniform([2], { low: 5, high: 5 }), /^uniform: expected finite low/],
    ["a mask of another shape", () => ops.maskedFill(x, ops.ones([4]), 0), /^maskedFill: /],
  ];
  for (const [name, call, message] of refused) {
    test(name, () => expect(refusal(call)).toMatch(message));
  }
});

describe("values:", () => {
  test("the product of two vectors is a scalar of shape [], and takes a scalar upstream", async () => {
    const a = tensor([1, 2, 3], { requiresGrad: true });
    const y = ops.matmul(a, tensor([4, 5, 6]));
    expect(y.shape).toEqual([]);
    expect(await y.item()).toBe(32);
    y.backward(tensor(2));
    expect([...((await a.grad?.read()) ?? [])]).toEqual([8, 10, 12]);
  });

  test("uniform(low, high) never draws high, however close its bounds are", async () => {
    for (const [low, high] of [
      [1, 1 + 2 ** -23],
      [2 ** 24 - 1, 2 ** 24],
      [0.9999999, 1],
      [-1, -0.99999994],
      [16777215, 16777217],
    ] as const) {
      const drawn = await ops.uniform([4096], { low, high }).read();
      expect(Math.max(...drawn)).toBeLessThan(high);
      expect(Math.min(...drawn)).toBeGreaterThanOrEqual(Math.fround(low));
    }
  });

  test("random integers and permutations are drawn anew in every replay of a captured step", async () => {
    const eager = async () => {
      ops.manualSeed(3);
      const rounds: number[][] = [];
      for (let i = 0; i < 3; i++) {
        rounds.push([
          ...(await ops.randint(0, 1000, [8]).read()),
          ...(await ops.randperm(9).read()),
          ...(await ops.multinomial(ops.ones([9]), 4).read()),
        ]);
      }
      return rounds;
    };
    const step = capture(() => [
      ops.randint(0, 1000, [8]),
      ops.randperm(9),
      ops.multinomial(ops.ones([9]), 4),
    ]);
    const expected = await eager();
    ops.manualSeed(3);
    for (const round of expected) {
      const got = await Promise.all(step().map((each) => each.read()));
      expect(got.flatMap((each) => [...each])).toEqual(round);
    }
  });
});
