// Runs ONNX files in the browser by onnxruntime-web on the CPU, one thread.
import wasmUrl from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import * as ort from "onnxruntime-web/wasm";

ort.env.wasm.wasmPaths = { wasm: wasmUrl };
ort.env.wasm.numThreads = 1;
ort.env.logLevel = "error";

/** Values with a shape; float32 or int64. */
export interface Numbers {
  readonly data: Float32Array | BigInt64Array;
  readonly shape: readonly number[];
}

/** Outputs of an ONNX file for named inputs. */
export async function runOnnx(
  file: Uint8Array,
  inputs: Readonly<Record<string, Numbers>>,
): Promise<Record<string, Numbers>> {
  const session = await ort.InferenceSession.create(file, { executionProviders: ["wasm"] });
  const feeds = Object.entries(inputs).map(([name, { data, shape }]) => [
    name,
    data instanceof Float32Array
      ? new ort.Tensor("float32", data, shape)
      : new ort.Tensor("int64", data, shape),
  ]);
  const results = await session.run(Object.fromEntries(feeds));
  await session.release();
  return Object.fromEntries(
    Object.entries(results).map(([name, { data, dims }]) => [
      name,
      { data: data as Float32Array, shape: dims },
    ]),
  );
}
