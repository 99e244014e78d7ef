import type { Two } from "../../core/shape.ts";
import {
  type Between,
  type BoxChance,
  boxOf,
  drawnBox,
  type Gate,
  gateOf,
  type ImageDraws,
  leveled,
} from "./draw.ts";

/** One geometric step, from images of one size to images of one size. Omitted parts are the identity. */
export interface GeometryStep {
  readonly gate?: Gate;
  /** [height, width] of the image before the step and after it. */
  readonly from: Two;
  readonly to: Two;
  /** Rotation in radians, clockwise. */
  readonly angle?: Between;
  readonly scale?: Between;
  /** Angles along x and y, in radians. */
  readonly shear?: readonly [x: Between, y: Between];
  /** Translation along x and y, in cells, rounded to integers. */
  readonly shift?: readonly [x: Between, y: Between];
  /** Cells of the image before the step per cell of the image after it, along x and y; −1 mirrors. */
  readonly zoom?: Two;
  /** Position of the resulting image's centre relative to that of the image before the step, along x and y. */
  readonly move?: Two;
  /** Random crop: number of integer translations along x and y, from 0 on, with equal probability. */
  readonly room?: Two;
  /** A random box that is enlarged to the whole resulting image. */
  readonly box?: BoxChance;
  /**
   * Number of levels that angle, shear and translation are quantised to (see `leveled`): shears are then tangents, and
   * translations are truncated to whole pixels. Default 0: continuous.
   */
  readonly levels?: number;
  /** Maximum distance by which corners move inwards, as a fraction of half the image. */
  readonly distortion?: number;
}

const alongBoth = ([x, y]: readonly [Between, Between]) =>
  [
    [x[0], y[0]],
    [x[1] - x[0], y[1] - y[0]],
  ] as const;

const STAY: readonly [Between, Between] = [[0, 0], [0, 0]]; // biome-ignore format: along x and y

/** `Step` of shaders/augment/geometry_step.wgsl for this step. */
export function packStep(step: GeometryStep) {
  const { angle = [0, 0], scale = [1, 1] } = step;
  const [shear, shear_range] = alongBoth(step.shear ?? STAY);
  const [shift, shift_range] = alongBoth(step.shift ?? STAY);
  return {
    gate: gateOf(step.gate),
    angle: angle[0],
    angle_range: angle[1] - angle[0],
    scale: scale[0],
    scale_range: scale[1] - scale[0],
    shear,
    shear_range,
    shift,
    shift_range,
    zoom: step.zoom ?? [1, 1],
    offset: step.move ?? [0, 0],
    room: step.room ?? [1, 1],
    before: step.from,
    box: boxOf(step.box),
    after: step.to,
    distortion: step.distortion ?? 0,
    levels: step.levels ?? 0,
  };
}

/** Rows of a matrix. */
export type MatrixRows = readonly (readonly number[])[];

export const product = (a: MatrixRows, b: MatrixRows): MatrixRows =>
  a.map((row) =>
    [0, 1, 2].map((j) => row.reduce((sum, value, k) => sum + value * (b[k]?.[j] as number), 0)),
  );

const at = ([low, high]: Between, u: number) => low + u * (high - low);
const toCell = (value: number) => Math.floor(value + 0.5);
const cut = (value: number) => Math.sign(value) * Math.floor(Math.abs(value) + 0.001);

/** The inverse of torchvision's affine matrix about the centre. */
function affineOf(step: GeometryStep, draws: ImageDraws, s: number): MatrixRows {
  const { angle = [0, 0], scale = [1, 1], shear, shift, levels = 0 } = step;
  const units = (k: number) => draws.units(s, k).map((u) => leveled(u, levels));
  const none = [0, 0] as const;
  const turn = at(angle, units(0)[1] as number);
  const lean = units(1).map((u, axis) => at(shear?.[axis as 0 | 1] ?? none, u));
  const size = at(scale, draws.units(s, 2)[0]);
  const by = units(3).map((u, axis) =>
    (levels ? cut : toCell)(at(shift?.[axis as 0 | 1] ?? none, u)),
  );
  const [sx = 0, sy = 0] = levels ? lean : lean.map(Math.tan);
  const a = Math.cos(turn) + Math.sin(turn) * sy;
  const b = -a * sx - Math.sin(turn);
  const c = Math.sin(turn) - Math.cos(turn) * sy;
  const d = -c * sx + Math.cos(turn);
  const [zx = 1, zy = 1] = step.zoom ?? [];
  const [mx = 0, my = 0] = step.move ?? [];
  const [across, down] = [
    [(d / size) * zx, (-b / size) * zx],
    [(-c / size) * zy, (a / size) * zy],
  ] as const;
  const dot = (row: readonly number[]) => row.reduce((sum, v, k) => sum + v * (by[k] as number), 0);
  return [
    [...across, mx - dot(across)],
    [...down, my - dot(down)],
    [0, 0, 1],
  ];
}

function cropped(step: GeometryStep, draws: ImageDraws, s: number): MatrixRows {
  if (!step.box) {
    const [nx, ny] = step.room ?? [1, 1];
    const [x, y] = draws.below(s, 3, nx, ny);
    return [[1, 0, x], [0, 1, y], [0, 0, 1]]; // biome-ignore format: a matrix
  }
  const [h, w] = step.from;
  let sides = drawnBox(draws, s, step.from, step.box);
  let corner: Two;
  if (sides) corner = draws.below(s, 3, h - sides[0] + 1, w - sides[1] + 1);
  else {
    const [low, high] = step.box.ratio;
    const ratio = Math.min(Math.max(w / h, low), high);
    sides = [Math.min(h, Math.round(w / ratio)), Math.min(w, Math.round(h * ratio))];
    corner = [Math.floor((h - sides[0]) / 2), Math.floor((w - sides[1]) / 2)];
  }
  const centre = [0, 1].map((k) => {
    const [side, from] = [sides[k] as number, step.from[k] as number];
    return (corner[k] as number) + side / 2 - from / 2;
  });
  return [
    [sides[1] / step.to[1], 0, centre[1] as number],
    [0, sides[0] / step.to[0], centre[0] as number],
    [0, 0, 1],
  ];
}

const cross = (a: readonly number[], b: readonly number[]): number[] =>
  [0, 1, 2].map((k) => {
    const [i, j] = [(k + 1) % 3, (k + 2) % 3];
    return (a[i] as number) * (b[j] as number) - (a[j] as number) * (b[i] as number);
  });

/** The inverse, up to a factor, of the map from the unit square to four points (Heckbert 1989). */
function toSquare(p: readonly (readonly [number, number])[]): MatrixRows {
  const [p0, p1, p2, p3] = p as readonly [Two, Two, Two, Two];
  const of = (k: 0 | 1) => [p1[k] - p2[k], p3[k] - p2[k], p0[k] - p1[k] + p2[k] - p3[k]] as const;
  const [[rx, lx, sx], [ry, ly, sy]] = [of(0), of(1)];
  const det = rx * ly - lx * ry;
  const [g, h] = [(sx * ly - lx * sy) / det, (rx * sy - sx * ry) / det];
  const u = [p1[0] - p0[0] + g * p1[0], p1[1] - p0[1] + g * p1[1], g];
  const v = [p3[0] - p0[0] + h * p3[0], p3[1] - p0[1] + h * p3[1], h];
  const o = [p0[0], p0[1], 1];
  return [cross(v, o), cross(o, u), cross(u, v)];
}

function perspectiveOf(
  { from: [h, w], distortion = 0 }: GeometryStep,
  draws: ImageDraws,
  s: number,
) {
  const room = (n: number) => Math.trunc(distortion * Math.floor(n / 2)) + 1;
  const square: Two[] = [[0, 0], [w - 1, 0], [w - 1, h - 1], [0, h - 1]]; // biome-ignore format: corners
  const corners = square.map(([x, y], k) => {
    const [dx, dy] = draws.below(s, 4 + k, room(w), room(h));
    return [x + (x > 0 ? -dx : dx) - w / 2, y + (y > 0 ? -dy : dy) - h / 2] as const;
  });
  const back = product([[w - 1, 0, -w / 2], [0, h - 1, -h / 2], [0, 0, 1]], toSquare(corners)); // biome-ignore format: a matrix
  return back.map((row) => row.map((value) => value / (back[2]?.[2] as number)));
}

/**
 * Maps a point of the image after a step to the image before it, both relative to their centres; undefined if the step is
 * not taken.
 */
export function stepMatrix(
  step: GeometryStep,
  draws: ImageDraws,
  s: number,
): MatrixRows | undefined {
  if (!draws.takes(s, step.gate)) return undefined;
  const matrix = product(cropped(step, draws, s), affineOf(step, draws, s));
  return step.distortion ? product(matrix, perspectiveOf(step, draws, s)) : matrix;
}
