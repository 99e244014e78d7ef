import shader from "#shaders/vector/dot.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, grid1d, type InputSpec, kernel, type Reference } from "../kernel.ts";

/** Number of elements that one workgroup multiplies and sums. */
const PIECE = 4096;

/**
 * Sums of a[i]·b[i] over pieces of 4096 elements, in an order that depends only on their number; `vectorTotal` adds them.
 * Throws `ShapeError` unless both have the same number of elements, at least one.
 */
export const vectorDot = kernel(shader, ({ a, b }) => {
  const count = size(a);
  if (count === 0 || size(b) !== count) {
    throw new ShapeError(
      `vector/dot: expected two vectors of the same length ≥ 1, got ${show(a, "a")} and ${show(b, "b")}; check the sizes`,
    );
  }
  const pieces = Math.ceil(count / PIECE);
  return {
    outputs: { partials: [pieces] },
    params: { count },
    grid: grid1d(pieces),
    overrides: { PIECE, WG: 256 },
    flops: 2 * count,
  };
});

export const reference: Reference<typeof vectorDot> = ({ a, b }) => {
  const partials = new Float64Array(Math.ceil(a.data.length / PIECE));
  for (let i = 0; i < a.data.length; i++) {
    const p = Math.floor(i / PIECE);
    partials[p] = (partials[p] as number) + (a.data[i] as number) * (b.data[i] as number);
  }
  return { partials };
};

const vectors = (n: number, fill?: (i: number) => number) => {
  const spec: InputSpec = fill ? { shape: [n], fill } : [n];
  return { a: spec, b: [n] };
};

export const cases: Case<typeof vectorDot>[] = [
  ...[1, 2, 255, 256, 257, 4095, 4096, 4097, 9001].map((n) => ({
    name: `${n} elements`,
    inputs: vectors(n),
    options: undefined,
    tolerance: { length: Math.min(n, PIECE) },
  })),
  { name: "other shapes", inputs: { a: [6, 11], b: [66] }, options: undefined },
  {
    name: "safety: NaN in the last piece",
    inputs: vectors(4100, (i) => (i === 4099 ? NaN : 1)),
    options: undefined,
    tolerance: { length: PIECE },
  },
  {
    name: "huge and tiny factors",
    inputs: {
      a: { shape: [300], fill: (i) => (i % 2 ? 1e30 : 1e-30) },
      b: { shape: [300], fill: (i) => (i % 2 ? -1e-30 : 1e30) },
    },
    options: undefined,
    tolerance: { length: 300 },
  },
];

export const benches: Case<typeof vectorDot>[] = [
  { name: "4 Mi elements", inputs: vectors(1 << 22), options: undefined },
];
