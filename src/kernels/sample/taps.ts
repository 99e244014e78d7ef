import { keys } from "../resize/filter.ts";

/** Interpolation between cells. */
export type SampleMode = "bilinear" | "nearest" | "bicubic";

/** Values outside the image. */
export type SamplePadding = "zeros" | "border" | "reflection";

/**
 * A cell that a position reads (−1 outside the image), its weight, and the weight's derivative with respect to the
 * position.
 */
export type Tap = readonly [cell: number, weight: number, slope: number];

/** Number of cells that each mode reads along an axis. */
export const tapsOf: Readonly<Record<SampleMode, number>> = { nearest: 1, bilinear: 2, bicubic: 4 };

/** Maps a position into the image, with the derivative of the mapping. */
type Bound = (position: number, cells: number, edge: number) => readonly [number, number];

const border: Bound = (position, cells) =>
  position <= 0 ? [0, 0] : position >= cells - 1 ? [cells - 1, 0] : [position, 1];

/** Reflects at −edge and cells − 1 + edge. */
const reflection: Bound = (position, cells, edge) => {
  const span = cells - 1 + 2 * edge;
  if (span === 0) return [0, 0];
  const distance = Math.abs(position + edge) % (2 * span);
  const back = distance > span;
  const [within, slope] = border((back ? 2 * span - distance : distance) - edge, cells, edge);
  return [within, back === position + edge < 0 ? slope : -slope];
};

const bounds: Readonly<Record<SamplePadding, Bound>> = {
  zeros: (position) => [position, 1],
  border,
  reflection,
};

/** Rounds to the nearest integer, ties to even. */
function halfEven(value: number): number {
  const low = Math.floor(value);
  if (value - low !== 0.5) return Math.round(value);
  return low % 2 === 0 ? low : low + 1;
}

/** The derivative of `keys` with respect to t ≥ 0. */
const keysSlope = (t: number, a: number) =>
  t < 1 ? 3 * (a + 2) * t ** 2 - 2 * (a + 3) * t : a * (3 * t ** 2 - 10 * t + 8);

const around: Readonly<Record<SampleMode, (position: number) => readonly Tap[]>> = {
  nearest: (position) => [[halfEven(position), 1, 0]],
  bilinear: (position) => {
    const low = Math.floor(position);
    return [
      [low, 1 - (position - low), -1],
      [low + 1, position - low, 1],
    ];
  },
  bicubic: (position) =>
    [-1, 0, 1, 2].map((k) => {
      const cell = Math.floor(position) + k;
      const away = position - cell;
      const slope = keysSlope(Math.abs(away), -0.75) * (away < 0 ? -1 : 1);
      return [cell, keys(Math.abs(away), -0.75), slope];
    }),
};

/** Taps of a position on an axis of this many cells, in float64: shaders/sample/taps.wgsl. */
export function tapsAt(
  { mode, padding, edge }: { mode: SampleMode; padding: SamplePadding; edge: number },
  position: number,
  cells: number,
): readonly Tap[] {
  const bound = bounds[padding];
  const near = Math.min(Math.max(position, -(2 ** 22)), 2 ** 22);
  const [within, turn] = mode === "bicubic" ? [near, 1] : bound(near, cells, edge);
  return around[mode](within).map(([cell, weight, slope]) => {
    const at = Math.round(bound(cell, cells, edge)[0]);
    return [at >= 0 && at < cells ? at : -1, weight, slope * turn];
  });
}
