import { threefry, unitInterval } from "../../core/rng.ts";
import { type Stream, streamKey } from "../random/stream.ts";

/** Uniform numbers in (0, 1) for one draw on the host, from a stream. */
export function hostUniforms(stream: Stream): () => number {
  const key = streamKey("augment", stream);
  let count = 0;
  return () => unitInterval(threefry(key, [count++, 0xffffffff])[0]) + 2 ** -25;
}

/** A normally distributed number (Box & Muller 1958). */
const normal = (uniform: () => number) =>
  Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());

/**
 * ln of a gamma-distributed number of shape a and scale 1 (G. Marsaglia, W. Tsang 2000; for a below 1 by the power of a
 * uniform number).
 */
function logGamma(a: number, uniform: () => number): number {
  if (a < 1) return logGamma(a + 1, uniform) + Math.log(uniform()) / a;
  const d = a - 1 / 3;
  for (;;) {
    const z = normal(uniform);
    const v = (1 + z / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(uniform()) < z ** 2 / 2 + d - d * v + d * Math.log(v)) {
      return Math.log(d * v);
    }
  }
}

/** A number from Beta(α, α): x / (x + y) of two gamma-distributed numbers, by logarithms, since these may underflow float64. */
export function betaOf(alpha: number, uniform: () => number): number {
  const [x, y] = [logGamma(alpha, uniform), logGamma(alpha, uniform)];
  return 1 / (1 + Math.exp(y - x));
}
