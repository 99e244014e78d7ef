import { PCA } from "wgrad/ml";

type Shape = readonly [rows: number, columns: number];

/** The two principal components, [rows, 2]. */
export async function principal(data: Float32Array, shape: Shape): Promise<Float32Array> {
  return (await new PCA({ nComponents: 2 }).fitTransform({ data, shape })).data;
}

/** Columns of mean 0 and deviation 1; one that is constant becomes 0. */
export function standardised(data: Float32Array, [n, d]: Shape): Float32Array<ArrayBuffer> {
  const out = new Float32Array(n * d);
  for (let j = 0; j < d; j++) {
    let [mean, square] = [0, 0];
    for (let i = 0; i < n; i++) mean += Number(data[i * d + j]) / n;
    for (let i = 0; i < n; i++) square += (Number(data[i * d + j]) - mean) ** 2 / n;
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let i = 0; i < n; i++) out[i * d + j] = (Number(data[i * d + j]) - mean) * scale;
  }
  return out;
}
