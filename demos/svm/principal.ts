import { PCA, StandardScaler } from "wgrad/ml";

type Shape = readonly [rows: number, columns: number];

/** The two principal components, [rows, 2]. */
export async function principal(data: Float64Array, shape: Shape): Promise<Float64Array> {
  return (await new PCA({ nComponents: 2 }).fitTransform({ data, shape })).data;
}

/** Standardised columns; a constant column becomes 0. */
export async function standardised(data: Float64Array, shape: Shape): Promise<Float64Array> {
  return (await new StandardScaler().fitTransform({ data, shape })).data;
}
