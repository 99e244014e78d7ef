import { ShapeError, ValueError } from "../../core/errors.ts";
import { normalizeAxis, type Shape, show, size, strides } from "../../core/shape.ts";
import type { Coarse } from "../coarse.ts";
import { type Axis, type AxisStep, collapse } from "../shape/walk.ts";
import type { ReduceOptions } from "./reduce.ts";

/** Axes to reduce. */
export interface ReduceAxes {
  /** Axes; negative ones count from the end. Default: all. */
  readonly axes?: readonly number[] | undefined;
  /** Whether reduced axes stay with size 1, for broadcasting. Default false. */
  readonly keepDims?: boolean | undefined;
}

/** The sizes of a reduction over some axes of a shape. */
export interface ReductionSizes {
  /** Shape of the result. */
  readonly shape: Shape;
  /** Number of elements per output. */
  readonly length: number;
  /** Kept and reduced axes, outermost first; neighbours are merged where possible. */
  readonly kept: readonly AxisStep[];
  readonly reduced: readonly AxisStep[];
}

/** Maximum number of kept, and of reduced axes that a kernel takes after neighbours are merged. */
const MAX_STEPS = 4;

/**
 * Splits the axes of `shape` into kept and reduced ones. Throws `ShapeError` if an axis is out of range or named twice, or
 * if more than four kept or reduced axes remain after merging.
 */
export function planReduction(who: string, shape: Shape, options: ReduceAxes = {}): ReductionSizes {
  const given = options.axes ?? shape.map((_, axis) => axis);
  const axes = new Set(given.map((axis) => normalizeAxis(who, axis, shape.length)));
  if (axes.size !== given.length) {
    throw new ShapeError(
      `${who}: expected each axis once, got [${given.join(", ")}] for ${show(shape)}; give each once`,
    );
  }
  const own = strides(shape);
  const pick = (wanted: boolean): AxisStep[] => {
    const chosen = shape.map((_, axis) => axis).filter((axis) => axes.has(axis) === wanted);
    return collapse(
      chosen.map((axis) => shape[axis] as number),
      chosen.map((axis) => own[axis] as number),
    ).map((axis) => ({ size: axis.size, stride: axis.strides[0] as number }));
  };
  const [kept, reduced] = [pick(false), pick(true)];
  if (kept.length > MAX_STEPS || reduced.length > MAX_STEPS) {
    throw new ShapeError(
      `${who}: expected at most ${MAX_STEPS} kept and ${MAX_STEPS} reduced axes that cannot be merged, ` +
        `got ${kept.length} and ${reduced.length} for ${show(shape)}; reduce in two steps`,
    );
  }
  return {
    shape: shape.flatMap((n, axis) => (axes.has(axis) ? (options.keepDims ? [1] : []) : [n])),
    length: size(shape.filter((_, axis) => axes.has(axis))),
    kept,
    reduced,
  };
}

/** Axes as the shader reads them, innermost first. */
export const packSteps = (steps: readonly AxisStep[]): Axis[] =>
  steps.toReversed().map(({ size, stride }) => ({ size, strides: [stride, 0, 0] }));

/**
 * How a thread iterates: names of the files in shaders/reduce/walk. Neighbouring elements are read in fours if 4 divides
 * their number.
 */
export function walkOf({ length, reduced }: ReductionSizes): "axes" | "line" | "line4" {
  if (reduced.length !== 1) return "axes";
  return reduced[0]?.stride === 1 && length % 4 === 0 && length > 0 ? "line4" : "line";
}

/** Workgroup size of shaders/reduce/reduce.wgsl. */
export const WORKGROUP = 64;

/** How threads are distributed over a reduction. */
export interface Spread {
  /** Number of threads per output: 1, 16 or 64. */
  readonly lanes: number;
  /** Whether neighbouring threads read neighbouring elements of one output. */
  readonly along: boolean;
}

/**
 * Chooses the distribution so that neighbouring threads read neighbouring elements, and each thread reads several if there
 * are enough. In coarse work one thread computes each piece of an output, since barriers cost more than they save.
 */
export function spread(
  { shape, length, reduced }: ReductionSizes,
  { coarse = false }: Coarse = {},
): Spread {
  const along = reduced.at(-1)?.stride === 1;
  const outputs = size(shape);
  const lanes = coarse ? 1 : along ? lanesAlong(length) : lanesAcross(length, outputs);
  return { lanes, along };
}

function lanesAlong(length: number): number {
  if (length <= 8) return 1;
  return length <= 512 ? 16 : WORKGROUP;
}

function lanesAcross(length: number, outputs: number): number {
  return length <= 64 || outputs >= 1 << 15 ? 1 : 16;
}

/** Number of threads that keeps a card, or in coarse work the cores of a CPU, busy. */
const ENOUGH_THREADS = { fine: 512 * WORKGROUP, coarse: 256 };
/** Number of elements that one thread can sum with an error of a few units in the last place. */
const LONGEST_SUM = 2 ** 17;
/** Minimum number of elements per thread that repays starting it. */
const ENOUGH_ELEMENTS = { fine: 16, coarse: 1024 };

/**
 * The runs of the `reduce` kernel that reduce `shape`, each on the result of the previous one: one run, or two if few
 * outputs reduce many elements. `mean` is a sum with scale 1/length. Throws the errors of `planReduction`.
 */
export function reducePasses(
  op: ReduceOptions["op"] | "mean",
  shape: Shape,
  options: ReduceAxes = {},
  { coarse }: Coarse = {},
): readonly ReduceOptions[] {
  const reduction = planReduction(op, shape, options);
  const { lanes } = spread(reduction, { coarse });
  const grain = coarse ? "coarse" : "fine";
  const last = {
    op: op === "mean" ? "sum" : op,
    scale: op === "mean" ? 1 / reduction.length : 1,
    coarse,
  } as const;
  const share = reduction.length / lanes;
  const busy = Math.min(
    Math.ceil(share / ENOUGH_ELEMENTS[grain]),
    Math.ceil(ENOUGH_THREADS[grain] / Math.max(size(reduction.shape) * lanes, 1)),
  );
  const wanted = Math.max(busy, Math.ceil(share / LONGEST_SUM));
  if (wanted <= 1) return [{ ...options, ...last }];
  return [
    { ...options, op: last.op, pieces: wanted, coarse },
    { ...last, axes: [0] },
  ];
}

/** Length of each of `pieces` pieces; the last may be shorter. Throws `ValueError` unless 1 ≤ pieces ≤ length. */
export function pieceLength(who: string, length: number, pieces: number): number {
  if (!Number.isInteger(pieces) || pieces < 1 || pieces > length) {
    throw new ValueError(
      `${who}: expected 1 to ${length} pieces for ${length} elements, got ${pieces}; let reducePasses choose`,
    );
  }
  return Math.ceil(length / pieces);
}
