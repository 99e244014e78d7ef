import { describe, expect, test } from "vitest";
import * as nn from "../../../src/nn/index.ts";
import * as ops from "../../../src/ops/index.ts";
import { SGD } from "../../../src/optim/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { EarlyStopping, EMA } from "../../../src/train/index.ts";
import { initShared } from "../../support/shared_device.ts";

await initShared();

const names = (module: nn.AnyModule) => module.namedParameters().map(([name]) => name);

describe("a parameter", () => {
  test("stays one when it is frozen: listed, counted, and no buffer", () => {
    const model = new nn.BatchNorm1d(3);
    for (const p of model.parameters().slice(0, 1)) p.requiresGrad = false;
    expect(names(model)).toEqual(["weight", "bias"]);
    expect(model.parameterCount()).toBe(6);
    expect(model.namedBuffers().map(([name]) => name)).toEqual(["running_mean", "running_var"]);
    model.dispose();
  });

  test("can be frozen and unfrozen over parameters(), as in PyTorch; running means stay buffers", () => {
    const model = new nn.Sequential(new nn.Linear(2, 3), new nn.BatchNorm1d(3));
    for (const p of model.parameters()) p.requiresGrad = false;
    for (const p of model.parameters()) p.requiresGrad = true;
    for (const [, buffer] of model.namedBuffers()) buffer.requiresGrad = true;
    expect(names(model)).toEqual(["0.weight", "0.bias", "1.weight", "1.bias"]);
    model.dispose();
  });

  test("that is frozen is skipped by optimisers, and updated again once it is not", async () => {
    const model = new nn.Linear(2, 1);
    const optimizer = new SGD(model.parameters(), { lr: 0.1 });
    const step = () =>
      scope(() => {
        optimizer.zeroGrad();
        ops.sum(model.forward(ops.ones([1, 2]))).backward();
        optimizer.step();
      });
    const start = await model.stateDict();
    model.weight.requiresGrad = false;
    step();
    const frozen = await model.stateDict();
    expect(frozen.weight).toEqual(start.weight);
    expect(frozen.bias).not.toEqual(start.bias);
    model.weight.requiresGrad = true;
    step();
    expect((await model.stateDict()).weight).not.toEqual(start.weight);
    model.dispose();
  });

  test("that was frozen before goes to an optimiser; a tensor nobody declared does not", () => {
    const model = new nn.Linear(2, 1);
    model.weight.requiresGrad = false;
    expect(() => new SGD(model.parameters(), { lr: 0.1 })).not.toThrow();
    expect(() => new SGD([tensor([1])], { lr: 0.1 })).toThrow(/require a gradient/);
    model.dispose();
  });
});

describe("shared modules and tensors", () => {
  test("count once, and an optimiser takes them", () => {
    const layer = new nn.Linear(2, 2);
    const model = new nn.Sequential(layer, layer);
    expect(names(model)).toEqual(["0.weight", "0.bias"]);
    expect(model.parameterCount()).toBe(6);
    expect(model.namedModules().map(([name]) => name)).toEqual(["", "0"]);
    expect(() => new SGD(model.parameters(), { lr: 0.1 })).not.toThrow();
    model.dispose();
  });

  test("have all their names in the state dict, and are still tied after it was loaded", async () => {
    class Tied extends nn.Module {
      readonly encoder = new nn.Embedding(4, 3);
      readonly decoder = new nn.Linear(3, 4, { bias: false });
      constructor() {
        super();
        this.decoder.weight.dispose();
        Object.assign(this.decoder, { weight: this.encoder.weight });
      }
      override forward(x: Tensor): Tensor {
        return this.decoder.forward(this.encoder.forward(x));
      }
    }
    const [a, b] = [new Tied(), new Tied()];
    const state = await a.stateDict();
    expect(Object.keys(state)).toEqual(["encoder.weight", "decoder.weight"]);
    expect(names(a)).toEqual(["encoder.weight"]);
    b.loadStateDict(state);
    expect(await b.stateDict()).toEqual(state);
    expect(b.decoder.weight).toBe(b.encoder.weight);
    const stopping = new EarlyStopping({ restoreBest: true });
    stopping.observe(1, a);
    expect(Object.keys((await stopping.stateDict()).weights ?? {})).toEqual(Object.keys(state));
    for (const held of [a, b]) held.dispose();
  });

  test("a module that contains its parent does not loop for ever", () => {
    class Child extends nn.Identity {
      parent: nn.AnyModule | undefined;
    }
    const child = new Child();
    const model = new nn.Sequential(child, new nn.Linear(1, 1));
    child.parent = model;
    expect(names(model)).toEqual(["1.weight", "1.bias"]);
    model.dispose();
  });
});

describe("what fields hold", () => {
  test("is found in nested arrays, plain objects and Maps, by index and key", () => {
    class Model extends nn.Module {
      readonly grid = [[new nn.Linear(1, 1)], [new nn.Linear(1, 1), new nn.Identity()]];
      readonly heads = { left: new nn.Linear(1, 1, { bias: false }) };
      readonly byName = new Map([["a", new nn.Linear(1, 1, { bias: false })]]);
      readonly scales = [nn.parameter(ops.ones([2])), nn.parameter(ops.ones([2]))];
      readonly tables = { mean: nn.buffer(ops.zeros([2])) };
      readonly sizes = [1, 2, 3];
      readonly last = ops.mul(nn.parameter(ops.ones([1])), 2);
      override forward(x: Tensor): Tensor {
        return x;
      }
    }
    const model = new Model();
    expect(names(model)).toEqual([
      ...["scales.0", "scales.1"],
      ...["grid.0.0.weight", "grid.0.0.bias", "grid.1.0.weight", "grid.1.0.bias"],
      ...["heads.left.weight", "by_name.a.weight"],
    ]);
    expect(model.namedBuffers().map(([name]) => name)).toEqual(["tables.mean"]);
    model.eval();
    expect(model.grid[1]?.[1]?.training).toBe(false);
    model.dispose();
  });

  test("forward may take several tensors and options and give a record; hooks see it", async () => {
    class Mix extends nn.Module<
      [a: Tensor, b: Tensor, options?: { scale?: number }],
      { sum: Tensor; parts: readonly [Tensor, Tensor] }
    > {
      readonly inner = new nn.Linear(2, 2);
      override forward(a: Tensor, b: Tensor, { scale = 1 }: { scale?: number } = {}) {
        return { sum: ops.mul(ops.add(a, b), scale), parts: [a, b] as const };
      }
    }
    const model = new Mix();
    const seen: number[] = [];
    model.registerForwardHook((_module, _a, { parts }) => {
      seen.push(parts.length);
      return undefined;
    });
    using one = ops.ones([2]);
    using sum = scope(() => model.forward(one, one, { scale: 3 }).sum);
    expect([...(await sum.read())]).toEqual([6, 6]);
    expect(seen).toEqual([2]);
    // @ts-expect-error: it takes two tensors
    expect(() => model.forward(one)).toThrow();
    // @ts-expect-error: a Sequential hands one tensor from module to module
    new nn.Sequential(model);
    const average = new EMA(model);
    average.dispose();
    model.dispose();
  });
});

describe("an error inside a model", () => {
  test("says the path of the layer", () => {
    const block = new nn.Sequential(new nn.ReLU(), new nn.Linear(3, 4));
    const model = new nn.Sequential(new nn.Flatten(), block);
    using x = ops.ones([2, 5]);
    expect(() => scope(() => model.forward(x))).toThrow(/\(in layer '1\.1'/);
    expect(() => scope(() => new nn.Linear(3, 4).forward(x))).not.toThrow(/in layer/);
    model.dispose();
  });
});
