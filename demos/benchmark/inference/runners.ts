import * as tf from "@tensorflow/tfjs-core";
import wasmUrl from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import type * as Ort from "onnxruntime-web/webgpu";
import { type Captured, capture, noGrad, type Tensor, tensor } from "wgrad";
import { inference, type Module } from "wgrad/nn";
import * as words from "../../words/en/benchmark/inference.ts";
import { channelsLast } from "../libraries/tfjs_tensors.ts";
import type { Graph } from "./graph.ts";
import { tfjsNetwork } from "./tfjs_graph.ts";

/** A network and one image, ready to run. */
export interface Subject {
  readonly model: Module<[Tensor], Tensor>;
  /** The file from `exportOnnx`. */
  readonly file: Uint8Array;
  readonly graph: Graph;
  /** [1, 3, size, size] */
  readonly x: Float32Array<ArrayBuffer>;
  readonly size: number;
}

/** A library's version of a network. */
export interface Runner {
  /** From the image's values to the logits, both on the host. */
  run(): Promise<Float32Array>;
  /** Memory that a captured step reports. */
  readonly plan?: { readonly leastBytes: number };
  dispose(): Promise<void> | void;
}

export type Make = (subject: Subject) => Promise<Runner>;

async function own({ x, size }: Subject, predict: Captured<[Tensor], Tensor>): Promise<Runner> {
  const shape = [1, 3, size, size];
  await predict.prepare([{ shape, dtype: "f32" }]);
  return {
    async run() {
      using image = tensor(x, { shape });
      using logits = predict(image);
      return (await logits.read()) as Float32Array;
    },
    plan: predict.plan(),
    dispose: () => predict.dispose(),
  };
}

async function tfjs({ graph, x, size }: Subject): Promise<Runner> {
  const network = tfjsNetwork(graph);
  // the same image in this library's layout, made once
  const image = tf.tidy(() => channelsLast(tf.tensor(x, [1, 3, size, size])));
  const data = (await image.data()) as Float32Array;
  image.dispose();
  return {
    async run() {
      const given = tf.tensor(data, [1, size, size, 3]);
      const logits = network.predict(given);
      given.dispose();
      const values = (await logits.data()) as Float32Array;
      logits.dispose();
      return values;
    },
    dispose: () => network.dispose(),
  };
}

function onnxruntime(provider: "webgpu" | "wasm"): Make {
  return async ({ file, x, size }) => {
    const ort: typeof Ort = await import("onnxruntime-web/webgpu");
    ort.env.wasm.wasmPaths = { wasm: wasmUrl };
    ort.env.wasm.numThreads = 1; // threads need shared memory, which the page does not have
    ort.env.logLevel = "error";
    const session = await ort.InferenceSession.create(file, { executionProviders: [provider] });
    return {
      async run() {
        const { output } = await session.run({
          input: new ort.Tensor("float32", x, [1, 3, size, size]),
        });
        return output?.data as Float32Array;
      },
      dispose: () => session.release(),
    };
  };
}

/**
 * Libraries in the order of the table. If the first of a list cannot run, the next one takes its place under its own
 * name.
 */
export const makers: readonly (readonly (readonly [library: string, make: Make])[])[] = [
  [[words.wgradInference, (subject) => own(subject, inference(subject.model))]],
  [
    [
      words.wgradCapture,
      (subject) =>
        own(
          subject,
          capture((x: Tensor) => noGrad(() => subject.model.forward(x))),
        ),
    ],
  ],
  [[words.tensorflowJsWebgpu, tfjs]],
  [
    [words.onnxruntimeWebWebgpu, onnxruntime("webgpu")],
    [words.onnxruntimeWebWasmOne, onnxruntime("wasm")],
  ],
];
