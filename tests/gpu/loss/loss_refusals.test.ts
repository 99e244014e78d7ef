import { expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import * as loss from "../../../src/loss/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();
const x = ops.ones([2, 3]);
const y = ops.ones([3]);
const none = ops.ones([0, 3]);
const leaf = ops.ones([4]);
leaf.requiresGrad = true;
const result = ops.relu(leaf);
const reduction = "median" as "mean";

test.each<[string, () => unknown, typeof ShapeError | typeof ValueError, RegExp]>([
  [
    "shapes that differ",
    () => loss.mseLoss(x, y),
    ShapeError,
    /mseLoss: .*\[2, 3\], got \[3\]; reshape/,
  ],
  ["nothing", () => loss.l1Loss(none, none), ShapeError, /skip empty/],
  ["a reduction", () => loss.huberLoss(x, x, { reduction }), ValueError, /"mean".*got "median"/],
  ["beta", () => loss.smoothL1Loss(x, x, { beta: -1 }), ValueError, /beta ≥ 0, got -1/],
  ["delta", () => loss.huberLoss(x, x, { delta: 0 }), ValueError, /delta > 0/],
  ["eps", () => loss.gaussianNllLoss(x, x, x, { eps: 0 }), ValueError, /eps > 0/],
  ["poisson", () => loss.poissonNllLoss(x, x, { eps: -1 }), ValueError, /eps ≥ 0/],
  [
    "a weight",
    () => loss.binaryCrossEntropy(x, x, { weight: leaf }),
    ShapeError,
    /broadcast|expand|\[4\]/,
  ],
  ["alpha", () => loss.sigmoidFocalLoss(x, x, { alpha: 2 }), ValueError, /alpha in \[0, 1\]/],
  ["gamma", () => loss.focalLoss(x, [0, 1], { gamma: -1 }), ValueError, /gamma ≥ 0/],
  [
    "a label",
    () => loss.nllLoss(x, [0, 3]),
    ValueError,
    /nllLoss: expected labels in 0\.\.2.*got 3/,
  ],
  ["labels", () => loss.focalLoss(x, [0]), ShapeError, /expected \[2\] labels/],
  ["probabilities", () => loss.crossEntropy(x, y), ShapeError, /dtype: "u32"/],
  ["p", () => loss.multiMarginLoss(x, [0, 1], { p: 3 as 1 }), ValueError, /p 1 or 2/],
  ["targets", () => loss.multiLabelMarginLoss(x, x), ValueError, /labels of integers.*f32/],
  ["batchmean", () => loss.klDiv(x, x, { reduction }), ValueError, /batchmean/],
  ["a ranking", () => loss.marginRankingLoss(x, x, y), ShapeError, /target \[\] or \[2, 3\]/],
  [
    "a margin",
    () => loss.hingeEmbeddingLoss(x, x, { margin: NaN }),
    ValueError,
    /finite number as margin, got NaN/,
  ],
  ["pairs", () => loss.cosineEmbeddingLoss(x, x, y), ShapeError, /target \[2\]/],
  ["cosine", () => loss.cosineSimilarity(x, x, { eps: 0 }), ValueError, /eps > 0/],
  ["triplets", () => loss.tripletMarginLoss(x, x, y), ShapeError, /of one shape/],
  ["p of triplets", () => loss.tripletMarginLoss(x, x, x, { p: 0 }), ValueError, /p ≥ 1/],
  ["people", () => loss.batchHardTripletLoss(x, [0, -1]), ValueError, /labels.*got -1/],
  ["λ", () => loss.l1Regularizer([leaf], -1), ValueError, /lambda ≥ 0/],
  ["a result", () => loss.l2Regularizer([result], 1), ValueError, /f32 leaves.*sum\(abs\(x\)\)/],
  ["one twice", () => loss.elasticNet([leaf, leaf], { l1: 1, l2: 1 }), ValueError, /one twice/],
  ["tolerance", () => loss.countNonzero([leaf], { tolerance: -1 }), ValueError, /tolerance ≥ 0/],
])("losses refuse %s that cannot be, and queue no dispatch", async (_, call, error, words) => {
  await engine.flush();
  const before = engine.counters().dispatches;
  expect(call).toThrow(error);
  expect(call).toThrow(words);
  await engine.flush();
  expect(engine.counters().dispatches).toBe(before);
});

test("a mean over up to a piece and its gradient are two dispatches, and so are a penalty and its", async () => {
  const input = tensor(new Float32Array(4096).fill(2), { requiresGrad: true });
  const target = tensor(new Float32Array(4096));
  await engine.flush();
  const start = engine.counters().dispatches;
  loss.mseLoss(input, target).backward();
  await engine.flush();
  expect(engine.counters().dispatches - start).toBe(2);
  loss.l2Regularizer([input], 0.5).backward();
  await engine.flush();
  expect(engine.counters().dispatches - start).toBe(4);
  const grad = await input.grad?.read();
  expect(grad?.[7]).toBeCloseTo(4 / 4096 + 2, 6);
});
