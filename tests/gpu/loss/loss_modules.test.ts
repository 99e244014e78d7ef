import { describe, expect, test } from "vitest";
import * as loss from "../../../src/loss/index.ts";
import * as nn from "../../../src/nn/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { cases, labels, scores, weight } from "../../support/loss_modules.ts";

/** Value of a loss, and the gradient of its first input. */
async function outcome(call: (...inputs: Tensor[]) => Tensor, makers: readonly (() => Tensor)[]) {
  const [x, ...rest] = makers.map((make) => make());
  const leaf = x as Tensor;
  leaf.requiresGrad = true;
  const y = scope(() => {
    const value = call(leaf, ...rest);
    value.backward(value.size === 1 ? undefined : tensor(new Float32Array(value.size).fill(2)));
    return value;
  });
  return [...(await y.read()), ...((await leaf.grad?.read()) ?? [NaN])];
}

test("every loss class has a case, and every case is of a class", () => {
  const classes = Object.keys(nn).filter((name) => /Loss$|^CosineSimilarity$/.test(name));
  expect(Object.keys(cases).sort()).toEqual(classes.sort());
});

describe.each(Object.entries(cases))("%s", (_, [...all]) => {
  test.each(all)("is its function with its options, value and gradient", async (given) => {
    const module = given.module();
    const call = (...inputs: Tensor[]) => module.forward(...inputs) as Tensor;
    const got = await outcome(call, given.inputs);
    expect(got).toEqual(await outcome(given.loss, given.inputs));
    expect(got.every(Number.isFinite)).toBe(true);
    expect(
      module
        .namedBuffers()
        .map(([name]) => name)
        .sort(),
    ).toEqual([...(given.buffers ?? [])].sort());
    expect(module.parameters()).toEqual([]);
  });
});

test("a loss class refuses options its function does not have, by its own name", () => {
  const unknown: object = { ignore_index: 3 };
  expect(() => new nn.CrossEntropyLoss(unknown)).toThrow(/^CrossEntropyLoss: .*'ignoreIndex'/);
  const wrong: object = { delta: "1" };
  expect(() => new nn.HuberLoss(wrong)).toThrow(/^HuberLoss: .*delta/);
});

test("weights belong to the module: they load, and disposing of it leaves the tensor given alone", async () => {
  const given = tensor([1, 1, 1, 1]);
  const module = new nn.CrossEntropyLoss({ weight: given });
  module.loadStateDict({ weight: { shape: [4], data: Float32Array.of(0.5, 2, 1, 0.25) } });
  const value = await module.forward(scores(), labels()).item();
  expect(value).toBe(await loss.crossEntropy(scores(), labels(), { weight }).item());
  module.dispose();
  expect(() => module.forward(scores(), labels())).toThrow(/disposed/);
  expect(await given.read()).toHaveLength(4);
});

test("a loss class works in a captured step, with labels on the host or on the GPU", async () => {
  const criterion = new nn.CrossEntropyLoss();
  const step = capture((x: Tensor, y: Tensor) => criterion.forward(x, y));
  expect(await step(scores(), labels()).item()).toBe(
    await criterion.forward(scores(), [3, 0, 2]).item(),
  );
});
