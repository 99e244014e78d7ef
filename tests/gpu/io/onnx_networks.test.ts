import { describe, expect, test } from "vitest";
import { noGrad } from "../../../src/autograd/mode.ts";
import { ShapeError, ValueError } from "../../../src/core/errors.ts";
import { loadOnnx } from "../../../src/io/onnx/load.ts";
import { crossEntropy } from "../../../src/loss/index.ts";
import { freeze } from "../../../src/nn/module/freeze.ts";
import { Adam, SGD } from "../../../src/optim/index.ts";
import { capture } from "../../../src/tensor/capture.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import text from "../../golden/onnx_networks.jsonl?raw";
import { bytesFrom } from "../../support/onnx_nodes.ts";
import { initShared } from "../../support/shared_device.ts";

interface Network {
  readonly name: string;
  readonly model: string;
  readonly batches: readonly { x: number[]; shape: number[]; y: number[] }[];
}

await initShared();
const networks: Network[] = text
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));
const fileOf = (name: string): Uint8Array =>
  bytesFrom(networks.find((each) => each.name === name)?.model ?? "");

/** sin(1.7 · i + 0.3), the formula of tests/golden/onnx_networks.py. */
function formula(shape: readonly number[]): Tensor {
  const length = shape.reduce((a, b) => a * b, 1);
  return tensor(
    Float32Array.from({ length }, (_, i) => Math.sin(1.7 * i + 0.3)),
    { shape },
  );
}

describe("a network exported by PyTorch", () => {
  test.each(networks)(
    "gives onnxruntime's values within 1e-4: $name",
    async ({ model, batches }) => {
      const network = loadOnnx(bytesFrom(model));
      for (const { x, shape, y } of [...batches, ...batches]) {
        using input = formula(x);
        using made = noGrad(() => network.forward(input));
        expect(made.shape).toEqual(shape);
        const values = await made.read();
        const top = y.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
        const worst = y.reduce(
          (most, each, i) => Math.max(most, Math.abs((values[i] as number) - each)),
          0,
        );
        expect(worst / top).toBeLessThan(1e-4);
      }
      network.dispose();
    },
  );

  test("has the names of the file, which a state dict of PyTorch has too", async () => {
    const network = loadOnnx(fileOf("densenet"));
    const names = Object.keys(await network.stateDict());
    expect(names.slice(0, 3)).toEqual([
      "features.conv0.weight",
      "features.norm0.weight",
      "features.norm0.bias",
    ]);
    expect(names.filter((name) => name.endsWith("running_mean")).length).toBe(16);
    expect(network.training).toBe(false);
    expect(network.inputs).toEqual([
      { name: "x", type: "float", shape: ["n", 3, 32, 32], numbers: false },
    ]);
    expect(network.outputs[0]?.shape).toEqual(["n", 10]);
    network.dispose();
  });

  test("trains: its loss falls, its running statistics move, and a captured step gives the same", {
    timeout: 180_000,
  }, async () => {
    const losses = async (captured: boolean) => {
      const network = loadOnnx(fileOf("densenet")).train();
      const optimizer = new SGD(network.parameters(), { lr: 0.05 });
      const x = formula([4, 3, 32, 32]);
      const step = () =>
        scope(() => {
          optimizer.zeroGrad();
          const loss = crossEntropy(network.forward(x), [1, 7, 3, 1]);
          loss.backward();
          optimizer.step();
          return loss;
        });
      const before = (await network.stateDict())["features.norm0.running_mean"]?.data[0];
      const run = captured ? capture(step) : step;
      const found: number[] = [];
      for (let i = 0; i < 6; i++) {
        using loss = run();
        found.push(await loss.item());
      }
      expect((await network.stateDict())["features.norm0.running_mean"]?.data[0]).not.toBe(before);
      network.dispose();
      x.dispose();
      return found;
    };
    const eager = await losses(false);
    expect(eager[5]).toBeLessThan(0.8 * (eager[0] as number));
    expect(await losses(true)).toEqual(eager);
  });

  test("is fine-tuned: its loss falls with all but the head frozen, and frozen norms keep their statistics", async () => {
    const network = freeze(loadOnnx(fileOf("densenet")));
    const head = network.namedParameters().filter(([name]) => name.startsWith("classifier."));
    for (const [, each] of head) each.requiresGrad = true;
    network.train(); // frozen norms stay in evaluation mode
    const before = await network.stateDict();
    const optimizer = new Adam(network.parameters(), { lr: 0.1 });
    using x = formula([4, 3, 32, 32]);
    const found: number[] = [];
    for (let i = 0; i < 5; i++) {
      using loss = scope(() => {
        optimizer.zeroGrad();
        const made = crossEntropy(network.forward(x), [1, 7, 3, 1]);
        made.backward();
        optimizer.step();
        return made;
      });
      found.push(await loss.item());
    }
    expect(found[4]).toBeLessThan(0.8 * (found[0] as number));
    const after = await network.stateDict();
    const moved = Object.keys(before).filter(
      (name) => String(before[name]?.data) !== String(after[name]?.data),
    );
    expect(moved).toEqual(["classifier.weight", "classifier.bias"]);
    optimizer.dispose();
    network.dispose();
  });

  test("refuses what it does not take, and stays usable", async () => {
    const network = loadOnnx(fileOf("segmenter"));
    using good = formula([2, 1, 16, 12]);
    using wide = formula([2, 1, 16, 13]);
    using whole = tensor([1], { dtype: "i32", shape: [1, 1, 1, 1] });
    expect(() => network.forward(wide)).toThrow(
      /expected \[n, 1, 16, 12\] as 'x', got \[2, 1, 16, 13\]; reshape or resize it/,
    );
    expect(() => network.forward(wide)).toThrow(ShapeError);
    expect(() => network.forward(whole)).toThrow(/expected float as 'x', got i32; .* "f32"/);
    expect(() => network.forward({ image: good })).toThrow(ValueError);
    expect(() => network.forward({ image: good })).toThrow(
      /expected the inputs x, got image; pass 'x'/,
    );
    expect(() => network.forward({ x: 3 })).toThrow(/expected a tensor as 'x', got another value/);
    using y = noGrad(() => network.forward({ x: good }));
    expect(y.shape).toEqual([2, 3, 24]);
    network.dispose();
  });
});
