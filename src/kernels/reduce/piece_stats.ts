import shader from "#shaders/reduce/piece_stats.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, type Fill, grid1d, kernel, type Reference } from "../kernel.ts";

/** Number of statistics of a piece. */
export const PIECE_STATS = 8;

/**
 * Statistics of pieces of x, of any shape: pieces [n, 2] (u32) gives the first element and the number of elements of each,
 * all within x. The result is [n, 8]: number of finite elements, number of zeros among them, minimum and maximum of the
 * finite ones (3.4e38 and −3.4e38 if there are none), a power of two s, mean / s and variance / s² of the finite ones, 0.
 * Denormal numbers may be rounded towards 0. Throws `ShapeError`.
 */
export const pieceStats = kernel(shader, ({ x, pieces }) => {
  const [count = 0, width] = pieces;
  if (pieces.length !== 2 || width !== 2) {
    throw new ShapeError(
      `reduce/piece_stats: expected pieces [n, 2] of first and length, got ${show(pieces, "pieces")}; give each piece a pair`,
    );
  }
  return {
    outputs: { stats: [count, PIECE_STATS] },
    params: { pieces: count },
    grid: grid1d(count),
    flops: 10 * size(x),
  };
});

/** 2 to the exponent of an f32, limited so that it and its inverse are normal numbers. */
function scaleOf(value: number): number {
  const [bits = 0] = new Uint32Array(Float32Array.of(value).buffer);
  return 2 ** (Math.min(Math.max(bits >>> 23, 1), 253) - 127);
}

const GREATEST = (2 - 2 ** -23) * 2 ** 127;

export const reference: Reference<typeof pieceStats> = ({ x, pieces }) => {
  const [count = 0] = pieces.shape;
  const stats = new Float64Array(PIECE_STATS * count);
  for (let p = 0; p < count; p++) {
    const first = pieces.data[2 * p] as number;
    const finite: number[] = [];
    for (let i = 0; i < (pieces.data[2 * p + 1] as number); i++) {
      const value = x.data[first + i] as number;
      if (Number.isFinite(value)) finite.push(value);
    }
    const n = Math.max(finite.length, 1);
    const least = finite.reduce((a, b) => Math.min(a, b), GREATEST);
    const greatest = finite.reduce((a, b) => Math.max(a, b), -GREATEST);
    const zeros = finite.filter((value) => value === 0).length;
    const s = scaleOf(Math.max(Math.abs(least), Math.abs(greatest)));
    const m = finite.reduce((sum, value) => sum + value / s, 0) / n;
    const v = finite.reduce((sum, value) => sum + (value / s - m) ** 2, 0) / n;
    stats.set([finite.length, zeros, least, greatest, s, m, v, 0], PIECE_STATS * p);
  }
  return { stats };
};

/** A case with consecutive pieces, `gap` elements apart. */
function example(name: string, lengths: number[], fill?: Fill, gap = 3): Case<typeof pieceStats> {
  let next = 1;
  const table = lengths.flatMap((length) => {
    const first = next;
    next += length + gap;
    return [first, length];
  });
  const shape = [next];
  return {
    name,
    inputs: {
      x: fill ? { shape, fill } : shape,
      pieces: { shape: [lengths.length, 2], fill: (i) => table[i] ?? 0 },
    },
    options: undefined,
    tolerance: { length: Math.max(...lengths, 1) },
  };
}

const powers: Fill = (i) => [0, 1e-30, -1e-32, 3e-31, -0][i % 5] ?? 0;
const holes: Fill = (i) => [1, NaN, -2, Infinity, 0, -Infinity, 8][i % 7] ?? 0;

export const cases: Case<typeof pieceStats>[] = [
  example("one element", [1]),
  example("one element, alone", [1], () => -2.5, 0),
  example("around a workgroup", [63, 64, 65, 127, 128, 129, 1]),
  example("a long piece between short ones", [2, 4096, 5], undefined, 0),
  example("an empty piece", [3, 0, 4]),
  example("no piece", []),
  example("zeros of both signs", [70, 3], (i) => (i % 2 ? 0 : -0)),
  example("all negative, the greatest in the middle", [129], (i) => -1 - Math.abs(i - 70)),
  example("all positive, the least at the end", [129], (i) => 300 - i),
  example("some zeros", [100], (i) => (i % 3 ? i - 50 : 0)),
  example("safety: mean 1e4 times the deviation", [4096], (_, random) => 1e4 + random()),
  example("safety: constant", [300, 300], () => 1234.567),
  example("safety: 1e-30 has a deviation", [200, 7], powers),
  example("safety: 3e38 has a deviation", [200], (i) => (i % 2 ? 3e38 : -2e38 + i * 1e35)),
  example("safety: NaN and infinities are left out", [64, 100, 6], holes),
  example("safety: nothing finite", [5, 80], (i) => (i % 2 ? NaN : Infinity)),
  example("powers of two at the ends of the exponents", [1, 1, 1, 1, 1], (i) => {
    return [2 ** -126, 2 ** -125, 2 ** 126, 2 ** 127, 1][Math.floor((i - 1) / 4)] ?? 0;
  }),
];

export const benches: Case<typeof pieceStats>[] = [
  example(
    "4 Mi elements",
    Array.from({ length: 1024 }, () => 4096),
    undefined,
    0,
  ),
];
