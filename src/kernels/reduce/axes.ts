import { ShapeError, ValueError } from "../../core/errors.ts";
import { normalizeAxis, type Shape, show, size, strides } from "../../core/shape.ts";
import type { Coarse } from "../coarse.ts";
import { type Axis, collapse } from "../shape/walk.ts";
import type { ReduceOptions } from "./reduce.ts";

/** Which axes to reduce. */
export interface ReduceAxes {
  /** Negative ones count from the end. Default: all. */
  readonly axes?: readonly number[] | undefined;
  /** Leave reduced axes in place with size 1, as broadcasting wants them. Default false. */
  readonly keepDims?: boolean | undefined;
}

/** What reducing some axes of a shape means. */
export interface Reduction {
  /** Shape of the result. */
  readonly shape: Shape;
  /** Elements that one output reduces. */
  readonly length: number;
  /** Axes of the outputs and of what each reduces, outermost first, merged where they can be. */
  readonly kept: readonly Step[];
  readonly reduced: readonly Step[];
}

/** An axis to walk: how many steps, and how far apart in elements. */
export interface Step {
  readonly size: number;
  readonly stride: number;
}

/** How many kept, and how many reduced axes a kernel takes once neighbours are merged. */
const MAX_STEPS = 4;

/**
 * Splits the axes of `shape` into kept and reduced ones. Throws `ShapeError` if an axis is out of range or named twice, or
 * if more than four kept or reduced axes are left after merging.
 */
export function planReduction(who: string, shape: Shape, options: ReduceAxes = {}): Reduction {
  const given = options.axes ?? shape.map((_, axis) => axis);
  const axes = new Set(given.map((axis) => normalizeAxis(who, axis, shape.length)));
  if (axes.size !== given.length) {
    throw new ShapeError(
      `${who}: expected each axis once, got [${given.join(", ")}] for ${show(shape)}; drop the repetition`,
    );
  }
  const own = strides(shape);
  const pick = (wanted: boolean): Step[] => {
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

/** Steps as the shader reads them, innermost first. */
export const packSteps = (steps: readonly Step[]): Axis[] =>
  steps.toReversed().map(({ size, stride }) => ({ size, strides: [stride, 0, 0] }));

/** How a thread walks: names of the files in shaders/reduce/walk. Neighbours whose number 4 divides are taken in fours. */
export function walkOf({ length, reduced }: Reduction): "axes" | "line" | "line4" {
  if (reduced.length !== 1) return "axes";
  return reduced[0]?.stride === 1 && length % 4 === 0 && length > 0 ? "line4" : "line";
}

/** Threads of a workgroup of shaders/reduce/reduce.wgsl. */
export const WORKGROUP = 64;

/** How threads are laid over a reduction. */
export interface Spread {
  /** Threads that share an output: 1, 16 or 64. */
  readonly lanes: number;
  /** Whether neighbouring threads take neighbouring elements of one output. */
  readonly along: boolean;
}

/**
 * Neighbouring threads read neighbouring elements, and a thread reads several where there are as many. In
 * coarse work every piece of an output has one thread, as barriers cost more than they save.
 */
export function spread(
  { shape, length, reduced }: Reduction,
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

/** Threads that keep a card, or in coarse work the cores of a CPU, busy. */
const ENOUGH_THREADS = { fine: 512 * WORKGROUP, coarse: 256 };
/** Elements of a sum up to which a thread is accurate to some units in the last place. */
const LONGEST_SUM = 2 ** 17;
/** Elements that make a thread worth its start. */
const ENOUGH_ELEMENTS = { fine: 16, coarse: 1024 };

/**
 * The runs of the `reduce` kernel that reduce `shape`, each on the result of the one before: one, or two where few outputs
 * reduce many elements. `mean` is a sum with scale 1/length. Throws as `planReduction`.
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

/** Length of each of `pieces` pieces, the last perhaps shorter. Throws `ValueError` unless 1 ≤ pieces ≤ length. */
export function pieceLength(who: string, length: number, pieces: number): number {
  if (!Number.isInteger(pieces) || pieces < 1 || pieces > length) {
    throw new ValueError(
      `${who}: expected 1 to ${length} pieces for ${length} elements, got ${pieces}; let reducePasses choose`,
    );
  }
  return Math.ceil(length / pieces);
}
