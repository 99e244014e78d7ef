import shader from "#shaders/reduce/nonfinite.wgsl";
import { type Shape, size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";

/** Maximum number of pieces that a tensor is searched in. */
const PIECES = 32;

/** The index for a piece without NaN and ±∞. */
export const NONE = 0xffffffff;

function cut(x: Shape) {
  const count = size(x);
  const pieces = Math.max(1, Math.min(PIECES, Math.ceil(count / 1024)));
  return { count, pieces, length: Math.ceil(count / pieces) };
}

/**
 * Finds NaN and ±∞ in a tensor: for each of at most 32 pieces the first index and the bits there, or (2³² − 1, 0) if the
 * whole piece is finite.
 */
export const nonfinite = kernel(shader, ({ x }, _: object) => {
  const { count, length, pieces } = cut(x);
  return {
    outputs: { found: [pieces, 2] },
    params: { count, length },
    grid: [pieces],
    flops: count,
  };
});

export const reference: Reference<typeof nonfinite> = ({ x }) => {
  const { pieces, length } = cut(x.shape);
  const found = new Float64Array(2 * pieces);
  for (let g = 0; g < pieces; g++) {
    const piece = Array.from(x.data).slice(g * length, (g + 1) * length);
    const i = piece.findIndex((value) => !Number.isFinite(value));
    const bits = new Uint32Array(Float32Array.of(i < 0 ? 0 : (piece[i] as number)).buffer);
    found[2 * g] = i < 0 ? NONE : g * length + i;
    found[2 * g + 1] = bits[0] as number;
  }
  return { found };
};

/** Finite numbers, except at these positions. */
const bad = (n: number, places: readonly number[], value = Number.NaN) => ({
  x: { shape: [n], fill: (i: number) => (places.includes(i) ? value : i % 2 ? 3e38 : -1e-40) },
});

const places: Case<typeof nonfinite>[] = [
  { name: "a finite scalar", inputs: { x: [] }, options: {} },
  {
    name: "safety: a scalar NaN",
    inputs: { x: { shape: [], fill: () => Number.NaN } },
    options: {},
  },
  { name: "the largest and smallest numbers are finite", inputs: bad(1000, []), options: {} },
  { name: "safety: ∞ at the end", inputs: bad(65, [64], Infinity), options: {} },
  { name: "safety: −∞ at the start", inputs: bad(65, [0], -Infinity), options: {} },
  { name: "the first of two, by another lane", inputs: bad(200, [66, 130, 65]), options: {} },
  { name: "one lane has both", inputs: bad(200, [3, 67]), options: {} },
  { name: "the middle lanes", inputs: bad(64, [32, 33, 63]), options: {} },
  { name: "last of one piece", inputs: bad(1024, [1023]), options: {} },
  { name: "first of the second piece", inputs: bad(1025, [513]), options: {} },
  { name: "last of the first piece", inputs: bad(1025, [512]), options: {} },
  { name: "several pieces, the last one short", inputs: bad(5001, [1, 1300, 5000]), options: {} },
  { name: "as many pieces as there can be", inputs: bad(40_001, [40_000]), options: {} },
  { name: "no elements", inputs: { x: [0] }, options: {} },
  { name: "three axes", inputs: { x: [3, 5, 7] }, options: {} },
];

// an index must be exact
export const cases = places.map((each) => ({ ...each, tolerance: "exact" as const }));
