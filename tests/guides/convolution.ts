import {
  conv2dForward,
  conv2dGradBias,
  conv2dGradInput,
  conv2dGradWeight,
  sumPartials,
} from "wgrad/kernels";
import { type OnGpu, read, run, upload } from "./gpu.ts";

const layer = { stride: 2, padding: 1 } as const;

/** Gradients of x, weight and bias from dy, the gradient of y = x * weight + bias. */
async function gradients(x: OnGpu, weight: OnGpu, dy: OnGpu) {
  const [, , height = 0, width = 0] = x.shape;
  const [, , kernelHeight = 0, kernelWidth = 0] = weight.shape;
  const inputSize = [height, width] as const;
  const kernelSize = [kernelHeight, kernelWidth] as const;
  const { dx } = await run(conv2dGradInput, { dy, weight }, { ...layer, inputSize });
  // a long sum over images is cut into slices, which one more kernel adds up
  const parts = await run(conv2dGradWeight, { x, dy }, { ...layer, kernelSize, slices: 4 });
  const { sum: dweight } = await run(sumPartials, parts, {});
  const { dbias } = await run(conv2dGradBias, { dy }, {});
  return { dx, dweight, dbias };
}

const wave = (shape: readonly number[]) =>
  upload(
    Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.sin(i)),
    shape,
  );
const [x, weight, bias] = [wave([4, 3, 9, 9]), wave([8, 3, 3, 3]), wave([8])];
const { y } = await run(conv2dForward, { x, weight, bias }, layer);
const dy = wave(y.shape);
const { dx, dweight, dbias } = await gradients(x, weight, dy);

/** Sum of a[i] · b[i]. */
async function inner(a: OnGpu, b: OnGpu) {
  const [of, by] = [await read(a), await read(b)];
  return of.reduce((sum, v, i) => sum + v * (by[i] ?? NaN), 0);
}
// without its bias y is linear in x and in the weight: Σ dy·y = Σ dx·x = Σ dweight·weight
const given = (await inner(dy, y)) - (await inner(dbias, bias));
console.log(y.shape, given, await inner(dx, x), await inner(dweight, weight)); // [4, 8, 5, 5], thrice the same
