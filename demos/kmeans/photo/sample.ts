import { uniform } from "../../shared/random.ts";

/** Colours [count, 3] of all pixels, 0 to 255; transparent pixels are blended with white. */
export function coloursOf(rgba: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const colours = new Float32Array((rgba.length / 4) * 3);
  for (let i = 0; i < rgba.length / 4; i++) {
    const opacity = Number(rgba[4 * i + 3]) / 255;
    for (let c = 0; c < 3; c++) {
      colours[3 * i + c] = 255 + opacity * (Number(rgba[4 * i + c]) - 255);
    }
  }
  return colours;
}

/**
 * `count` of the colours [all, 3], or all if there are no more: one drawn from each of `count` equal stretches, so that
 * every part of the picture is covered and patterns of columns have no effect.
 */
export function sampleOf(
  colours: Float32Array<ArrayBuffer>,
  count: number,
): Float32Array<ArrayBuffer> {
  const all = colours.length / 3;
  if (count === 0 || count >= all) return colours;
  const random = uniform(0);
  const sample = new Float32Array(3 * count);
  for (let i = 0; i < count; i++) {
    const from = Math.floor((i * all) / count);
    const to = Math.floor(((i + 1) * all) / count);
    const pixel = from + Math.floor(random() * (to - from));
    sample.set(colours.subarray(3 * pixel, 3 * pixel + 3), 3 * i);
  }
  return sample;
}

/** For a picture drawn in its palette: the mean distance of the colours, and the mean squared one. */
export function errorOf(
  colours: ArrayLike<number>,
  labels: ArrayLike<number>,
  palette: ArrayLike<number>,
): { distance: number; square: number } {
  const count = colours.length / 3;
  let [distance, square] = [0, 0];
  for (let i = 0; i < count; i++) {
    const at = 3 * Number(labels[i]);
    let sum = 0;
    for (let c = 0; c < 3; c++) sum += (Number(colours[3 * i + c]) - Number(palette[at + c])) ** 2;
    square += sum;
    distance += Math.sqrt(sum);
  }
  return { distance: distance / count, square: square / count };
}

/** Share of each of the `k` labels. */
export function sharesOf(labels: ArrayLike<number>, k: number): number[] {
  const counts = new Array<number>(k).fill(0);
  for (let i = 0; i < labels.length; i++) {
    const label = Number(labels[i]);
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts.map((count) => count / labels.length);
}
