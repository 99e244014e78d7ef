import type { Coarse } from "./coarse.ts";
import { type Grid, grid1d } from "./kernel.ts";

/** How rows are spread over lanes: SLICE lanes a row, WG / SLICE rows a workgroup (shaders/lib/slice_reduce.wgsl). */
export interface Slices {
  readonly grid: Grid;
  readonly overrides: { readonly WG: number; readonly SLICE: number };
}

/**
 * Lanes for `rows` rows of `length` elements: one lane for a short row, a whole workgroup for a long one, so that few
 * lanes idle and few barriers are waited at. Rows whose elements are not neighbours (`strided`) prefer one lane each
 * where there are rows enough to fill a GPU: neighbouring lanes then read neighbouring elements. Coarse: a lane
 * takes a row as soon as there are rows for the cores, since a barrier costs more than it saves.
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
