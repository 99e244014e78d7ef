import { ShapeError, ValueError } from "../../core/errors.ts";
import { type Shape, sameShape, show, size } from "../../core/shape.ts";
import { grid1d } from "../kernel.ts";
import type { Pair } from "../padding.ts";
import type { ImageSize } from "../pool/geometry.ts";

/** Size of the result, given directly or as a factor; PyTorch's names. */
export interface ResizeSizes {
  /** [H, W] of the result. */
  readonly size?: Pair | undefined;
  /** Factor for both axes, or [rows, columns]; the result has ⌊n · factor⌋ cells. */
  readonly scaleFactor?: Pair | undefined;
}

export interface NearestOptions extends ResizeSizes {
  /** Whether the cell under the output's centre is copied, rather than under its first edge. Default false. */
  readonly exact?: boolean | undefined;
}

export interface BilinearOptions extends ResizeSizes {
  /** Whether the centres of the corner cells coincide, rather than the edges of the images. Default false. */
  readonly alignCorners?: boolean;
}

export type { ImageSize } from "../pool/geometry.ts";

/** Positions of outputs on the input's axis: output i is at (i·step + shift)/unit. */
export interface ResizeAxis {
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly shift: number;
  readonly unit: number;
}

/** Sizes and axes for a resizing kernel. */
export interface Resizing {
  readonly planes: number;
  readonly rows: ResizeAxis;
  readonly columns: ResizeAxis;
  /** [N, C, outH, outW] */
  readonly output: Shape;
}

type CellMode = "nearest" | "exact" | "bilinear" | "corners";

/**
 * How x [N, C, H, W] is resized. Throws `ShapeError` unless x has four axes of at least one element, `ValueError` unless
 * exactly one of size and factor is given and the result has at least one cell.
 */
export function resizing(who: string, x: Shape, mode: CellMode, options: ResizeSizes): Resizing {
  if (x.length !== 4 || size(x) === 0) {
    throw new ShapeError(
      `${who}: expected x [N, C, H, W] with at least one element, got ${show(x)}; reshape it, or skip empty batches`,
    );
  }
  if ((options.size === undefined) === (options.scaleFactor === undefined)) {
    const got = options.size === undefined ? "neither" : "both";
    throw new ValueError(`${who}: expected size or scaleFactor, got ${got}; give one of them`);
  }
  const [n = 1, c = 1, h = 1, w = 1] = x;
  const [rows, columns] = [axisOf(who, 0, h, mode, options), axisOf(who, 1, w, mode, options)];
  return { planes: n * c, rows, columns, output: [n, c, rows.to, columns.to] };
}

/** The same for a gradient dy; throws `ShapeError` if its shape is not that of the resized image. */
export function gradResizing(
  who: string,
  dy: Shape,
  mode: CellMode,
  { imageSize, ...options }: ResizeSizes & ImageSize,
): Resizing {
  const r = resizing(who, [dy[0] ?? 0, dy[1] ?? 0, ...imageSize], mode, options);
  if (sameShape(dy, r.output)) return r;
  throw new ShapeError(
    `${who}: expected dy ${show(r.output)} for images of ${imageSize.join("×")}, got ${show(dy)}; ` +
      "pass the options and the image size of the forward pass",
  );
}

/** The uniform block of shaders/resize/axes.wgsl. */
function paramsOf({ rows, columns }: Resizing, count: number) {
  const both = (name: keyof ResizeAxis) => [rows[name], columns[name]] as const;
  return {
    ...{ image: both("from"), result: both("to") },
    ...{ step: both("step"), shift: both("shift"), unit: both("unit"), count },
  };
}

/** The plan without its outputs: one invocation per element of `made`. */
const planOf = (r: Resizing, made: Shape, flops: number) => ({
  params: paramsOf(r, size(made)),
  grid: grid1d(Math.ceil(size(made) / 64)),
  flops,
});

/** Plan of a kernel that computes y, with `flops` operations per element. */
export function resizePlan(r: Resizing, flops: number) {
  return { outputs: { y: r.output }, ...planOf(r, r.output, flops * size(r.output)) };
}

/** Plan of a kernel that computes dx, with `flops` operations per element of dy. */
export function resizeGradPlan(r: Resizing, flops: number) {
  const dx = [...r.output.slice(0, 2), r.rows.from, r.columns.from];
  return { outputs: { dx }, ...planOf(r, dx, flops * size(r.output)) };
}

/** How an axis of this length is resized; throws `ValueError` like `resizing`. */
export function axisOf(
  who: string,
  axis: 0 | 1,
  from: number,
  mode: CellMode,
  options: ResizeSizes,
): ResizeAxis {
  const pick = (value: Pair) => (typeof value === "number" ? value : value[axis]);
  const { size: wanted, scaleFactor } = options;
  const [up, down] =
    scaleFactor === undefined ? [pick(wanted ?? 0), from] : fraction(pick(scaleFactor));
  const to = scaleFactor === undefined ? up : Math.floor((from * up) / down);
  if (!Number.isInteger(to) || to < 1) {
    throw new ValueError(
      `${who}: expected a result of an integer ≥ 1 of cells an axis, got ${to} from ${from}; choose a larger ` +
        "size or scaleFactor",
    );
  }
  const common = gcd(up, down);
  const placed = { from, to, ...placing(mode, from, to, down / common, up / common) };
  if ((to + 1) * placed.step + placed.unit >= 2 ** 31 || (from + 1) * placed.unit >= 2 ** 31) {
    throw new ValueError(
      `${who}: expected sizes whose product is below 2³⁰, got ${from} to ${to}; resize in two steps`,
    );
  }
  return placed;
}

/** Positions if `p` input cells correspond to `q` output cells. */
function placing(mode: CellMode, from: number, to: number, p: number, q: number) {
  if (mode === "nearest") return { step: p, shift: 0, unit: q };
  if (mode === "exact") return { step: 2 * p, shift: p, unit: 2 * q }; // (i + ½)·p/q
  // centres: (i + ½)·p/q − ½
  if (mode === "bilinear") return { step: 2 * p, shift: p - q, unit: 2 * q };
  return { step: Math.max(from - 1, 1), shift: 0, unit: Math.max(to - 1, 1) };
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

const LARGEST = 2 ** 15;

/** A factor as a fraction of integers up to 2¹⁵, by continued fractions: 0.7 is 7/10. */
export function fraction(value: number): readonly [over: number, under: number] {
  if (!(value > 0 && value < LARGEST)) {
    throw new ValueError(
      `resize: expected a scaleFactor above 0 and below ${LARGEST}, got ${value}; give the size instead`,
    );
  }
  let [before, last]: [readonly [number, number], readonly [number, number]] = [
    [0, 1],
    [1, 0],
  ];
  let rest = value;
  while (last[1] === 0 || Math.abs(last[0] / last[1] - value) > 1e-9 * value) {
    const whole = Math.floor(rest);
    const next = [whole * last[0] + before[0], whole * last[1] + before[1]] as const;
    if (next[0] > LARGEST || next[1] > LARGEST) break;
    [before, last] = [last, next];
    rest = 1 / (rest - whole);
  }
  return last;
}

/** Position of output i of an axis: the cells before and after it, and its distance from the first as a fraction. */
export function located({ from, step, shift, unit }: ResizeAxis, i: number) {
  const position = Math.max(i * step + shift, 0) / unit;
  const low = Math.min(Math.floor(position), from - 1);
  return { low, high: Math.min(low + 1, from - 1), t: position - Math.floor(position) };
}
