import * as tf from "@tensorflow/tfjs-core";
import * as tfl from "@tensorflow/tfjs-layers";
import "@tensorflow/tfjs-backend-cpu";
import { describe, expect, test } from "vitest";
import { WgradError } from "../../../src/core/errors.ts";
import { loadLayersModel } from "../../../src/io/tfjs/index.ts";
import { type LayersFiles, planOf } from "../../../src/io/tfjs/load.ts";
import { zeros } from "../../../src/ops/shape/create.ts";
import { init } from "../../../src/scheduler/engine.ts";
import { damaged, randomIntegers } from "../../support/files.ts";
import { expectRefusal, seedOr, Tally, tries } from "../../support/fuzz.ts";
import { silentDevice } from "../../support/silent_device.ts";

await tf.setBackend("cpu");
await init({ device: silentDevice() });
const { layers } = tfl;

/** A model's weight file as TensorFlow.js writes it. */
async function saved(model: tfl.LayersModel) {
  let json = {};
  let weights = new ArrayBuffer(0);
  const save = async ({ modelTopology, weightSpecs, weightData }: tf.io.ModelArtifacts) => {
    json = { modelTopology, weightsManifest: [{ paths: ["w.bin"], weights: weightSpecs }] };
    weights = (weightData as ArrayBuffer).slice(0);
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" as const } };
  };
  await model.save({ save });
  return { json: new TextEncoder().encode(JSON.stringify(json)), weights: new Uint8Array(weights) };
}

const input = tfl.input({ shape: [6, 6, 2] });
const conv = layers.conv2d({ filters: 2, kernelSize: 3, padding: "same" });
const inner = tfl.sequential({ layers: [layers.inputLayer({ inputShape: [6, 6, 2] }), conv] });
const sum = layers.add().apply([input, inner.apply(input) as tfl.SymbolicTensor]);
const flat = layers.flatten().apply(layers.batchNormalization().apply(sum));
const output = layers.dense({ units: 2 }).apply(flat) as tfl.SymbolicTensor;
const good = await saved(tfl.model({ inputs: input, outputs: output }));

describe("loadLayersModel", () => {
  test("refuses damaged files by name, or reads them", async () => {
    const below = randomIntegers(seedOr(7));
    const tally = new Tally("TensorFlow.js");
    for (let i = 0; i < tries(2000); i++) {
      const which = below(4) === 0 ? "weights" : "json";
      const files: LayersFiles = { ...good, [which]: damaged(good[which], below) };
      const since = performance.now();
      try {
        await planOf(files);
        tally.count("read", since);
      } catch (error) {
        expect(error, `file ${i}: ${error}`).toBeInstanceOf(WgradError);
        expectRefusal(error, "loadLayersModel");
        tally.count("refused", since);
      }
    }
    tally.tell();
    expect(tally.refused).toBeGreaterThan(0.5 * tries(2000));
  }, 600_000);

  test("lists all layers that it cannot do, and why", async () => {
    const model = tfl.sequential({
      layers: [
        layers.inputLayer({ inputShape: [6, 6, 2] }),
        layers.upSampling2d({ size: [2, 2], interpolation: "bilinear", name: "wide" }),
        layers.reshape({ targetShape: [24, 12], name: "rows" }),
        layers.lstm({ units: 3, recurrentInitializer: "zeros", name: "memory" }),
        layers.gaussianNoise({ stddev: 1, name: "noise" }),
      ],
    });
    await expect(loadLayersModel(await saved(model))).rejects.toThrow(
      "loadLayersModel: expected layers that are supported, got 3 problems:\n" +
        `  UpSampling2D 'wide': interpolation is "bilinear"; supported: nearest\n` +
        "  LSTM 'memory': there is no such layer here\n" +
        "  GaussianNoise 'noise': there is no such layer here\n" +
        "replace them in the model",
    );
  });

  test.each(["batchNormalization", "layerNormalization"] as const)(
    "refuses %s over another axis than the channels, where sizes alone would not tell",
    async (kind) => {
      const norm = (axis: number) =>
        tfl.sequential({
          layers: [layers.inputLayer({ inputShape: [4, 4, 4] }), layers[kind]({ axis, name: "n" })],
        });
      const x = zeros([1, 4, 4, 4]);
      for (const axis of [-1, 3]) {
        const good = await loadLayersModel(await saved(norm(axis)));
        expect(good.forward(x).shape).toEqual([1, 4, 4, 4]);
      }
      const rows = await loadLayersModel(await saved(norm(1)));
      expect(() => rows.forward(x)).toThrow(
        /^forward: expected a norm over the last axis, 3 as the file counts, got one over axis 1; .*'n'\)$/,
      );
    },
  );

  test("refuses what is missing, with its name", async () => {
    await expect(planOf({ ...good, weights: { "w.bin": good.weights.slice(4) } })).rejects.toThrow(
      /the weights take \d+ bytes, and their files have \d+; is the file whole\?/,
    );
    await expect(planOf({ ...good, weights: {} })).rejects.toThrow(
      "loadLayersModel: expected 'w.bin' among the weights, got nothing; pass { weights: { \"w.bin\": file } }",
    );
    const text = new TextDecoder().decode(good.json);
    const other = new TextEncoder().encode(text.replace(/"([^"]*)\/kernel"/, '"$1/grain"'));
    await expect(planOf({ ...good, json: other })).rejects.toThrow(/has no weight 'kernel'/);
    await expect(loadLayersModel({ json: {}, weights: {} })).rejects.toThrow(
      "loadLayersModel: expected a sound layers model of TensorFlow.js, got one where modelTopology is nothing, not an object",
    );
    await expect(loadLayersModel(3 as unknown as string)).rejects.toThrow(
      "loadLayersModel: expected the URL of a model.json, or { json, weights } as source, got 3",
    );
  });
});
