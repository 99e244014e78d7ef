import type { Coarse } from "./coarse.ts";
import { type Grid, grid1d } from "./kernel.ts";

/** How rows are distributed over lanes: SLICE lanes per row, WG / SLICE rows per workgroup (shaders/lib/slice_reduce.wgsl). */
export interface Slices {
  readonly grid: Grid;
  readonly overrides: { readonly WG: number; readonly SLICE: number };
}

/**
 * Lanes for `rows` rows of `length` elements: one lane for a short row, a whole workgroup for a long one, so that few lanes
 * are idle and few barriers are needed. Rows whose elements are not adjacent (`strided`) get one lane each if there are
 * enough rows to fill a GPU: neighbouring lanes then read neighbouring elements. Coarse: one lane per row as soon as there
 * are rows for all cores, since barriers cost more than they save.
 */
export function slicesFor(
  rows: number,
  length: number,
  { strided = false, coarse = false }: { strided?: boolean } & Coarse = {},
): Slices {
  const alone = coarse ? rows >= 128 : strided && rows >= 8192;
  const slice = alone ? 1 : lanesFor(length);
  const workgroup = Math.max(64, slice);
  return {
    grid: grid1d(Math.ceil((rows * slice) / workgroup)),
    overrides: { WG: workgroup, SLICE: slice },
  };
}

function lanesFor(length: number): number {
  if (length <= 16) return 1;
  if (length <= 256) return 16;
  return length <= 2048 ? 64 : 256;
}
