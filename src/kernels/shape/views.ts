import { ShapeError, ValueError } from "../../core/errors.ts";
import { normalizeAxis, type Shape, show, size, strides } from "../../core/shape.ts";
import { broadcastStrides, collapse } from "./walk.ts";

/** Elements of a contiguous tensor viewed as another shape: element c of the view is at offset + Σ cₖ · stridesₖ. */
export interface View {
  readonly shape: Shape;
  /** In elements, one per axis, not negative. */
  readonly strides: readonly number[];
  readonly offset: number;
}

/** Axis k of the view is axis `order[k]` of the tensor. Throws `ShapeError` unless order names every axis once. */
export function permuted(shape: Shape, order: readonly number[]): View {
  const axes = order.map((axis) => normalizeAxis("permute", axis, shape.length));
  if (axes.length !== shape.length || new Set(axes).size !== axes.length) {
    throw new ShapeError(
      `permute: expected each axis of ${show(shape)} once, got [${order.join(", ")}]; name all ${shape.length}`,
    );
  }
  const own = strides(shape);
  return {
    shape: axes.map((axis) => shape[axis] as number),
    strides: axes.map((axis) => own[axis] as number),
    offset: 0,
  };
}

/** Part of an axis: from `start` (default 0) up to but not including `end` (default all), every `step`th (default 1). */
export interface Range {
  readonly start?: number;
  readonly end?: number;
  readonly step?: number;
}

/**
 * A range of each axis; missing ranges select the whole axis, and negative starts and ends count from the end. Throws
 * `ShapeError` if a range exceeds its axis or there are more ranges than axes, `ValueError` for a step below 1.
 */
export function sliced(shape: Shape, ranges: readonly Range[]): View {
  if (ranges.length > shape.length) {
    throw new ShapeError(
      `slice: expected at most ${shape.length} ranges for ${show(shape)}, got ${ranges.length}; one per axis`,
    );
  }
  const own = strides(shape);
  const parts = shape.map((n, axis) => resolve(n, axis, ranges[axis] ?? {}));
  return {
    shape: parts.map((part) => part.length),
    strides: parts.map((part, axis) => part.step * (own[axis] as number)),
    offset: parts.reduce((sum, part, axis) => sum + part.start * (own[axis] as number), 0),
  };
}

function resolve(n: number, axis: number, { start = 0, end = n, step = 1 }: Range) {
  if (!Number.isInteger(step) || step < 1) {
    throw new ValueError(
      `slice: expected an integer step ≥ 1 for axis ${axis}, got ${step}; flip() reverses an axis`,
    );
  }
  const from = start < 0 ? start + n : start;
  const to = end < 0 ? end + n : end;
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to > n || from > to) {
    throw new ShapeError(
      `slice: expected 0 ≤ start ≤ end ≤ ${n} for axis ${axis}, got ${start} to ${end}; shorten the range`,
    );
  }
  return { start: from, step, length: Math.ceil((to - from) / step) };
}

/** The tensor repeated along axes that are missing or have size 1. Throws `ShapeError` unless it broadcasts to `to`. */
export function expanded(shape: Shape, to: Shape): View {
  const missing = to.length - shape.length;
  if (missing < 0 || shape.some((n, k) => n !== 1 && n !== to[k + missing])) {
    throw new ShapeError(
      `expand: expected a shape that broadcasts to ${show(to)}, got ${show(shape)}; sizes must be equal or 1, aligned ` +
        "at the last axis",
    );
  }
  return { shape: to, strides: broadcastStrides(shape, to), offset: 0 };
}

/** The place of input `part` in a concatenation along `axis`, beginning at index `at` of that axis. */
export function section(whole: Shape, axis: number, at: number, length: number): View {
  const k = normalizeAxis("concatenate", axis, whole.length);
  return sliced(
    whole,
    whole.map((_, other) => (other === k ? { start: at, end: at + length } : {})),
  );
}

/** A view that is a batch of transposed matrices. */
export interface Transpose {
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
}

/** Minimum number of rows and columns: smaller matrices leave most of a tile of `transpose` idle. */
const NARROW = 8;

/**
 * The sizes with which `transpose` makes this view contiguous, or undefined if `contiguous` is better: the view is not a
 * batch of transposed matrices, or they are fewer than 8 elements wide or high.
 */
export function asTranspose(view: View): Transpose | undefined {
  const axes = collapse(view.shape, view.strides);
  const [column, row] = axes.slice(-2);
  const [batch] = axes.slice(0, -2);
  if (view.offset !== 0 || !column || !row || axes.length > 3) return undefined;
  const turned = column.strides[0] === 1 && row.strides[0] === column.size;
  if (Math.min(row.size, column.size) < NARROW) return undefined;
  if (!turned || (batch && batch.strides[0] !== row.size * column.size)) return undefined;
  return { batch: batch?.size ?? 1, rows: row.size, columns: column.size };
}

/** Throws `ShapeError` unless every element of the view is in a tensor of `shape`. */
export function checkView(who: string, view: View, shape: Shape): void {
  const last = view.shape.reduce(
    (sum, n, k) => sum + (n - 1) * (view.strides[k] ?? Number.NaN),
    view.offset,
  );
  const whole = [view.offset, ...view.strides].every((n) => Number.isInteger(n) && n >= 0);
  const fits = view.strides.length === view.shape.length && last < size(shape);
  if (!whole || (size(view.shape) > 0 && !fits)) {
    throw new ShapeError(
      `${who}: expected a view of ${show(shape)}, got ${show(view.shape)} with strides ` +
        `[${view.strides.join(", ")}] from ${view.offset}; use permuted, sliced or expanded`,
    );
  }
}
