import { type KernelFunction, kernelValue } from "../../kernels/svm/kernel_function.ts";
import { frameOf } from "../points.ts";
import { type Quads, quadsOf } from "../quads.ts";
import type { HostMatrix } from "../samples.ts";
import { kernelRow } from "./kernel_row.ts";

/** Maximum count of numbers in cached kernel rows: 128 MiB. */
const MOST_KEPT = 2 ** 24;
/** Number of multiplications for a whole kernel matrix up to which the host is faster than the round trips to the GPU. */
const MOST_WORK = 2 ** 30;

/** Maximum square of the samples' distance from 0 relative to that from each other, for products in f32. */
const MOST_APART = 2 ** 12;
/** Range of the samples' squares within which f32 has room for sums and products. */
const [LEAST_SQUARE, MOST_SQUARE] = [2 ** -60, 2 ** 60];

/** Whether machines of these samples are solved on the host. */
export const fitsHost = ({ samples, features }: HostMatrix): boolean =>
  samples * samples * features <= MOST_WORK;

/**
 * Whether f32 cannot represent the kernel's products of the samples, or cannot distinguish them. For "rbf" it can: its
 * products are of differences from a median.
 */
export function needsHost({ kind }: KernelFunction, matrix: HostMatrix): boolean {
  if (kind === "rbf") return false;
  const { shift } = frameOf(matrix);
  const { host, samples, features } = matrix;
  let [spread, most] = [0, 0];
  for (let at = 0; at < host.length; at++) {
    const x = host[at] as number;
    spread += (x - (shift[at % features] as number)) ** 2 / samples;
    most = Math.max(most, x * x);
  }
  if (most > 0 && !(most > LEAST_SQUARE && most * features < MOST_SQUARE)) return true;
  const away = shift.reduce((sum, s) => sum + s * s, 0);
  return kind !== "linear" && away > MOST_APART * spread;
}

/**
 * The kernel matrix in float64 on the host. Rows are computed on demand, and the most recently used ones are cached for all
 * machines of the samples.
 */
export class HostKernel {
  readonly samples: number;
  /** Number of multiplications so far. */
  work = 0;
  readonly #matrix: HostMatrix;
  readonly #quads: Quads;
  readonly #kernel: KernelFunction;
  readonly #room: number;
  /** Cached rows, least recently used first. */
  readonly #rows = new Map<number, Float64Array>();

  constructor(matrix: HostMatrix, kernel: KernelFunction) {
    this.samples = matrix.samples;
    this.#matrix = matrix;
    this.#quads = quadsOf(matrix);
    this.#kernel = kernel;
    this.#room = Math.max(2, Math.floor(MOST_KEPT / matrix.samples));
  }

  /** K(i, ·) for all samples, and unused numbers behind the last. Valid until two more rows have been requested. */
  row(i: number): Float64Array {
    const kept = this.#rows.get(i);
    if (kept && this.#rows.size < this.#room) return kept;
    if (kept) {
      this.#rows.delete(i); // move it to the end: most recently used
      this.#rows.set(i, kept);
      return kept;
    }
    const row = this.#space();
    const { host, features } = this.#matrix;
    kernelRow(this.#kernel, { data: host, start: i * features }, this.#quads, row);
    this.work += this.samples * (features + 8);
    this.#rows.set(i, row);
    return row;
  }

  /** K(i, i) for all samples. */
  diagonal(): Float64Array {
    const { host, features } = this.#matrix;
    return Float64Array.from({ length: this.samples }, (_, i) => {
      const x = { data: host, start: i * features, stride: 1 };
      return kernelValue(this.#kernel, x, x, features);
    });
  }

  #space(): Float64Array {
    const [oldest] = this.#rows;
    if (!oldest || this.#rows.size < this.#room) return new Float64Array(4 * this.#quads.count);
    this.#rows.delete(oldest[0]);
    return oldest[1];
  }
}
