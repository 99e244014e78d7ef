import { afterEach, describe, expect, test } from "vitest";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import { crossEntropy } from "../../../src/loss/index.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { Adam, SGD } from "../../../src/optim/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { initShared } from "../../support/shared_device.ts";

const engine = await initShared();
await engine.flush();
const x = ops.ones([2, 4, 5, 5]);
const kernel = ops.ones([2, 4, 3, 3]);
const logits = ops.ones([2, 3]);
const noLogits = ops.ones([0, 3]);
const p = nn.parameter(ops.ones([3]));

describe("operations refuse what does not fit, queue nothing for it and leave the device usable:", () => {
  afterEach(async () => {
    expect([...(await ops.relu(tensor([-1, 2])).read())]).toEqual([0, 2]);
  });

  /** Runs a call that must throw, and checks that it queued and submitted nothing. */
  async function refused(call: () => unknown, error: typeof ShapeError, words: RegExp) {
    await engine.flush();
    const before = engine.counters();
    expect(call).toThrow(error);
    expect(call).toThrow(words);
    await engine.flush();
    expect(engine.counters()).toEqual(before);
  }

  test("options of resizing that do not go together", async () => {
    const to = (options: ops.InterpolateOptions) => () =>
      ops.interpolate(x, { size: 3, ...options });
    await refused(
      to({ antialias: true }),
      ValueError,
      /interpolate: expected antialias with mode "bilinear" or "bicubic", got it with "nearest"/,
    );
    await refused(to({ mode: "nearest-exact", alignCorners: false }), ValueError, /alignCorners/);
    await refused(
      to({ mode: "bicubic", antialias: true, alignCorners: true }),
      ValueError,
      /interpolate: expected antialias or alignCorners, got both/,
    );
    await refused(
      () => ops.interpolate(x, { mode: "bicubic", antialias: true }),
      ValueError,
      /interpolate: expected size or scaleFactor, got neither/,
    );
  });

  test("mismatched shapes", async () => {
    const [a, b] = [ops.ones([64, 32]), ops.ones([16, 8])];
    await refused(
      () => ops.matmul(a, b),
      ShapeError,
      /matmul: expected equal inner sizes.*transpose/,
    );
    await refused(
      () => ops.add(a, b),
      ShapeError,
      /add: expected shapes that broadcast, got a\[64, 32\] and b\[16, 8\]/,
    );
    const w = ops.ones([8, 3, 3, 3]);
    await refused(
      () => ops.conv2d(x, w),
      ShapeError,
      /conv2d: expected x .* with C = 3 for weight\[8, 3, 3, 3\].*got x\[2, 4, 5, 5\]/,
    );
    await refused(() => ops.groupNorm(x, 3), ShapeError, /groups to divide the 4 channels/);
    await refused(
      () => ops.layerNorm(x, [5, 5], { residual: p }),
      ShapeError,
      /layerNorm: expected a residual of x's shape \[2, 4, 5, 5\], got residual\[3\]; project/,
    );
    await refused(() => ops.rmsNorm(x, [4, 5]), ShapeError, /rmsNorm: expected x \[\.\.\., 4, 5\]/);
    await refused(
      () => ops.instanceNorm(x, { bias: kernel }),
      ShapeError,
      /beta\[4\], got beta\[2/,
    );
    const bias = ops.ones([4]);
    const moving = (variance: typeof x, momentum = 0.1) =>
      ops.batchNorm(x, { training: true, running: { mean: bias, variance, momentum } });
    await refused(
      () => moving(p),
      ShapeError,
      /batchNorm: expected running_var\[4\], got running_/,
    );
    await refused(() => moving(bias, 1.5), ValueError, /batchNorm: expected 0 ≤ momentum ≤ 1, got/);
    await refused(
      () => ops.reshape(x, [7, -1]),
      ShapeError,
      /reshape: expected 200 elements.*; use −1 for one/,
    );
    await refused(
      () => ops.concat([a, b]),
      ShapeError,
      /concat: expected sizes equal but for axis 0/,
    );
    await refused(() => crossEntropy(a, [1, 2]), ShapeError, /\[64\] labels/);
  });

  test("a batch of nothing", async () => {
    const none = ops.ones([0, 4, 5, 5]);
    const words = /(empty|skip|at least|no elements|nothing)/i;
    await refused(() => ops.conv2d(none, kernel), ShapeError, /conv2d/);
    const bn = new nn.BatchNorm2d(4);
    await refused(() => bn.forward(none), ShapeError, words);
    await refused(() => ops.maxPool2d(none, { kernelSize: 2 }), ShapeError, words);
    await refused(() => crossEntropy(noLogits, []), ShapeError, words);
  });

  test("options outside their domain", async () => {
    await refused(() => ops.conv2d(x, kernel, { stride: 0 }), ValueError, /stride/);
    const act = { act: "leaky_relu", slope: Infinity } as const;
    await refused(
      () => ops.instanceNorm(x, { act }),
      ValueError,
      /instanceNorm: expected a finite slope/,
    );
    await refused(() => ops.dropout(x, 1.5), ValueError, /probability/);
    await refused(() => ops.manualSeed(-1), ValueError, /manualSeed/);
    await refused(() => crossEntropy(logits, [0, 3]), ValueError, /labels in 0..2.*got 3/);
    await refused(() => new Adam([p], { lr: -1 }), ValueError, /lr/);
    await refused(() => new SGD([p], { nesterov: true }), ValueError, /nesterov/);
    await refused(() => new SGD([]), ValueError, /expected parameters, got none/);
    await refused(() => new SGD([p, p]), ValueError, /twice/);
    await refused(() => new SGD([x]), ValueError, /require a gradient/);
  });

  test("a failed step leaves the parameters as they were", async () => {
    const layer = new nn.Linear(2, 2);
    const before = await layer.stateDict();
    expect(() => layer.forward(ops.ones([3, 5]))).toThrow(ShapeError);
    expect(await layer.stateDict()).toEqual(before);
  });
});
