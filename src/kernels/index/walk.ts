import { ShapeError } from "../../core/errors.ts";
import { normalizeAxis, type Shape, show, size, strides } from "../../core/shape.ts";
import { broadcastStrides, collapse, packAxes } from "../shape/walk.ts";

/**
 * How an index picks along an axis.
 *
 * - each: an index for every element; index has x's rank and no axis but the picked one exceeds x's (torch.gather)
 * - along: the same, but x and index broadcast along the other axes (torch.take_along_dim)
 * - rows: one index for a whole slice of x; the axes of index replace the axis (torch.index_select, embedding)
 */
export type Picking = "each" | "along" | "rows";

/** The axis, and how the index picks along it. */
export interface PickOptions {
  /** Negative axes count from the end. */
  readonly axis: number;
  /** How the index picks: "each", "along" or "rows"; see `Picking`. */
  readonly by: Picking;
}

/** The shape of a pick, and the strides of x and index; along the picked axis the stride of x is 0. */
export interface Pick {
  readonly shape: Shape;
  readonly xStrides: readonly number[];
  readonly indexStrides: readonly number[];
  /** Length of the picked axis of x, and its stride. */
  readonly length: number;
  readonly step: number;
}

/** Throws `ShapeError` if x and index do not fit together for this kind of pick. */
export function planPick(who: string, x: Shape, index: Shape, { axis, by }: PickOptions): Pick {
  const k = normalizeAxis(who, axis, x.length);
  const own = strides(x);
  const about = { length: x[k] as number, step: own[k] as number };
  if (by === "rows") {
    const shape = [...x.slice(0, k), ...index, ...x.slice(k + 1)];
    const still = index.map(() => 0);
    return {
      ...about,
      shape,
      xStrides: [...own.slice(0, k), ...still, ...own.slice(k + 1)],
      indexStrides: shape.map((_, a) => strides(index)[a - k] ?? 0),
    };
  }
  const fits = index.length === x.length && x.every((n, a) => a === k || agrees(n, index[a], by));
  if (!fits) {
    const rule = by === "each" ? "no longer than x but for" : "that broadcasts with x but for";
    throw new ShapeError(
      `${who}: expected an index of x's rank, ${rule} axis ${k}, got ${show(x, "x")} and ${show(index, "index")}; ` +
        (by === "each" ? "slice it, or use takeAlongDim to broadcast" : "reshape it"),
    );
  }
  const shape = x.map((n, a) => {
    const m = index[a] as number;
    return a === k || by === "each" || n === 1 ? m : n;
  });
  return {
    ...about,
    shape,
    xStrides: x.map((n, a) => (a === k || (by === "along" && n === 1) ? 0 : (own[a] as number))),
    indexStrides: by === "each" ? strides(index) : broadcastStrides(index, shape),
  };
}

function agrees(n: number, m: number | undefined, by: Picking): boolean {
  if (m === undefined) return false;
  return by === "each" ? m <= n : m === n || m === 1 || n === 1;
}

/** Axes in the form that shaders read, and their number of elements. */
export function packPick(who: string, shape: Shape, ...operands: (readonly number[])[]) {
  const axes = collapse(shape, ...operands);
  return { count: size(shape), rank: axes.length, axes: packAxes(who, shape, axes) };
}
