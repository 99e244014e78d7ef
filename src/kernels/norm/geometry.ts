import { ShapeError } from "../../core/errors.ts";
import { type Shape, sameShape, show, size } from "../../core/shape.ts";
import type { HostTensor } from "../kernel.ts";

/**
 * Which elements of a tensor share statistics.
 *
 * - batch: x[N, C, ...], one row per channel (Ioffe & Szegedy 2015)
 * - instance: x[N, C, ...], one row per sample and channel (Ulyanov et al. 2016)
 * - group: x[N, C, ...], one row per sample and group of C/groups neighbouring channels (Wu & He 2018)
 * - layer: the last `axes` axes are a row, γ and β have their shape (Ba et al. 2016)
 * - rms: rows as in layer, statistics about 0 instead of the mean (Zhang & Sennrich 2019)
 */
export type NormGrouping =
  | { readonly kind: "batch" }
  | { readonly kind: "instance" }
  | { readonly kind: "group"; readonly groups: number }
  | { readonly kind: "layer" | "rms"; readonly axes: number };

/** A tensor viewed as x[outer, channels, inner], and the rows that its norm divides it into. */
export interface Planes {
  /** N. */
  readonly outer: number;
  /** C: number of elements of γ and β. */
  readonly channels: number;
  /** S: elements of one plane. */
  readonly inner: number;
  /** True when a row spans the batch. */
  readonly batch: boolean;
  /** True when the row's mean is subtracted from x; false in RMS norm. */
  readonly centred: boolean;
  /** Number of neighbouring channels that share statistics; 1 in batch norm. */
  readonly share: number;
  /** Number of rows of statistics. */
  readonly rows: number;
  /** Number of elements of a row. */
  readonly length: number;
  /** Shape of γ and β. */
  readonly affine: Shape;
}

/** Throws `ShapeError` when the shape has no such norm or no elements. */
export function planesOf(who: string, x: Shape, norm: NormGrouping): Planes {
  const rank = "axes" in norm ? norm.axes : 2;
  if (!Number.isInteger(rank) || rank < 1 || x.length < rank) {
    const expected = "axes" in norm ? `at least ${rank} axes, 1 ≤ axes` : "[N, C, ...]";
    throw new ShapeError(`${who}: expected x with ${expected}, got ${show(x, "x")}; reshape x`);
  }
  if (size(x) === 0) {
    throw new ShapeError(
      `${who}: expected at least one element, got ${show(x, "x")}; skip empty batches`,
    );
  }
  if ("axes" in norm) {
    const affine = x.slice(x.length - norm.axes);
    const outer = size(x.slice(0, x.length - norm.axes));
    const length = size(affine);
    return {
      outer,
      channels: length,
      inner: 1,
      batch: false,
      centred: norm.kind === "layer",
      share: length,
      rows: outer,
      length,
      affine,
    };
  }
  const [outer = 0, channels = 0] = x;
  const inner = size(x.slice(2));
  const base = { outer, channels, inner, centred: true, affine: [channels] };
  if (norm.kind === "batch") {
    return { ...base, batch: true, share: 1, rows: channels, length: outer * inner };
  }
  const groups = norm.kind === "instance" ? channels : norm.groups;
  if (!Number.isInteger(groups) || groups < 1 || channels % groups !== 0) {
    throw new ShapeError(
      `${who}: expected groups to divide the ${channels} channels of ${show(x, "x")}, got ${groups}; choose a divisor`,
    );
  }
  const share = channels / groups;
  return { ...base, batch: false, share, rows: outer * groups, length: share * inner };
}

/** Row of statistics that sample `n`, channel `c` belongs to. */
export function statsRow({ batch, channels, share }: Planes, n: number, c: number): number {
  return batch ? c : n * (channels / share) + Math.floor(c / share);
}

/** Calls `visit(i, row, channel)` for every element i of x, in order. */
export function forEachElement(
  planes: Planes,
  visit: (i: number, row: number, channel: number) => void,
): void {
  const { outer, channels, inner } = planes;
  for (let n = 0; n < outer; n++) {
    for (let c = 0; c < channels; c++) {
      const row = statsRow(planes, n, c);
      for (let s = 0; s < inner; s++) visit((n * channels + c) * inner + s, row, c);
    }
  }
}

/** x̂ of element `i`, which belongs to `row` of stats[rows, 4]: (x − pivot − offset)·rstd. */
export function xhatAt(x: HostTensor, stats: HostTensor, i: number, row: number): number {
  const stat = (field: number) => stats.data[4 * row + field] as number;
  return ((x.data[i] as number) - stat(0) - stat(1)) * stat(2);
}

/** Throws unless the buffers that a norm reads besides x have matching shapes. */
export function checkShapes(
  who: string,
  expected: Readonly<Record<string, Shape>>,
  got: Readonly<Record<string, Shape | undefined>>,
): void {
  for (const [name, shape] of Object.entries(expected)) {
    const have = got[name];
    if (have && !sameShape(shape, have)) {
      throw new ShapeError(
        `${who}: expected ${show(shape, name)}, got ${show(have, name)}; make it for the channels of x, and use one x and norm for every kernel`,
      );
    }
  }
}
