import { describe, expect, test } from "vitest";
import { noGrad } from "../../../src/autograd/mode.ts";
import { exportOnnx, loadOnnx } from "../../../src/io/onnx/index.ts";
import * as nn from "../../../src/nn/index.ts";
import type { AnyModule } from "../../../src/nn/module/module.ts";
import { manualSeed } from "../../../src/ops/random/random.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import text from "../../golden/onnx_networks.jsonl?raw";
import { builders, outputsOf } from "../../support/models/builders.ts";
import { worstOf } from "../../support/numbers.ts";
import { bytesFrom } from "../../support/onnx_nodes.ts";
import { runOnnx } from "../../support/onnx_runtime.ts";
import { initShared } from "../../support/shared_device.ts";

/** Made by tests/golden/onnx_networks.py. */
interface Network {
  readonly name: string;
  readonly model: string;
  readonly batches: readonly { readonly x: readonly number[] }[];
}

const engine = await initShared();

/** Pseudorandom numbers between −1 and 1. */
const drawn = (length: number, seed: number): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length }, (_, i) => {
    const v = 43758.5453 * Math.sin(12.9898 * (i + 1) + 78.233 * seed);
    return 2 * (v - Math.floor(v)) - 1;
  });

/** Gives running statistics, weights and biases of norms values other than 0 and 1. */
function unsettle(model: AnyModule): void {
  for (const [e, [name, value]] of model.namedTensors().entries()) {
    if (value.shape.length !== 1) continue;
    const u = drawn(value.size, e + 1);
    const around = name.endsWith("bias") || name.endsWith("mean") ? 0 : 1;
    nn.assign(
      value,
      u.map((n) => around + n / 4),
    );
  }
}

/** Largest difference between our output and onnxruntime's, for another batch size than the file was exported with. */
async function compared(model: AnyModule, shape: readonly number[]): Promise<number> {
  using example = tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)), { shape });
  const file = await exportOnnx(model, example);
  const wide = [2, ...shape.slice(1)];
  const data = drawn(
    wide.reduce((a, b) => a * b, 1),
    0,
  );
  const own = scope(
    () =>
      outputsOf(noGrad(() => (model as nn.Module).forward(tensor(data, { shape: wide }))))[0]?.[1],
  ) as Tensor;
  const expected = await own.read();
  own.dispose();
  const { output } = await runOnnx(file, { input: { data, shape: wide } });
  expect(output?.shape).toEqual(own.shape);
  return worstOf(output?.data as Float32Array, expected);
}

const zoo = [
  ...["lenet5", "vgg11Bn", "resnet18", "preActResnet18", "densenet121", "googlenet"],
  ...["mobilenetV3Small", "shufflenetV2X1_0", "squeezenet1_1", "convnextTiny"],
];
const networks = text
  .trim()
  .split("\n")
  .map((line): Network => JSON.parse(line));

describe("a network that is written gives onnxruntime's values within 1e-4:", () => {
  test.each(zoo)("%s", async (name) => {
    const build = builders.find((each) => each.name === name)?.build;
    if (!build) throw new Error(`${name}: not one of ${builders.map((each) => each.name)}`);
    manualSeed(5);
    const model = build({ small: true, numClasses: 5 }).eval();
    unsettle(model);
    const shape = name === "lenet5" ? [1, 1, 32, 32] : [1, 3, 32, 32];
    expect(await compared(model, shape)).toBeLessThan(1e-4);
    model.dispose();
    await engine.flush();
  });
});

describe("a network that PyTorch wrote, read, written and read again gives the same:", () => {
  test.each(networks)("$name", async ({ model: text, batches }) => {
    const shape = batches[0]?.x ?? [];
    const x = tensor(
      drawn(
        shape.reduce((a, b) => a * b, 1),
        1,
      ),
      { shape },
    );
    const read = loadOnnx(bytesFrom(text));
    const again = loadOnnx(await exportOnnx(read, x));
    const named = ({ weights }: typeof read) => [...weights.keys()].sort();
    expect(named(again)).toEqual(named(read));
    const values = await Promise.all(
      [read, again].map(async (each) => {
        using y = scope(() => noGrad(() => each.forward(x)));
        return await y.read();
      }),
    );
    expect(worstOf(values[1] as Float32Array, values[0] as Float32Array)).toBeLessThan(1e-6);
    for (const each of [read, again, x]) each.dispose();
  });
});

test("a weight that two layers share is written once", async () => {
  const model = new nn.Sequential(new nn.Linear(4, 4), new nn.ReLU(), new nn.Linear(4, 4)).eval();
  const alone = await exportOnnx(model, tensor(drawn(8, 1), { shape: [2, 4] }));
  const [first, , last] = [...model] as [nn.Linear, nn.ReLU, nn.Linear];
  Object.assign(last, { weight: first.weight });
  const shared = await exportOnnx(model, tensor(drawn(8, 1), { shape: [2, 4] }));
  expect(alone.length - shared.length).toBeGreaterThan(4 * 16);
  expect([...loadOnnx(shared).weights.keys()]).toEqual(["0.weight", "0.bias", "2.bias"]);
});
