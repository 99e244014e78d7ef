import { chooseMatmul, matmulSumParts } from "wgrad/kernels";
import { type OnGpu, read, run, upload } from "./gpu.ts";

/** relu(a · b + bias) for a [m, k], b [k, n] and bias [n], by the kernel that suits the sizes. */
async function layer(a: OnGpu, b: OnGpu, bias: OnGpu): Promise<OnGpu> {
  const options = { act: "relu" } as const;
  const shapes = { a: a.shape, b: b.shape, bias: bias.shape };
  const { kernel, parts } = chooseMatmul(shapes, options, { software: false });
  if (parts === 1) return (await run(kernel, { a, b, bias }, options)).c;
  // a long sum is cut into parts, which one more kernel adds up before bias and activation
  const partial = (await run(kernel, { a, b }, { parts })).c;
  return (await run(matmulSumParts, { partial, bias }, options)).c;
}

const a = upload([1, 2, 3, 4, 5, 6], [2, 3]);
const b = upload([1, 0, 0, 1, 1, 1], [3, 2]);
console.log(await read(await layer(a, b, upload([0, -20], [2])))); // 4, 0, 10, 0

const ones = (m: number, n: number) => upload(new Float32Array(m * n).fill(1), [m, n]);
const long = await read(
  await layer(ones(16, 8192), ones(8192, 16), upload(new Float32Array(16), [16])),
);
console.log(long[0]); // 8192
