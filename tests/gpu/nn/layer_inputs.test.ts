import { describe, expect, test } from "vitest";
import { ValueError } from "../../../src/core/errors.ts";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

/** Calls a constructor as JavaScript would, with arguments that the compiler refuses. */
const make = (layer: unknown, ...args: unknown[]) =>
  Reflect.construct(layer as new () => object, args);

describe("layers refuse", () => {
  test("options that are given one after the other: new Conv2d(1, 2, 3, 2, 1)", () => {
    expect(() => make(nn.Conv2d, 1, 2, 3, 2, 1)).toThrow(
      /^Conv2d: expected an object of options as options, got 2; write \{ stride, padding/,
    );
  });

  test("an array of modules: new Sequential([..])", () => {
    expect(() => make(nn.Sequential, [new nn.ReLU()])).toThrow(
      /^Sequential: expected a module as modules, got .*; make one, .* spread arrays of them/,
    );
  });

  test("groups that do not divide the channels, in their own name", () => {
    expect(() => new nn.Conv2d(3, 4, 3, { groups: 2 })).toThrow(
      /^Conv2d: expected groups that divide 3 and 4 channels, got 2/,
    );
    expect(() => new nn.ConvTranspose1d(4, 3, 3, { groups: 2 })).toThrow(/^ConvTranspose1d: /);
    expect(() => new nn.GroupNorm(3, 4)).toThrow(/^GroupNorm: /);
  });

  test("NHWC images, and say so, with the layer's path", () => {
    const model = new nn.Sequential(new nn.Sequential(new nn.Conv2d(3, 4, 3)));
    using x = ops.ones([2, 8, 8, 3]);
    expect(() => model.forward(x)).toThrow(
      /conv2d: expected x \[N, C, H, W\] with C = 3 .*got x\[2, 8, 8, 3\]; NHWC\? permute.* \(in layer '0\.0': Conv2d\)$/,
    );
    model.dispose();
  });

  test("unknown options, with the nearest known one", () => {
    const unknown: object = { momentun: 0.2 };
    expect(() => new nn.BatchNorm2d(2, unknown)).toThrow(
      /^BatchNorm2d: expected options .* got 'momentun'; did you mean 'momentum'\?/,
    );
  });

  test("modules in one another's place: forward of a list", () => {
    expect(() => new nn.ModuleList([new nn.ReLU()]).forward()).toThrow(ValueError);
  });
});

describe("momentum null", () => {
  const batches = [
    [1, 3],
    [5, 9],
    [2, 8],
  ].map((values) => tensor(values, { shape: [2, 1] }));

  async function statistics(step: (bn: nn.BatchNorm1d) => (x: Tensor) => void) {
    const bn = new nn.BatchNorm1d(1, { momentum: null });
    const run = step(bn);
    for (const x of batches) run(x);
    const { running_mean, running_var, num_batches_tracked } = await bn.stateDict();
    bn.dispose();
    return [running_mean, running_var, num_batches_tracked].map((entry) => entry?.data[0] ?? NaN);
  }
  const expected = [(2 + 7 + 5) / 3, (2 + 8 + 18) / 3, 3];

  test("is the mean over all batches", async () => {
    const found = await statistics((bn) => (x) => scope(() => void bn.forward(x)));
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] as number, 5);
    });
  });

  test("is it in a captured step, too", async () => {
    const found = await statistics((bn) => {
      const step = capture((x: Tensor) => bn.forward(x));
      return (x) => step(x).dispose();
    });
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] as number, 5);
    });
  });
});

describe("containers", () => {
  test("ModuleList and ModuleDict register what they hold, also what comes later", () => {
    class Model extends nn.Module {
      readonly layers = new nn.ModuleList([new nn.Linear(2, 2)]);
      readonly heads = new nn.ModuleDict({ a: new nn.Linear(2, 1, { bias: false }) });
      override forward(x: Tensor): Tensor {
        return [...this.layers].reduce((h, layer) => layer.forward(h), x);
      }
    }
    const model = new Model();
    model.layers.append(new nn.Linear(2, 2, { bias: false }));
    expect(model.namedParameters().map(([name]) => name)).toEqual([
      ...["layers.0.weight", "layers.0.bias", "layers.1.weight", "heads.a.weight"],
    ]);
    expect([model.layers.length, model.heads.size]).toEqual([2, 1]);
    expect(model.layers.at(-1)?.weight.shape).toEqual([2, 2]);
    model.eval();
    expect(model.heads.get("a")?.training).toBe(false);
    using x = ops.ones([1, 2]);
    using y = scope(() => model.forward(x));
    expect(y.shape).toEqual([1, 2]);
    model.dispose();
  });
});
