import { type Array as Arr, lax, nn, numpy as np } from "@jax-js/jax";
import { valuesOf } from "../values.ts";

export type { Arr };

/** Arrays by name. Every use of an array consumes a reference; `.ref` makes one more. */
export type Arrays = Record<string, Arr>;

export const array = (data: Float32Array<ArrayBuffer>, shape: readonly number[]) =>
  np.array(data, { shape: [...shape], dtype: np.float32 });
export const of = (name: string, shape: readonly number[], scale = 1) =>
  array(valuesOf(name, shape, scale), shape);
export const force = (x: Arr) => void x.ref.gpuBufferSync(); // dispatches without waiting
export const read = async (x: Arr) => (await x.ref.data()) as Float32Array;

export function convolve(x: Arr, w: Arr, stride: number, pad: number, groups = 1): Arr {
  const padding: [number, number] = [pad, pad];
  return lax.convGeneralDilated(x, w, [stride, stride], [padding, padding], {
    featureGroupCount: groups,
  });
}

/** Normalised values and their statistics over the reduced axes. */
export function normalize(x: Arr, axes: number | number[], eps: number) {
  const mean = x.ref.mean(axes, { keepdims: true });
  const centred = x.sub(mean.ref);
  const variance = np.square(centred.ref).mean(axes, { keepdims: true });
  const y = centred.mul(np.reciprocal(np.sqrt(variance.ref.add(eps))));
  return { y, mean, variance };
}

export const crossEntropy = (z: Arr, y: Arr): Arr =>
  y.mul(nn.logSoftmax(z, -1)).sum(-1).mean().neg();

/** The shape with which values per channel broadcast against images. */
export const channels = [1, -1, 1, 1];
