import { describe, expect, test } from "vitest";
import { noGrad } from "../../../src/autograd/mode.ts";
import { WgradError } from "../../../src/core/errors.ts";
import * as nn from "../../../src/nn/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { activationCases } from "../../support/activation_layer_cases.ts";
import { blockCases } from "../../support/block_layer_cases.ts";
import { type LayerCase, shapeCases } from "../../support/layer_cases.ts";
import type { Host, State } from "../../support/layer_references.ts";
import { initShared } from "../../support/shared_device.ts";
import { weightedCases } from "../../support/weighted_layer_cases.ts";

const engine = await initShared();

/** Exported modules that do not take a single tensor, and where they are tested. */
const elsewhere: Readonly<Record<string, string>> = {
  Module: "the abstract base; modules.test.ts",
  Norm: "the abstract base of the norms",
  ModuleList: "holds modules and has no forward; modules.test.ts",
  ModuleDict: "holds modules and has no forward; modules.test.ts",
  CosineSimilarity: "takes two tensors; loss_modules.test.ts",
};

const cases: Readonly<Record<string, LayerCase>> = {
  ...activationCases,
  ...shapeCases,
  ...weightedCases,
  ...blockCases,
};
const layers = Object.entries(nn).flatMap(([name, value]) => {
  const isLayer = typeof value === "function" && value.prototype instanceof nn.Module;
  return isLayer || value === nn.Module ? [name] : [];
});

/** Distinct numbers in (−3, 3) in no order, none of them at a kink. */
const numbers = (n: number, seed = 0) =>
  Array.from({ length: n }, (_, i) => ((((i + seed + 1) * 7919) % 6007) / 6007) * 6 - 3 + 1.3e-4);

/** The largest error, relative to the largest expected number. */
function error(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  const scale = Math.max(1, ...Array.from(expected, Math.abs));
  const errors = Array.from(expected, (value, i) => Math.abs((got[i] as number) - value));
  return got.length === expected.length ? Math.max(0, ...errors) / scale : Infinity;
}

/** dΣ u·y / d(input element i), by central differences of the float64 formula. */
function slopes(loss: (data: Float64Array) => number, at: ArrayLike<number>): number[] {
  const h = 1e-5;
  return Array.from(at, (value, i) => {
    const moved = (by: number) => loss(Float64Array.from(at).with(i, value + by));
    return (moved(h) - moved(-h)) / (2 * h);
  });
}

function inputOf({ x: shape, indices }: LayerCase): Tensor {
  const n = shape.reduce((a, b) => a * b, 1);
  return indices
    ? tensor(
        Uint32Array.from({ length: n }, (_, i) => (i * 3) % 4),
        { shape },
      )
    : tensor(Float32Array.from(numbers(n)), { shape, requiresGrad: true });
}

async function hostOf(
  { shape, ...rest }: Tensor,
  value: { read(): Promise<ArrayLike<number>> },
): Promise<Host> {
  void rest;
  return { shape, data: Float64Array.from(await value.read()) };
}

/** Gives parameters values other than their initial ones, since γ = 1 and β = 0 would hide errors. */
function stir(layer: nn.AnyModule): void {
  for (const [i, p] of layer.parameters().entries()) {
    nn.assign(
      p,
      Float32Array.from(numbers(p.size, 50 * i), (value) => 0.3 * value + 0.2),
    );
  }
}

async function check(layerCase: LayerCase): Promise<void> {
  const { reference, tolerance = 2e-5 } = layerCase;
  const layer = layerCase.make();
  stir(layer);
  const x = inputOf(layerCase);
  const named = layer.namedParameters();
  const host = await hostOf(x, x);
  const parameters = await Promise.all(
    named.map(async ([name, p]) => [name, await hostOf(p, p)] as const),
  );
  const state: State = Object.fromEntries(parameters);
  const expected = reference(host, state);
  const y = layer.forward(x);
  expect(y.shape).toEqual(expected.shape);
  expect(error(await y.read(), expected.data), "values").toBeLessThan(tolerance);
  if (y.node) {
    const upstream = Float32Array.from(numbers(y.size, 17));
    using dy = tensor(upstream, { shape: y.shape });
    y.backward(dy);
    const loss = (given: Host, named: State) =>
      Array.from(reference(given, named).data).reduce(
        (total, value, i) => total + value * (upstream[i] as number),
        0,
      );
    if (x.grad) {
      const wanted = slopes((data) => loss({ ...host, data }, state), host.data);
      expect(error(await x.grad.read(), wanted), "dx").toBeLessThan(3 * tolerance);
    }
    for (const [name, p] of named) {
      const own = state[name] as Host;
      const wanted = slopes((data) => loss(host, { ...state, [name]: { ...own, data } }), own.data);
      expect(error((await p.grad?.read()) ?? [], wanted), `d ${name}`).toBeLessThan(3 * tolerance);
    }
  }
  for (const held of [y, x, x.grad, layer]) held?.dispose();
}

describe("layers", () => {
  test("that are exported all have a case, or a place where they are tested", () => {
    const tested = (name: string) => name in cases || name in elsewhere || name.endsWith("Loss");
    expect(layers.filter((name) => !tested(name))).toEqual([]);
    const known = Object.keys({ ...cases, ...elsewhere });
    expect(known.filter((name) => !layers.includes(name) && name !== "CosineSimilarity")).toEqual(
      [],
    );
  });

  for (const [name, layerCase] of Object.entries(cases)) {
    test(`${name} gives the values and gradients of its formula`, () => check(layerCase));

    test(`${name} keeps no byte over 100 calls outside of a scope`, async () => {
      const layer = layerCase.make();
      const x = inputOf(layerCase);
      const call = () => {
        const y = noGrad(() => layer.forward(x));
        if (y !== x) y.dispose();
      };
      call();
      await engine.finish();
      const before = engine.counters().liveBytes;
      for (let i = 0; i < 100; i++) call();
      await engine.finish();
      expect(engine.counters().liveBytes).toBe(before);
      for (const held of [x, layer]) held.dispose();
    });
  }

  test("refuse unknown options and more arguments than they take, in their own name", () => {
    const refused = (name: string, ...args: unknown[]) => {
      const layer: unknown = Reflect.get(nn, name);
      try {
        Reflect.construct(layer as new () => object, args);
      } catch (thrown) {
        return thrown instanceof WgradError ? thrown.message : `${thrown}`;
      }
      return "accepted";
    };
    const wrong = layers
      .filter((name) => name in cases && name !== "Sequential")
      .flatMap((name) => {
        const signature = Reflect.get(Reflect.get(nn, name) as object, "signature") as {
          parameters: readonly (readonly [
            string,
            { known?: object; accepts(value: unknown): boolean },
          ])[];
        };
        const args = signature.parameters.map(([, { known, accepts }]) =>
          known
            ? {}
            : ([1, "none", "batch", [1], { act: "relu" }].find((value) => accepts(value)) ?? 1),
        );
        const unknown = signature.parameters.map(([, { known }], i) =>
          known ? { someOption: 1 } : args[i],
        );
        const messages = [refused(name, ...args, 1)];
        if (signature.parameters.some(([, { known }]) => known))
          messages.push(refused(name, ...unknown));
        return messages.filter((message) => !message.startsWith(`${name}: expected `));
      });
    expect(wrong).toEqual([]);
    scope(() => undefined);
  });
});
