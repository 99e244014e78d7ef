import { linearSplit } from "../kernels/linear/split.ts";
import { product } from "../ops/matmul/product.ts";
import { ones, zeros } from "../ops/shape/create.ts";
import { sideBySide } from "../ops/shape/side_by_side.ts";
import { run } from "../tensor/run.ts";
import { scope } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { view } from "../tensor/view.ts";

/** Number of rows whose products f32 sums exactly. */
const EXACT_ROWS = 128;
/** Maximum number of elements of a block of rows, of a block's products, and of all products that are read back. */
const [MOST_SPLIT, MOST_PRODUCTS, MOST_READ] = [2 ** 23, 2 ** 21, 2 ** 24];

/**
 * (W·Z)ᵀ·(W·Z) in float64, [total, total], for the concatenated columns Z of all parts [samples, features] and rows
 * weighted by W = diag(rows). Every z is split into a summand of few digits and a remainder; products of these are summed
 * on the GPU over about a hundred rows at a time, and the sums in float64 (Ozaki, Ogita and Oishi 2012). The error is below
 * 1e-9 of the sum of the products' absolute values, compared with 1e-7 for f32 sums.
 */
export async function gram(
  parts: readonly Tensor[],
  rows: Tensor,
  signal?: AbortSignal,
): Promise<Float64Array<ArrayBuffer>> {
  const samples = rows.size;
  const widths = parts.map(({ shape }) => shape[1] as number);
  const total = widths.reduce((a, b) => a + b, 0);
  const products = 4 * total * total;
  const shortest = Math.ceil(samples / Math.max(1, Math.floor(MOST_READ / products)));
  const length = Math.max(EXACT_ROWS, shortest);
  const atOnce = Math.min(MOST_SPLIT / (2 * total * length), MOST_PRODUCTS / products);
  const most = Math.max(1, Math.floor(atOnce));
  const scaled = scope(() => parts.map(unscaled));
  const result = new Float64Array(total * total);
  try {
    for (let start = 0; start < samples; ) {
      signal?.throwIfAborted();
      const chunks = Math.min(most, Math.ceil((samples - start) / length));
      const sums = scope(() => chunkProducts(scaled, rows, start, [chunks, length]));
      try {
        addUp(result, await sums.read(), widths);
      } finally {
        sums.dispose();
      }
      start += chunks * length;
    }
  } finally {
    for (const { shift, factor } of scaled) for (const t of [shift, factor]) t.dispose();
  }
  return result;
}

/** Arguments of the splitting kernel for columns that are already scaled. */
function unscaled(x: Tensor) {
  const features = x.shape[1] as number;
  return { x, shift: zeros([features]), factor: ones([features]) };
}

/** Products of the summands of all columns, by chunk: [chunks, 2·total, 2·total]. */
function chunkProducts(
  parts: readonly { readonly x: Tensor; readonly shift: Tensor; readonly factor: Tensor }[],
  weight: Tensor,
  start: number,
  [chunks, length]: readonly [number, number],
): Tensor {
  const options = { start, rows: chunks * length };
  const split = parts.map((part) => run(linearSplit, { ...part, weight }, options).y);
  const [first, ...others] = split as [Tensor, ...Tensor[]];
  const wide = others.length === 0 ? first : sideBySide(first, others, 1).y;
  const batch = view(wide, [chunks, length, wide.shape[1] as number]);
  return product(batch, batch, { transposeA: true, transposeB: false });
}

/** Adds the chunks, and the four products of summands that make up a product of columns. */
function addUp(result: Float64Array, sums: ArrayLike<number>, widths: readonly number[]): void {
  const places: { high: number; low: number }[] = [];
  let at = 0;
  for (const width of widths) {
    for (let c = 0; c < width; c++) places.push({ high: at + c, low: at + width + c });
    at += 2 * width;
  }
  const n = places.length;
  for (let chunk = 0; chunk < sums.length; chunk += at * at) {
    places.forEach((row, i) => {
      const [high, low] = [chunk + row.high * at, chunk + row.low * at];
      places.forEach((column, j) => {
        if (j > i) return;
        const small =
          (sums[high + column.low] as number) +
          (sums[low + column.high] as number) +
          (sums[low + column.low] as number);
        const sum = small + (sums[high + column.high] as number);
        result[i * n + j] = (result[i * n + j] as number) + sum;
        if (j < i) result[j * n + i] = result[i * n + j] as number;
      });
    });
  }
}
