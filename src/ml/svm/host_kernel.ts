import { type KernelFunction, kernelValue } from "../../kernels/svm/kernel_function.ts";
import { frameOf } from "../points.ts";
import { type Quads, quadsOf } from "../quads.ts";
import type { HostMatrix } from "../samples.ts";
import { kernelRow } from "./kernel_row.ts";

/** Numbers of kernel rows that are kept: 128 MiB. */
const MOST_KEPT = 2 ** 24;
/** Multiplications of a whole kernel matrix that the host makes sooner than the GPU answers as often as it is asked. */
const MOST_WORK = 2 ** 30;

/** How much farther from 0 than from each other samples may be for products in f32, squared. */
const MOST_APART = 2 ** 12;
/** Squares of samples that f32 holds with room for their sums and products. */
const [LEAST_SQUARE, MOST_SQUARE] = [2 ** -60, 2 ** 60];

/** Whether machines of these samples are solved on the host. */
export const fitsHost = ({ samples, features }: HostMatrix): boolean =>
  samples * samples * features <= MOST_WORK;

/** Whether f32 would not hold the kernel's products of the samples, or not tell them apart: "rbf" takes them about a median. */
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
 * The kernel matrix in float64 on the host. Rows are computed when they are asked for, and kept, those used last, for all
 * machines of the samples.
 */
export class HostKernel {
  readonly samples: number;
  /** Multiplications done. */
  work = 0;
  readonly #matrix: HostMatrix;
  readonly #quads: Quads;
  readonly #kernel: KernelFunction;
  readonly #room: number;
  /** The row used longest ago first. */
  readonly #rows = new Map<number, Float64Array>();

  constructor(matrix: HostMatrix, kernel: KernelFunction) {
    this.samples = matrix.samples;
    this.#matrix = matrix;
    this.#quads = quadsOf(matrix);
    this.#kernel = kernel;
    this.#room = Math.max(2, Math.floor(MOST_KEPT / matrix.samples));
  }

  /** K(i, ·) of all samples, and what is of no sample behind the last. Good until two more rows have been asked for. */
  row(i: number): Float64Array {
    const kept = this.#rows.get(i);
    if (kept && this.#rows.size < this.#room) return kept;
    if (kept) {
      this.#rows.delete(i); // the newest goes to the end
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

  /** K(i, i) of all samples. */
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
