import { svmCombine as combine } from "../../kernels/svm/combine.ts";
import { type KernelFunction, kernelValue } from "../../kernels/svm/kernel_function.ts";
import { svmKernelRows as kernelRows } from "../../kernels/svm/rows.ts";
import { zeros } from "../../ops/shape/create.ts";
import { tensor } from "../../tensor/create.ts";
import { run } from "../../tensor/run.ts";
import { scope } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { columnsOf, type Points, unframed, upTo4 } from "../points.ts";
import type { HostMatrix } from "../samples.ts";

/** Size of cached kernel rows in bytes: half the guaranteed minimum of the largest binding. */
const MOST_KEPT = 2 ** 26;

/**
 * The kernel matrix of the samples, of which only the most recently used rows are stored, on the GPU. Memory is O(samples ·
 * features), and at most 64 MiB for rows. Must be disposed of.
 */
export class KernelMatrix {
  readonly samples: number;
  readonly #matrix: HostMatrix;
  readonly #kernel: KernelFunction;
  readonly #points: Points;
  readonly #rows: Tensor; // [room, upTo4(samples)]
  readonly #room: number;
  /** The slot of each sample's row, least recently used first. */
  readonly #places = new Map<number, number>();

  constructor(matrix: HostMatrix, kernel: KernelFunction, least: number) {
    this.#matrix = matrix;
    this.#kernel = kernel;
    this.samples = matrix.samples;
    const n = upTo4(matrix.samples);
    const fits = Math.floor(MOST_KEPT / (4 * n));
    this.#room = Math.max(1, Math.min(matrix.samples, Math.max(least, fits)));
    this.#points = columnsOf(matrix, unframed(matrix.features));
    this.#rows = zeros([this.#room, n]);
  }

  /** Maximum number of cached rows. */
  get room(): number {
    return this.#room;
  }

  /** K of two samples, in float64. */
  value(a: number, b: number): number {
    const { host: data, features } = this.#matrix;
    const [i, j] = [
      { data, start: a * features, stride: 1 },
      { data, start: b * features, stride: 1 },
    ];
    return kernelValue(this.#kernel, i, j, features);
  }

  /**
   * Σ coef[j] · K(samples[j], ·) for all samples, [samples]: short sums in f32, added up in float64. For at most `room`
   * samples at once.
   */
  async combination(
    samples: readonly number[],
    coef: ArrayLike<number>,
  ): Promise<Float64Array<ArrayBuffer>> {
    const sum = scope(() => {
      const places = tensor(this.#placesOf(samples));
      return run(combine, { rows: this.#rows, places, coef: tensor(Float32Array.from(coef)) }, {})
        .y;
    });
    try {
      const parts = await sum.read(); // [groups, upTo4(samples)]
      const n = upTo4(this.samples);
      const total = new Float64Array(this.samples);
      for (let start = 0; start < parts.length; start += n) {
        for (let i = 0; i < this.samples; i++) {
          total[i] = (total[i] as number) + (parts[start + i] as number);
        }
      }
      return total;
    } finally {
      sum.dispose();
    }
  }

  dispose(): void {
    this.#points.xt.dispose();
    this.#rows.dispose();
  }

  /** Slots of the rows of samples; rows that are not cached are computed. */
  #placesOf(samples: readonly number[]): Uint32Array<ArrayBuffer> {
    const missing = samples.filter((i) => !this.#places.has(i));
    for (const i of samples) {
      const place = this.#places.get(i);
      if (place === undefined) continue;
      this.#places.delete(i); // move it to the end: most recently used
      this.#places.set(i, place);
    }
    for (const i of missing) this.#places.set(i, this.#takePlace(samples.length));
    if (missing.length > 0) this.#compute(missing);
    return Uint32Array.from(samples, (i) => this.#places.get(i) as number);
  }

  #takePlace(wanted: number): number {
    if (this.#places.size < this.#room) return this.#places.size;
    const [oldest] = this.#places;
    if (!oldest || wanted > this.#room)
      throw new RangeError("more rows requested than fit into memory");
    this.#places.delete(oldest[0]);
    return oldest[1];
  }

  #compute(samples: readonly number[]): void {
    const { host, features } = this.#matrix;
    const width = upTo4(features);
    const s = new Float32Array(samples.length * width);
    samples.forEach((i, at) => {
      s.set(host.subarray(i * features, (i + 1) * features), at * width);
    });
    const places = Uint32Array.from(samples, (i) => this.#places.get(i) as number);
    run(
      kernelRows,
      {
        xt: this.#points.xt,
        s: tensor(s, { shape: [samples.length, width] }),
        places: tensor(places),
        rows: this.#rows,
      },
      this.#kernel,
    );
  }
}
