import { expect } from "vitest";
import { noGrad } from "../../src/autograd/mode.ts";
import { size } from "../../src/core/shape.ts";
import type { OpCase } from "../../src/ops/op_case.ts";
import { currentEngine } from "../../src/scheduler/engine.ts";
import { tensor } from "../../src/tensor/create.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { opInput } from "../../src/testing/run_op_case.ts";

/** Bytes are compared exactly, so that a leak in a single run is seen. */
const RUNS = 3;

/** Cases that do not return a tensor they make (one of two results, or an intermediate), which only a scope() frees. */
export const composed: readonly string[] = [
  "l1Regularizer: made before the loss: added to its gradients",
  "l1Regularizer: made after the loss: written first",
  "l2Regularizer: parameters of two arenas",
  "l2Regularizer: some parameters of an arena",
  "conv1d: padding before and after, same with a stride",
  "abs: integers: i32",
  "add: integers: wrap, and are exact beyond 2²⁴",
  "where: integers: u32 beside f32 gives f32",
  "topk: integers: i32, the smallest",
  "adaptiveMaxPool2dWithIndices: its gradient",
  "pow: integers: i32 to a number, and a number to u32",
  "sort: by radix, the gradient returns to its element",
];

/** One use outside of scope(), as a user writes it: disposes of the results and the gradients, and of nothing else. */
function use(test: OpCase, leaves: readonly Tensor[]): void {
  const made = test.run(...leaves);
  const results = Array.isArray(made) ? (made as readonly Tensor[]) : [made as Tensor];
  for (const y of results) {
    if (!y.node) continue;
    using upstream = tensor(new Float32Array(size(y.shape)).fill(1), { shape: y.shape });
    y.backward(upstream);
  }
  for (const used of results) used.dispose();
  for (const leaf of leaves) {
    if (leaf.grad !== leaf.gradTarget) leaf.grad?.dispose();
    leaf.grad = null;
  }
}

/** Bytes held by tensors once all queued work has run. */
async function liveBytes(): Promise<number> {
  const engine = currentEngine();
  await engine.flush();
  return engine.counters().liveBytes;
}

function inputsOf({ inputs }: OpCase, requiresGrad: boolean): Tensor[] {
  return inputs.map((input, i) => {
    const { shape, data } = opInput(input, i);
    const { dtype = "f32", grad = dtype === "f32" } = input;
    return tensor(data, { shape, dtype, requiresGrad: requiresGrad && grad });
  });
}

/** Bytes that some runs leave; an earlier run may have moved the inputs into an arena. */
async function left(work: () => void): Promise<number> {
  work();
  const before = await liveBytes();
  for (let run = 0; run < RUNS; run++) work();
  return (await liveBytes()) - before;
}

/**
 * Fails if forward or backward runs of a case outside of scope() leave bytes on the GPU after their results are
 * disposed.
 */
export async function expectNothingLeft(each: OpCase): Promise<void> {
  const before = await liveBytes();
  const data = inputsOf(each, false);
  const leaves = inputsOf(each, true);
  const forward = await left(() => noGrad(() => use(each, data)));
  expect(forward, `bytes left by ${RUNS} runs in noGrad()`).toBe(0);
  const both = await left(() => use(each, leaves));
  expect(both, `bytes left by ${RUNS} forward and backward runs`).toBe(0);
  const all = [...data, ...leaves];
  const arenas = all.some(({ gradTarget }) => gradTarget); // arenas live as long as any tensor in them
  for (const leaf of all) leaf.dispose();
  if (!arenas) expect((await liveBytes()) - before, "bytes left by all of it").toBe(0);
}
