import { ShapeError } from "../../core/errors.ts";
import { type Shape, sameShape, show, size } from "../../core/shape.ts";
import { type Grid, grid1d, type HostTensor } from "../kernel.ts";

/**
 * Which elements of a tensor share statistics.
 *
 * - batch: x[N, C, ...], one row per channel (Ioffe & Szegedy 2015)
 * - instance: x[N, C, ...], one row per sample and channel (Ulyanov et al. 2016)
 * - group: x[N, C, ...], one row per sample and group of C/groups neighbouring channels (Wu & He 2018)
 * - layer: the last `axes` axes are a row, γ and β have their shape (Ba et al. 2016)
 * - rms: rows as layer, statistics about 0 instead of the mean (Zhang & Sennrich 2019)
 */
export type Norm =
  | { readonly kind: "batch" }
  | { readonly kind: "instance" }
  | { readonly kind: "group"; readonly groups: number }
  | { readonly kind: "layer" | "rms"; readonly axes: number };

/** A tensor seen as x[outer, channels, inner], and the rows its norm cuts it into. */
export interface Planes {
  /** N. */
  readonly outer: number;
  /** C: elements of γ and β. */
  readonly channels: number;
  /** S: elements of one plane. */
  readonly inner: number;
  /** True when a row spans the batch. */
  readonly batch: boolean;
  /** True when x is taken relative to the row's mean; false in RMS norm. */
  readonly centred: boolean;
  /** Neighbouring channels that share statistics; 1 in batch norm. */
  readonly share: number;
  /** Rows of statistics. */
  readonly rows: number;
  /** Elements of a row. */
  readonly length: number;
  /** Shape of γ and β. */
  readonly affine: Shape;
}

/** Throws `ShapeError` when the shape has no such norm or no elements. */
export function planesOf(who: string, x: Shape, norm: Norm): Planes {
  const rank = "axes" in norm ? norm.axes : 2;
  if (!Number.isInteger(rank) || rank < 1 || x.length < rank) {
    const expected = "axes" in norm ? `at least ${rank} axes, 1 ≤ axes` : "[N, C, ...]";
    throw new ShapeError(`${who}: expected x with ${expected}, got ${show(x, "x")}; reshape x`);
  }
  if (size(x) === 0) {
    throw new ShapeError(`${who}: statistics of nothing: got ${show(x, "x")}; skip empty batches`);
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
      `${who}: expected groups to divide the ${channels} channels of ${show(x, "x")}, got ${groups}`,
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

/** Throws unless the buffers a norm reads beside x have the shapes that go with it. */
export function checkShapes(
  who: string,
  expected: Readonly<Record<string, Shape>>,
  got: Readonly<Record<string, Shape | undefined>>,
): void {
  for (const [name, shape] of Object.entries(expected)) {
    const have = got[name];
    if (have && !sameShape(shape, have)) {
      throw new ShapeError(
        `${who}: expected ${show(shape, name)}, got ${show(have, name)}; use the same x and norm for every kernel`,
      );
    }
  }
}

/** Lanes of a workgroup; shaders/norm/rows.wgsl. */
const WORKGROUP = 64;

/** A set of rows cut into pieces, as shaders/norm/rows.wgsl walks it. */
export interface Walk {
  /** Rows. */
  readonly count: number;
  /** Elements of a piece; the last one of a row may have fewer. */
  readonly piece: number;
  /** Pieces a row. */
  readonly pieces: number;
  /** Pieces of all rows. */
  readonly units: number;
  readonly workgroups: number;
  /** `struct Rows`, flat. */
  readonly params: readonly number[];
}

/** Whose elements a walk visits: the norm's rows, or (for γ and β) the channels. */
type Of = "rows" | "channels";

/**
 * Cuts rows into pieces. `reduce`: at most 256 elements a lane, which keeps sums accurate, or 128 if there would be
 * fewer than 256 workgroups; never more than 256 pieces a row. A number: that many elements a lane.
 */
export function walk(planes: Planes, of: Of, perLane: "reduce" | number): Walk {
  const { outer, channels, inner, batch, share, rows, length } = planes;
  const across = of === "channels" || batch;
  const count = across ? channels : rows;
  const long = across ? outer * inner : length;
  const neighbours = across && inner < 8;
  const short = perLane === "reduce" && count >= 2048 ? 2048 : 256; // many rows need fewer lanes each
  const lanes = long <= 16 ? 1 : long <= short || neighbours ? 8 : WORKGROUP;
  const pieces =
    perLane === "reduce" ? cut(long, lanes, count) : Math.ceil(long / (lanes * perLane));
  const piece = Math.ceil(long / pieces);
  const units = count * Math.ceil(long / piece);
  const steps = across ? [1, channels] : [share, 1];
  const statistics = of === "channels" && !batch ? [share, channels / share] : [1, 0];
  return {
    count,
    piece,
    pieces: Math.ceil(long / piece),
    units,
    workgroups: Math.ceil(units / (WORKGROUP / lanes)),
    params: [
      ...[count, long, piece, lanes],
      ...[...steps, inner, Number(neighbours)],
      ...[channels, across ? 0 : 1, ...statistics],
    ],
  };
}

function cut(length: number, lanes: number, rows: number): number {
  const enough = Math.ceil(length / (lanes * 256));
  const wanted = Math.ceil((256 * WORKGROUP) / (rows * lanes));
  const worthwhile = Math.floor(length / (lanes * 128));
  return Math.min(Math.max(enough, Math.min(wanted, worthwhile), 1), 256);
}

/** Grid of a walk. */
export function walkGrid({ workgroups }: Walk): Grid {
  return grid1d(workgroups);
}
