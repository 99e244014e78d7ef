import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import type { Running } from "../library.ts";
import { valuesOf } from "../values.ts";

export type T = tf.Tensor;
export type Images = tf.Tensor4D;

/** Images in the library's layout: channels last. */
export const channelsLast = <X extends T>(nchw: T) => tf.transpose(nchw, [0, 2, 3, 1]) as X;
/** Weights [o, i, h, w] in the library's layout [h, w, i, o]. */
export const filter = (oihw: T) => tf.transpose(oihw, [2, 3, 1, 0]) as Images;

export const of = (name: string, shape: readonly number[], scale = 1) =>
  tf.tensor(valuesOf(name, shape, scale), [...shape]);

/** Submits queued work, which the library does only when something is read. */
export function flush(): void {
  const backend = tf.backend() as object as {
    commandEncoder?: object;
    endComputePassEncoder(): void;
    submitQueue(): void;
  };
  if (!backend.commandEncoder) return;
  backend.endComputePassEncoder();
  backend.submitQueue();
}

export const read = async (t: T) => Float32Array.from(await t.data());

/** A step that is submitted at once, and its results. */
export function submitting(run: () => void, kept: () => readonly T[]): Running {
  return {
    step() {
      run();
      flush();
    },
    async results() {
      run();
      return Promise.all(kept().map(read));
    },
  };
}

/** Runs f in a tidy; its results live until the next step. */
export function tidied(f: () => T[]): Running {
  let last: T[] = [];
  const run = () => {
    tf.dispose(last);
    last = tf.tidy(f);
  };
  return submitting(run, () => last);
}
