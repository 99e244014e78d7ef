import { dot } from "../dense.ts";

/** Maximum number of products for one solution. */
const ROUNDS = 200;
/** Smallest relative residual that f32 products can measure. */
const LEAST_RESIDUAL = 1e-6;

/** Solves H·x = b for a positive semidefinite H given by its products (Hestenes and Stiefel 1952). */
export async function conjugateGradients(
  product: (x: Float64Array) => Promise<Float64Array>,
  b: Float64Array,
  signal?: AbortSignal,
): Promise<Float64Array<ArrayBuffer>> {
  const x = new Float64Array(b.length);
  const residual = Float64Array.from(b);
  let direction = Float64Array.from(b);
  let size = dot(residual, residual);
  const least = LEAST_RESIDUAL ** 2 * size;
  for (let k = 0; k < Math.min(ROUNDS, 2 * b.length) && size > least; k++) {
    signal?.throwIfAborted();
    const image = await product(direction);
    const curvature = dot(direction, image);
    if (!(curvature > 0)) break;
    const length = size / curvature;
    for (let i = 0; i < x.length; i++) {
      x[i] = (x[i] as number) + length * (direction[i] as number);
      residual[i] = (residual[i] as number) - length * (image[i] as number);
    }
    const next = dot(residual, residual);
    const share = next / size;
    direction = direction.map((d, i) => (residual[i] as number) + share * d);
    size = next;
  }
  return x;
}
