import { ValueError } from "../core/errors.ts";
import { show } from "../core/shape.ts";
import { checkedAsync } from "../core/signature.ts";
import { PIECE_STATS, pieceStats } from "../kernels/reduce/piece_stats.ts";
import { concat } from "../ops/shape/shape.ts";
import type { Storage } from "../scheduler/storage.ts";
import { tensor } from "../tensor/create.ts";
import { tensorList } from "../tensor/kinds.ts";
import { run } from "../tensor/run.ts";
import { keep, scope } from "../tensor/scope.ts";
import { Tensor } from "../tensor/tensor.ts";

/** Statistics of a tensor's elements. All but `count` and `nonFinite` are of the finite elements; NaN if there are none. */
export interface TensorStats {
  /** Number of elements. */
  readonly count: number;
  /** Euclidean length, √Σx². */
  readonly norm: number;
  /** Σx / n. */
  readonly mean: number;
  /** √(Σ(x − mean)² / n). */
  readonly std: number;
  /** The smallest element. */
  readonly min: number;
  /** The largest element. */
  readonly max: number;
  /** Fraction of zeros among all elements, in 0..1. */
  readonly zeros: number;
  /** Fraction of NaN and infinite elements, in 0..1. */
  readonly nonFinite: number;
}

/** Number of elements of a piece: 64 for each lane of a workgroup. */
const PIECE = 4096;

/** One of the measured tensors: its number of elements, and of pieces. */
interface MeasuredTensor {
  readonly index: number;
  readonly count: number;
  readonly pieces: number;
}

/** A tensor and the index of its result. */
type MeasuredMember = readonly [index: number, member: Tensor];

/** Statistics of tensors, which are queued as they are added and read together. */
export class Measurement {
  readonly #partials: Tensor[] = [];
  /** In the order of the partial results. */
  readonly #rows: MeasuredTensor[] = [];
  #count = 0;

  /**
   * Queues one dispatch for every buffer that contains some of these f32 tensors: one for all gradients of an arena. Throws
   * `ValueError` for other dtypes.
   */
  add(tensors: readonly Tensor[]): void {
    const groups = new Map<Storage, [MeasuredMember, ...MeasuredMember[]]>();
    for (const member of tensors) {
      member.checkUsable("tensorStats");
      if (member.dtype !== "f32") {
        throw new ValueError(
          `tensorStats: expected f32, got ${member.dtype} in ${show(member.shape, member.name)}; leave it out`,
        );
      }
      const { root } = member.storage;
      const own: MeasuredMember = [this.#count++, member];
      const known = groups.get(root);
      groups.set(root, known ? [...known, own] : [own]);
    }
    for (const [root, members] of groups) this.#queue(root, members);
  }

  /** The statistics, in the order of adding: one readback, 32 bytes per 4,096 elements. Frees the queued results. */
  async read(): Promise<TensorStats[]> {
    const [first] = this.#partials;
    if (!first) return [];
    try {
      using all = this.#partials.length > 1 ? scope(() => concat(this.#partials, 0)) : first;
      return this.#joined(Float64Array.from(await all.read()));
    } finally {
      this.dispose();
    }
  }

  /** Frees the queued results. */
  dispose(): void {
    for (const partial of this.#partials.splice(0)) partial.dispose();
  }

  #queue(root: Storage, members: readonly [MeasuredMember, ...MeasuredMember[]]): void {
    const table: number[] = [];
    for (const [index, { storage, size }] of members) {
      const pieces = Math.ceil(size / PIECE);
      for (let i = 0; i < pieces; i++) {
        table.push(storage.offset / 4 + i * PIECE, Math.min(PIECE, size - i * PIECE));
      }
      this.#rows.push({ index, count: size, pieces });
    }
    const stats = scope(() => {
      const [[, { engine }]] = members;
      const shape = [root.bytes / 4];
      const x = new Tensor({ engine, storage: root, shape, dtype: "f32", name: "x" });
      const data = Uint32Array.from(table);
      const pieces = tensor(data, { shape: [table.length / 2, 2], engine, name: "pieces" });
      return run(pieceStats, { x, pieces }, undefined).stats;
    });
    this.#partials.push(keep(stats));
  }

  #joined(data: Float64Array): TensorStats[] {
    const result: TensorStats[] = [];
    let at = 0;
    for (const { index, count, pieces } of this.#rows) {
      result[index] = join(data.subarray(at, at + PIECE_STATS * pieces), count);
      at += PIECE_STATS * pieces;
    }
    return result;
  }
}

/**
 * Statistics of f32 tensors of any shape: one dispatch for every buffer that contains some of them, and one readback.
 * Squares neither overflow nor underflow, even for elements of 1e30 and 1e-30.
 */
export const tensorStats = /* @__PURE__ */ checkedAsync(
  "tensorStats",
  { tensors: tensorList },
  (tensors: readonly Tensor[]): Promise<TensorStats[]> => {
    const measurement = new Measurement();
    measurement.add(tensors);
    return measurement.read();
  },
);

/** Combines the pieces of a tensor: moments are merged about the common mean (Chan, Golub and LeVeque 1983). */
function join(partials: Float64Array, count: number): TensorStats {
  const pieces = Array.from({ length: partials.length / PIECE_STATS }, (_, i) => {
    const [n = 0, zeros = 0, min = 0, max = 0, s = 1, m = 0, v = 0] = partials.subarray(
      PIECE_STATS * i,
    );
    return { n, zeros, min, max, mean: s * m, variance: s * s * v };
  }).filter(({ n }) => n > 0);
  const total = (of: (piece: (typeof pieces)[number]) => number) =>
    pieces.reduce((sum, piece) => sum + of(piece), 0);
  const n = total((piece) => piece.n);
  const mean = total((piece) => piece.n * piece.mean) / n;
  const variance = total(({ n, mean: own, variance }) => n * (variance + (own - mean) ** 2)) / n;
  return {
    count,
    norm: n > 0 ? Math.sqrt(n * (variance + mean * mean)) : count > 0 ? NaN : 0,
    mean,
    std: Math.sqrt(variance),
    min: n > 0 ? Math.min(...pieces.map(({ min }) => min)) : NaN,
    max: n > 0 ? Math.max(...pieces.map(({ max }) => max)) : NaN,
    zeros: count > 0 ? total((piece) => piece.zeros) / count : 0,
    nonFinite: count > 0 ? (count - n) / count : 0,
  };
}
