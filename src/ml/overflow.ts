import { ValueError } from "../core/errors.ts";
import type { HostMatrix } from "./samples.ts";

/**
 * Throws `ValueError` if numbers [samples, n] computed on the GPU have left the range of f32 and become NaN through ∞ − ∞
 * or 0 · ∞.
 */
export function checkInRange({ who, samples }: HostMatrix, numbers: Float64Array): void {
  const at = numbers.findIndex(Number.isNaN);
  if (at < 0) return;
  const row = Math.floor((at * samples) / numbers.length);
  throw new ValueError(
    `${who}: expected numbers within the range of float32, got NaN for row ${row}; scale X: numbers of the model or of X are too large`,
  );
}
