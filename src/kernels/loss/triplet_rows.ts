import { ShapeError, ValueError } from "../../core/errors.ts";
import { type Shape, sameShape, show, size } from "../../core/shape.ts";
import type { FilledInput, HostTensor, Tolerance } from "../kernel.ts";
import { slicesFor } from "../slices.ts";

export interface TripletOptions {
  /** Margin. Default 1. */
  readonly margin?: number;
  /** Order of the norm of the distance, ≥ 1; default 2. */
  readonly p?: number;
  /** Added to every difference; default 1e-6. */
  readonly eps?: number;
  /** Whether the distance of positive and negative is used if it is smaller (Balntas et al. 2016). Default false. */
  readonly swap?: boolean;
}

/** The common part of both plans. The vectors lie along the last axis. */
export function tripletPlan(
  who: string,
  { a, b, c }: { readonly a: Shape; readonly b: Shape; readonly c: Shape },
  { margin = 1, p = 2, eps = 1e-6, swap = false }: TripletOptions,
) {
  if (!sameShape(a, b) || !sameShape(a, c) || size(a) === 0 || a.length === 0) {
    throw new ShapeError(
      `${who}: expected anchor, positive and negative [N, D] of one shape with at least one element, got ` +
        `${show(a)}, ${show(b)} and ${show(c)}; expand or skip them`,
    );
  }
  if (!(p >= 1 && p < Infinity)) {
    throw new ValueError(`${who}: expected p ≥ 1 and finite, got ${p}; 2 is Euclid's distance`);
  }
  const cols = a.at(-1) ?? 1;
  const rows = size(a) / cols;
  const { grid, overrides } = slicesFor(rows, cols);
  const metric = p === 1 ? "manhattan" : p === 2 ? "euclidean" : "minkowski";
  return {
    params: { rows, cols, margin, p, eps, scale: 1, up_step: 0 },
    grid,
    overrides: { ...overrides, SWAP: swap ? 1 : 0 },
    slots: { metric },
    flops: 9 * size(a),
  } as const;
}

interface Triplets {
  readonly a: HostTensor;
  readonly b: HostTensor;
  readonly c: HostTensor;
}

/** Loss of every row, and its derivatives with respect to the row's elements of a, b and c. */
export function tripletRows(
  { a, b, c }: Triplets,
  { margin = 1, p = 2, eps = 1e-6, swap = false }: TripletOptions,
) {
  const cols = a.shape.at(-1) ?? 1;
  const distance = (x: HostTensor, y: HostTensor, row: number) => {
    const u = (k: number) =>
      (x.data[row * cols + k] as number) - (y.data[row * cols + k] as number) + eps;
    let sum = 0;
    for (let k = 0; k < cols; k++) sum += Math.abs(u(k)) ** p;
    const d = sum ** (1 / p);
    const pull = (k: number) =>
      u(k) === 0 || d === 0 ? 0 : Math.sign(u(k)) * (Math.abs(u(k)) / d) ** (p - 1);
    return { d, pull };
  };
  return Array.from({ length: a.data.length / cols }, (_, row) => {
    const [near, far, other] = [distance(a, b, row), distance(a, c, row), distance(b, c, row)];
    const z = margin + near.d - (swap ? Math.min(far.d, other.d) : far.d);
    const active = Number.isNaN(z) ? NaN : z >= 0 ? 1 : 0;
    const share = !swap || far.d < other.d ? 1 : far.d === other.d ? 0.5 : 0;
    const swapped = (k: number) => (swap ? (1 - share) * other.pull(k) : 0);
    return {
      loss: z <= 0 ? 0 : z,
      da: (k: number) => active * (near.pull(k) - share * far.pull(k)),
      db: (k: number) => -active * (near.pull(k) + swapped(k)),
      dc: (k: number) => active * (share * far.pull(k) + swapped(k)),
    };
  });
}

interface TripletExample {
  readonly name: string;
  readonly inputs: Readonly<Record<"a" | "b" | "c", Shape | FilledInput>>;
  readonly options: TripletOptions;
  readonly tolerance?: Tolerance;
}

const plain = (
  name: string,
  shape: Shape,
  options: TripletOptions = {},
  tolerance: Tolerance = { length: 4 },
): TripletExample => ({ name, inputs: { a: shape, b: shape, c: shape }, options, tolerance });

// WGSL bounds the error of log2 near 1 by 2⁻²¹; it is multiplied by the exponent, once for the power and once for the root
const powers = { rtol: 6 * 2 ** -21, atol: 6 * 2 ** -21 };
const rows = (...lines: number[][]): FilledInput => ({
  shape: [lines.length, lines[0]?.length ?? 0],
  fill: (i) => lines.flat()[i] as number,
});

/** Cases of both kernels, without dy. */
export const tripletExamples: readonly TripletExample[] = [
  plain("one element", [1, 1]),
  plain("a lane a row", [67, 5]),
  plain("17 columns, swap", [9, 17], { swap: true, margin: 0.25 }),
  plain("257 columns, swap", [5, 257], { swap: true, eps: 0.5 }, { length: 16 }),
  plain("Manhattan, swap", [9, 20], { p: 1, swap: true }, { length: 20 }),
  plain("Manhattan", [9, 3], { p: 1, margin: 2, eps: 0 }),
  plain("p 3, swap", [9, 7], { p: 3, swap: true }, powers),
  plain("p 1.5", [9, 4], { p: 1.5, margin: 0 }, powers),
  {
    name: "ties: the kink belongs to the slope, equal distances share, equal points have none",
    inputs: {
      a: rows([0, 0], [0, 0], [1, 1], [3, 4]),
      b: rows([3, 4], [5, 0], [1, 1], [0, 0]),
      c: rows([0, 6], [2.5, 0], [1, 1], [3, 4]),
    },
    options: { eps: 0, swap: true },
  },
  {
    name: "exactly at the margin, without swap",
    inputs: { a: rows([0, 0], [0, 0]), b: rows([3, 4], [3, 4]), c: rows([0, 6], [0, 6.5]) },
    options: { eps: 0 },
  },
  ...[1, 2, 3].map((p) => ({
    name: `equal points, p ${p}`,
    inputs: { a: rows([1, 2]), b: rows([1, 2]), c: rows([1, 3]) },
    options: { eps: 0, p, margin: 2 },
  })),
  ...[1, 2, 3].flatMap((p) =>
    [1e20, 1e37, 1e-25].map((size) => ({
      name: `safety: vectors of ${size}, p ${p}`,
      inputs: {
        a: rows([4 * size, 0], [size, 2 * size]),
        b: rows([0, -4 * size], [size, -size]),
        c: rows([3 * size, 0], [size, 2 * size]),
      },
      options: { p, eps: 0, margin: 0, swap: p === 2 },
      tolerance: powers,
    })),
  ),
  ...[1, 2, 3].map((p) => ({
    name: `safety: ±1e4 and NaN stay in their rows, p ${p}`,
    inputs: {
      a: rows([1e4, -1e4], [NaN, 1], [1, 1], [1, 1]),
      b: rows([-1e4, 1e4], [1, 1], [1, NaN], [1, 2]),
      c: rows([1e4, 0], [1, 1], [1, 1], [NaN, 2]),
    },
    options: { p, swap: p === 2 },
    ...(p === 3 && { tolerance: powers }),
  })),
];
