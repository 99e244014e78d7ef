import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import * as tfl from "@tensorflow/tfjs-layers";
import { describe, expect, test } from "vitest";
import { noGrad } from "../../../src/autograd/mode.ts";
import { halfBits } from "../../../src/core/half.ts";
import {
  type LayersFiles,
  type LayerTensors,
  loadLayersModel,
} from "../../../src/io/tfjs/index.ts";
import { mseLoss } from "../../../src/loss/index.ts";
import { SGD } from "../../../src/optim/index.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { scope } from "../../../src/tensor/scope.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { worstOf } from "../../support/numbers.ts";
import { initShared } from "../../support/shared_device.ts";
import { stacks } from "../../support/tfjs_stacks.ts";

await initShared();
await tf.setBackend("cpu");
const { layers } = tfl;

/** Pseudorandom numbers between −1 and 1. */
const drawn = (length: number, seed: number): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length }, (_, i) => {
    const v = 43758.5453 * Math.sin(12.9898 * (i + 1) + 78.233 * seed);
    return 2 * (v - Math.floor(v)) - 1;
  });

/** Gives all weights pseudorandom values; variances are positive. */
function unsettle(model: tfl.LayersModel): void {
  const weights = model.getWeights().map((weight, i) => {
    const values = drawn(weight.size, i + 1).map((u) => u / 2);
    const name = model.weights[i]?.name ?? "";
    const around = name.endsWith("variance") || name.endsWith("gamma") ? 1 : 0;
    return tf.tensor(
      values.map((u) => around + u),
      weight.shape,
    );
  });
  model.setWeights(weights);
}

/** The model's files, as TensorFlow.js saves them. */
async function saved(model: tfl.LayersModel): Promise<LayersFiles & { json: object }> {
  let files: (LayersFiles & { json: object }) | undefined;
  const save = async ({ modelTopology, weightSpecs, weightData }: tf.io.ModelArtifacts) => {
    const weightsManifest = [{ paths: ["weights.bin"], weights: weightSpecs }];
    const json = JSON.parse(JSON.stringify({ modelTopology, weightsManifest }));
    files = { json, weights: { "weights.bin": (weightData as ArrayBuffer).slice(0) } };
    const modelArtifactsInfo = { dateSaved: new Date(), modelTopologyType: "JSON" as const };
    return { modelArtifactsInfo };
  };
  await model.save({ save });
  return files as LayersFiles & { json: object };
}

/** NHWC transposed to NCHW; tensors that are not images stay. */
const turned = (x: tf.Tensor): tf.Tensor => (x.rank === 4 ? tf.transpose(x, [0, 3, 1, 2]) : x);

const here = (x: tf.Tensor): Tensor => {
  const y = turned(x);
  return tensor(y.dataSync() as Float32Array<ArrayBuffer>, { shape: y.shape });
};

/** Largest difference between the outputs of the two libraries, as a share of the largest value. */
async function difference(model: tfl.LayersModel, files: LayersFiles): Promise<number> {
  const inputs = model.inputs.map(({ shape }, i) => {
    const sizes = shape.map((n) => n ?? 2);
    const length = sizes.reduce((a, b) => a * b, 1);
    return tf.tensor(drawn(length, 90 + i), sizes);
  });
  const expected = [model.predict(inputs) as tf.Tensor | tf.Tensor[]].flat();
  const loaded = await loadLayersModel<Tensor | LayerTensors>(files);
  const names = loaded.inputs.map(({ name }) => name);
  const given = Object.fromEntries(inputs.map((x, i) => [names[i] as string, here(x)]));
  const made = scope(() => noGrad(() => loaded.forward(given)));
  const results = (expected.length === 1 ? [made] : Object.values(made)) as Tensor[];
  const worst = await Promise.all(
    results.map(async (y, i) => {
      const own = turned(expected[i] as tf.Tensor);
      expect(y.shape).toEqual(own.shape);
      return worstOf(await y.read(), own.dataSync());
    }),
  );
  for (const each of [loaded, ...results, ...Object.values(given)]) each.dispose();
  return Math.max(...worst);
}

describe("a Sequential model gives the values of TensorFlow.js within 1e-5:", () => {
  test.each(Object.entries(stacks))("%s", async (_name, [shape, stack]) => {
    const input = layers.inputLayer({ inputShape: [...shape] });
    const model = tfl.sequential({ layers: [input, ...stack()] });
    unsettle(model);
    expect(await difference(model, await saved(model))).toBeLessThan(1e-5);
  });
});

/** Branches that join by every merge layer, a layer used twice, a nested model, and two outputs. */
function branching(): tfl.LayersModel {
  const input = tfl.input({ shape: [8, 8, 4], name: "picture" });
  const shared = layers.conv2d({ filters: 4, kernelSize: 3, padding: "same", name: "shared" });
  const once = shared.apply(input) as tfl.SymbolicTensor;
  const twice = shared.apply(once) as tfl.SymbolicTensor;
  const inner = tfl.sequential({
    layers: [
      layers.inputLayer({ inputShape: [8, 8, 4] }),
      layers.conv2d({ filters: 4, kernelSize: 1, activation: "relu" }),
      layers.batchNormalization(),
    ],
  });
  const within = inner.apply(twice) as tfl.SymbolicTensor;
  const merged = [
    layers.add().apply([once, twice, within]),
    layers.multiply().apply([once, twice]),
    layers.average().apply([once, within]),
    layers.maximum().apply([once, within]),
    layers.minimum().apply([twice, within]),
  ] as tfl.SymbolicTensor[];
  const side = layers.concatenate({ axis: 1 }).apply(merged.slice(0, 2)) as tfl.SymbolicTensor;
  const all = layers.concatenate().apply(merged) as tfl.SymbolicTensor;
  const pooled = layers.globalAveragePooling2d({}).apply(all) as tfl.SymbolicTensor;
  const head = layers.dense({ units: 3, name: "classes" }).apply(pooled) as tfl.SymbolicTensor;
  return tfl.model({ inputs: input, outputs: [head, side] });
}

/** A table with a categorical column. */
function tabular(): tfl.LayersModel {
  const numbers = tfl.input({ shape: [4], name: "numbers" });
  const category = tfl.input({ shape: [2], name: "category" });
  const rows = layers.embedding({ inputDim: 3, outputDim: 2 }).apply(category);
  const flat = layers.flatten().apply(rows) as tfl.SymbolicTensor;
  const both = layers.concatenate().apply([numbers, flat]) as tfl.SymbolicTensor;
  const hidden = layers.dense({ units: 6, activation: "relu" }).apply(both);
  const out = layers.dense({ units: 1 }).apply(hidden) as tfl.SymbolicTensor;
  return tfl.model({ inputs: [numbers, category], outputs: out });
}

describe("a functional model", () => {
  test("with branches, a shared layer, a model within and two outputs gives their values within 1e-5", async () => {
    const model = branching();
    unsettle(model);
    expect(await difference(model, await saved(model))).toBeLessThan(1e-5);
  });

  test("takes a category of a table as whole numbers", async () => {
    const model = tabular();
    unsettle(model);
    const numbers = tf.tensor(drawn(12, 1), [3, 4]);
    const category = tf.tensor([0, 1, 2, 2, 1, 0], [3, 2]);
    const expected = model.predict([numbers, category]) as tf.Tensor;
    const loaded = await loadLayersModel(await saved(model));
    const whole = tensor(Uint32Array.of(0, 1, 2, 2, 1, 0), { shape: [3, 2] });
    const y = noGrad(() => loaded.forward({ numbers: here(numbers), category: whole }));
    expect(worstOf(await y.read(), expected.dataSync())).toBeLessThan(1e-5);
    for (const each of [loaded, whole, y]) each.dispose();
  });
});

describe("loadLayersModel", () => {
  test("reads weights of 8 and 16 bits, and of 16-bit floats, as the format defines them", async () => {
    const model = tfl.sequential({ layers: [layers.dense({ units: 3, inputShape: [2] })] });
    const { json } = await saved(model);
    const [kernel = "", bias = ""] = model.weights.map(({ originalName }) => originalName);
    const manifest = (quantization: readonly object[]) => [
      {
        paths: ["a.bin", "b.bin"],
        weights: [
          { name: kernel, shape: [2, 3], dtype: "float32", quantization: quantization[0] },
          { name: bias, shape: [3], dtype: "float32", quantization: quantization[1] },
        ],
      },
    ];
    const loaded = async (weightsManifest: unknown, bytes: Uint8Array<ArrayBuffer>) => {
      const weights = { "a.bin": bytes.slice(0, 5), "b.bin": bytes.slice(5) }; // shards may be cut at any byte
      const made = await loadLayersModel({ json: { ...json, weightsManifest }, weights });
      const state = await made.stateDict();
      made.dispose();
      return [...(state[kernel]?.data ?? []), ...(state[bias]?.data ?? [])];
    };
    const eight = { dtype: "uint8", scale: 0.5, min: -3 };
    const sixteen = { dtype: "uint16", scale: 0.25, min: 1 };
    const mixed = new Uint8Array(12);
    mixed.set([0, 1, 2, 3, 254, 255]);
    mixed.set(new Uint8Array(Uint16Array.of(0, 1, 65535).buffer), 6);
    expect(await loaded(manifest([eight, sixteen]), mixed)).toEqual([
      ...[-3, -2.5, -2, -1.5, 124, 124.5],
      ...[1, 1.25, 16384.75],
    ]);
    const numbers = [0, 1, -2.5, 65504, 2 ** -24, -0.333251953125, 7, 0.5, -1];
    const halves = new Uint8Array(Uint16Array.from(numbers, halfBits).buffer);
    const half = { dtype: "float16", original_dtype: "float32" };
    expect(await loaded(manifest([half, half]), halves)).toEqual(numbers);
  });

  test("gives a model whose weights train, have the file's names, and whose inputs are told", async () => {
    const model = branching();
    unsettle(model); // TensorFlow.js draws the weights without a seed
    (model.layers[1] as tfl.layers.Layer).trainable = false;
    const loaded = await loadLayersModel<LayerTensors>(await saved(model));
    expect(loaded.inputs).toEqual([{ name: "picture", shape: [null, 4, 8, 8] }]);
    expect(loaded.namedParameters().map(([name]) => name)).toContain("classes/kernel");
    expect(loaded.namedBuffers().length).toBe(2);
    const frozen = loaded.namedParameters().filter(([, p]) => !p.requiresGrad);
    expect(frozen.map(([name]) => name)).toEqual(["shared/kernel", "shared/bias"]);
    const optimizer = new SGD(loaded.train().parameters(), { lr: 0.05 });
    using x = tensor(drawn(512, 3), { shape: [2, 4, 8, 8] });
    using y = tensor(drawn(6, 4), { shape: [2, 3] });
    const losses: number[] = [];
    for (let i = 0; i < 5; i++) {
      using loss = scope(() => {
        optimizer.zeroGrad();
        const value = mseLoss(loaded.forward(x).classes as Tensor, y);
        value.backward();
        optimizer.step();
        return value;
      });
      losses.push(await loss.item());
    }
    expect(losses[4]).toBeLessThan(0.9 * (losses[0] as number));
    expect(() => loaded.forward({ image: x })).toThrow(
      "forward: expected tensors as the inputs picture, got image; pass all of them",
    );
    using wide = tensor(drawn(512, 3), { shape: [2, 8, 8, 4] });
    expect(() => loaded.forward(wide)).toThrow(
      "forward: expected [?, 4, 8, 8] as 'picture', got [2, 8, 8, 4]; images are [N, C, H, W] here",
    );
    loaded.dispose();
  });
});
