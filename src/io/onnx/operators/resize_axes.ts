import { keys } from "../../../kernels/resize/filter.ts";

// Computes which cells of an axis contribute to a resized cell, and with which weights.

/** One axis: its length before and after, the scale, and for crops the part that is taken, in 0 to 1. */
export interface OnnxAxis {
  readonly from: number;
  readonly to: number;
  readonly scale: number;
  readonly crop?: readonly [start: number, end: number];
}

/** Position of cell i of the result on the input's axis. */
export const positions: Readonly<Record<string, (i: number, axis: OnnxAxis) => number>> = {
  half_pixel: (i, { scale }) => (i + 0.5) / scale - 0.5,
  pytorch_half_pixel: (i, { scale, to }) => (to > 1 ? (i + 0.5) / scale - 0.5 : 0),
  half_pixel_symmetric: (i, { from, to, scale }) => {
    const adjusted = to / (from * scale);
    return (from / 2) * (1 - adjusted) + (i + 0.5) / scale - 0.5;
  },
  align_corners: (i, { from, to }) => (to > 1 ? (i * (from - 1)) / (to - 1) : 0),
  asymmetric: (i, { scale }) => i / scale,
  tf_half_pixel_for_nn: (i, { scale }) => (i + 0.5) / scale,
  tf_crop_and_resize: (i, { from, to, crop: [start, end] = [0, 1] }) =>
    (from - 1) * (to > 1 ? start + (i * (end - start)) / (to - 1) : (start + end) / 2),
};

export const roundings: Readonly<Record<string, (x: number) => number>> = {
  round_prefer_floor: (x) => Math.ceil(x - 0.5),
  round_prefer_ceil: (x) => Math.floor(x + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

/** How a node resizes; Upsample, and Resize of opset 10, use the rules of their opsets. */
export interface ResizePlan {
  readonly mode: string;
  readonly coordinates: string;
  readonly rounding: string;
  /** Whether a smaller result averages all cells under an output. */
  readonly antialias: boolean;
  /** Coefficient of Keys' cubic. */
  readonly slope: number;
  /** Whether cells beyond the image are ignored, instead of repeating the edge. */
  readonly inside: boolean;
  readonly axes: readonly OnnxAxis[];
}

/** The cells that contribute to a result: for each tap the cell of the input and its weight; without weights all are 1. */
export interface Taps {
  readonly cells: number[][];
  readonly weights?: number[][];
}

const clip = (at: number, n: number): number => Math.min(Math.max(at, 0), n - 1);

/** Positions of the result's cells on an axis. */
export function placesOf(axis: OnnxAxis, { coordinates }: ResizePlan): number[] {
  const place = positions[coordinates] as (i: number, axis: OnnxAxis) => number;
  return Array.from({ length: axis.to }, (_, i) => place(i, axis));
}

export function tapsOf(axis: OnnxAxis, plan: ResizePlan): Taps {
  const at = placesOf(axis, plan);
  if (plan.mode === "nearest") {
    const round = roundings[plan.rounding] as (x: number) => number;
    return { cells: [at.map((x) => clip(round(x), axis.from))] };
  }
  const shrunk = plan.antialias ? Math.min(axis.scale, 1) : 1;
  const cubic = plan.mode === "cubic";
  const reach = Math.ceil((cubic ? 2 : 1) / shrunk);
  const around = Array.from({ length: 2 * reach }, (_, i) => i + 1 - reach);
  const weight = (d: number) => (cubic ? keys(d, plan.slope) : Math.max(1 - d, 0));
  return weighted(at, axis.from, (d) => weight(d * shrunk), plan.inside, around);
}

/** Cells around each position, at these distances from the cell below it. */
function weighted(
  at: readonly number[],
  from: number,
  weight: (distance: number) => number,
  inside: boolean,
  around: readonly number[],
): Taps {
  const raw = around.map((more) =>
    at.map((x) => {
      const cell = Math.floor(x) + more;
      return inside && (cell < 0 || cell >= from) ? 0 : weight(Math.abs(x - cell));
    }),
  );
  const sums = at.map((_, i) => raw.reduce((sum, each) => sum + (each[i] as number), 0));
  return {
    cells: around.map((more) => at.map((x) => clip(Math.floor(x) + more, from))),
    weights: raw.map((each) => each.map((w, i) => w / (sums[i] as number))),
  };
}
