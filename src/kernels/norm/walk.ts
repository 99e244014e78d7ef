import type { Rows } from "#shaders/norm/normalize.wgsl";
import { type Grid, grid1d } from "../kernel.ts";
import type { Planes } from "./geometry.ts";

/** Workgroup size; shaders/norm/rows.wgsl. */
const WORKGROUP = 64;

/** The elements that a lane processes at a time: the files of shaders/norm/pack. */
export type Pack = "one" | "along" | "across";

/** How rows are split into pieces for the lanes of shaders/norm/rows.wgsl; sizes are counted in packs. */
export interface Walk {
  /** Number of rows, or of channels. */
  readonly count: number;
  /** Number of a row's elements in a piece; the last piece of a row may have fewer. */
  readonly piece: number;
  /** Number of pieces per row. */
  readonly pieces: number;
  /** Number of pieces of all rows. */
  readonly units: number;
  readonly workgroups: number;
  readonly params: Rows;
  readonly pack: Pack;
  /** Number of lanes that process a piece together. */
  readonly lanes: 1 | 8 | 64;
}

/** What is split into pieces: the norm's rows, or the channels (for γ and β). */
type PieceOf = "rows" | "channels";

export interface WalkOptions {
  /**
   * "sums": at most 256 loads per lane, which keeps sums accurate, fewer if a card would otherwise be idle, and at most 256
   * pieces per row. A number: that many loads per lane.
   */
  readonly perLane: "sums" | number;
  /** Fewer lanes with more work each: for devices where starting lanes and barriers are expensive. Default false. */
  readonly coarse?: boolean | undefined;
}

/** Loads per lane of kernels that compute one element of the result from each: rows need not be split for accuracy. */
export const loadsOf = (coarse = false): number => (coarse ? 64 : 16);

/**
 * How norm/grad_input walks down the channels of planes of one element, to sum dz and dz·x̂ from the elements that it reads
 * for dx.
 */
export function downChannels(planes: Planes, coarse = false): Walk {
  const { outer } = planes;
  const perLane = coarse
    ? Math.max(128, Math.ceil(outer / 256)) // at most 256 pieces
    : Math.max(8, Math.ceil(outer / 2048)); // the same, with eight lanes
  return walk(planes, "channels", { perLane, coarse });
}

/** Four elements at a time if the planes, or (for planes of one element) the rows, allow it. */
export function packOf({ batch, inner, share }: Planes): Pack {
  if (inner % 4 === 0) return "along";
  return inner === 1 && !batch && share % 4 === 0 ? "across" : "one";
}

/** The same planes, with sizes in packs. */
function packed(planes: Planes, pack: Pack): Planes {
  const { channels, inner, share, length } = planes;
  if (pack === "one") return planes;
  if (pack === "along") return { ...planes, inner: inner / 4, length: length / 4 };
  return { ...planes, channels: channels / 4, share: share / 4, length: length / 4 };
}

/** Splits rows or channels into pieces. */
export function walk(all: Planes, of: PieceOf, { perLane, coarse = false }: WalkOptions): Walk {
  const pack = packOf(all);
  const { outer, channels, inner, batch, share, rows, length } = packed(all, pack);
  const across = of === "channels" || batch;
  const count = across ? channels : rows;
  const long = across ? outer * inner : length;
  const neighbours = across && inner < 8;
  const lanes = (coarse ? coarseLanes : fineLanes)(count, long, neighbours, perLane);
  const pieces =
    perLane === "sums" ? cut(long, lanes, count, coarse) : Math.ceil(long / (lanes * perLane));
  const piece = Math.ceil(long / pieces);
  const cutInto = Math.ceil(long / piece);
  const [row_step, run_step] = across ? [1, channels] : [share, 1];
  const [stats_share, stats_step] =
    of === "channels" && !batch ? [share, channels / share] : [1, 0];
  const ofChannels = of === "channels" && pack === "across"; // a pack holds one element of each of four rows
  return {
    count: ofChannels ? 4 * count : count,
    piece: pack === "one" || ofChannels ? piece : 4 * piece,
    pieces: cutInto,
    units: (ofChannels ? 4 : 1) * count * cutInto,
    workgroups: Math.ceil((count * cutInto) / (WORKGROUP / lanes)),
    params: {
      count,
      length: long,
      piece,
      lanes,
      row_step,
      run_step,
      run: inner,
      across: Number(neighbours),
      channels,
      channel_step: across ? 0 : 1,
      stats_share,
      stats_step,
    },
    pack,
    lanes,
  };
}

/** The same rows, each of them one piece for a workgroup, whatever its length. */
export function unsplit({ pack, params }: Walk): Omit<Walk, "count" | "piece" | "units"> {
  const { count: workgroups, length: piece } = params;
  const lanes = WORKGROUP;
  return { pieces: 1, workgroups, pack, lanes, params: { ...params, piece, lanes } };
}

/** The override that omits barriers if no lanes work together. */
export function aloneIf(...walks: readonly Pick<Walk, "lanes">[]): { ALONE: 0 | 1 } {
  return { ALONE: walks.every(({ lanes }) => lanes === 1) ? 1 : 0 };
}

/** The overrides of shaders/norm/affine.wgsl: which parameters change within a lane's piece. */
export function varying(
  { batch }: Planes,
  statsVary: boolean,
): { INSIDE: 0 | 1; STATS_VARY: 0 | 1 } {
  return { INSIDE: batch ? 0 : 1, STATS_VARY: statsVary ? 1 : 0 };
}

type Lanes = (
  count: number,
  long: number,
  neighbours: boolean,
  perLane: WalkOptions["perLane"],
) => 1 | 8 | 64;

/** The more rows there are, the fewer lanes per row are needed. */
const fineLanes: Lanes = (count, long, neighbours, perLane) => {
  const short = perLane === "sums" && count >= 2048 ? 2048 : 256;
  if (long <= 16) return 1;
  return long <= short || neighbours ? 8 : WORKGROUP;
};

/** Coarse: as few lanes per row as still occupy the cores, since lanes wait for each other at barriers. */
const coarseLanes: Lanes = (count, long, _, perLane) => {
  if (long <= 256 || count >= 128 || perLane !== "sums") return 1;
  return count >= 8 ? 8 : WORKGROUP;
};

/** Number of pieces that a row is split into for sums. */
function cut(length: number, lanes: number, rows: number, coarse: boolean): number {
  const most = coarse ? 1024 : 256; // maximum number of loads per lane
  const enough = Math.ceil(length / (lanes * most));
  const wanted = coarse ? 1 : Math.ceil((256 * WORKGROUP) / (rows * lanes));
  const worthwhile = Math.floor(length / (lanes * 128));
  return Math.min(Math.max(enough, Math.min(wanted, worthwhile), 1), 256);
}

/** Grid of a walk. */
export function walkGrid({ workgroups }: Pick<Walk, "workgroups">): Grid {
  return grid1d(workgroups);
}
