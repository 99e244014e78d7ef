import { product } from "../ops/matmul/product.ts";
import { tensor } from "../tensor/create.ts";
import { scope } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { powerOfTwo } from "./columns.ts";
import { checkInRange } from "./overflow.ts";
import { type HostMatrix, onGpu } from "./samples.ts";

/** x ↦ (x − shift) · rowsᵀ + constant. */
export interface LinearMap {
  readonly rows: Float64Array; // [outputs, features]
  readonly shift: Float64Array; // [features]
  readonly constant: Float64Array; // [outputs]
}

/** The map x ↦ x · coefᵀ + intercept, expressed relative to `shift`, near the samples. */
export function linearMap(
  coef: Float64Array,
  intercept: Float64Array,
  shift: Float64Array,
): LinearMap {
  const d = shift.length;
  const constant = intercept.map((b, k) =>
    shift.reduce((sum, s, c) => sum + s * (coef[k * d + c] as number), b),
  );
  return { rows: coef, shift, constant };
}

/**
 * [samples, outputs] on the GPU, without the constants but with a bias [outputs], if one is given, within the caller's
 * scope. Features are multiplied by powers of two near their coefficients, so that both stay within the range of f32.
 */
export function products(matrix: HostMatrix, { rows, shift }: LinearMap, bias?: Tensor): Tensor {
  const d = shift.length;
  const factor = shift.map((_, c) => {
    let most = 0;
    for (let at = c; at < rows.length; at += d) most = Math.max(most, Math.abs(rows[at] as number));
    return most > 0 ? 1 / powerOfTwo(most) : 0;
  });
  const weights = Float32Array.from(rows, (w, at) => w / ((factor[at % d] as number) || 1));
  const { x } = onGpu(matrix, { shift, factor });
  const w = tensor(weights, { shape: [rows.length / d, d] });
  return product(x, w, { transposeA: false, transposeB: true }, { bias });
}

/**
 * [samples, outputs], read back; the constants are added in float64. Throws `ValueError` for results outside the range of
 * f32.
 */
export async function mapped(
  matrix: HostMatrix,
  map: LinearMap,
): Promise<Float64Array<ArrayBuffer>> {
  const result = scope(() => products(matrix, map));
  try {
    const outputs = map.constant.length;
    const data = Float64Array.from(
      await result.read(),
      (value, at) => value + (map.constant[at % outputs] as number),
    );
    checkInRange(matrix, data);
    return data;
  } finally {
    result.dispose();
  }
}
