import { add, mul } from "../../../ops/elementwise.ts";
import { interpolate } from "../../../ops/interpolate.ts";
import { tensor } from "../../../tensor/create.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import {
  axesFrom,
  type Call,
  floatOf,
  intOf,
  intsOf,
  type Operator,
  only,
  refusals,
  textOf,
  unable,
} from "../operator.ts";
import { alongAxis } from "./parts.ts";

/** One axis: its length before and after, and how many cells one becomes. */
interface Axis {
  readonly from: number;
  readonly to: number;
  readonly scale: number;
}

/** Where cell i of the result lies on the input's axis. */
const positions: Readonly<Record<string, (i: number, axis: Axis) => number>> = {
  half_pixel: (i, { scale }) => (i + 0.5) / scale - 0.5,
  pytorch_half_pixel: (i, { scale, to }) => (to > 1 ? (i + 0.5) / scale - 0.5 : 0),
  half_pixel_symmetric: (i, { from, to, scale }) => {
    const adjusted = to / (from * scale);
    return (from / 2) * (1 - adjusted) + (i + 0.5) / scale - 0.5;
  },
  align_corners: (i, { from, to }) => (to > 1 ? (i * (from - 1)) / (to - 1) : 0),
  asymmetric: (i, { scale }) => i / scale,
  tf_half_pixel_for_nn: (i, { scale }) => (i + 0.5) / scale,
};

const roundings: Readonly<Record<string, (x: number) => number>> = {
  round_prefer_floor: (x) => Math.ceil(x - 0.5),
  round_prefer_ceil: (x) => Math.floor(x + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

/** How a node resizes; Upsample, and Resize of opset 10, by the rules of their time. */
interface Plan {
  readonly mode: string;
  readonly coordinates: string;
  readonly rounding: string;
  readonly axes: readonly Axis[];
}

function planOf(call: Call): Plan {
  const mode = textOf(call, "mode", "nearest");
  const old = call.opset < 11 || call.node.op === "Upsample";
  const coordinates = textOf(
    call,
    "coordinate_transformation_mode",
    old ? "asymmetric" : "half_pixel",
  );
  const rounding = textOf(call, "nearest_mode", old ? "floor" : "round_prefer_floor");
  return { mode, coordinates, rounding, axes: old ? scaled(call, 1) : resized(call) };
}

/** Upsample has its scales as an attribute up to opset 8. */
function scaled(call: Call, input: number): Axis[] {
  const attribute = call.node.attributes.get("scales")?.floats;
  const scales = call.has(input) ? call.numbers(input) : (attribute ?? []);
  return call.shape(0).map((from, axis) => axisBy(from, scales[axis] ?? 1));
}

const axisBy = (from: number, scale: number): Axis => ({
  ...{ from, scale },
  to: Math.floor(from * Math.fround(scale) + 1e-9),
});

function resized(call: Call): Axis[] {
  const shape = call.shape(0);
  const axes = axesFrom(intsOf(call, "axes") ?? shape.map((_, axis) => axis), shape.length);
  const sizes = call.has(3) ? call.numbers(3) : [];
  const scales = call.has(2) ? call.numbers(2) : [];
  if (!sizes.length && !scales.length) unable("expected sizes or scales, got neither");
  return shape.map((from, axis) => {
    const at = axes.indexOf(axis);
    if (at < 0) return { from, to: from, scale: 1 };
    const to = sizes[at];
    return to === undefined ? axisBy(from, scales[at] ?? 1) : { from, to, scale: to / from };
  });
}

/** What the cells of a result are made of: for each tap the cell of the input, and its weight; no weights are all 1. */
interface Taps {
  readonly cells: number[][];
  readonly weights?: number[][];
}

const clip = (at: number, n: number): number => Math.min(Math.max(at, 0), n - 1);

function tapsOf(axis: Axis, { mode, coordinates, rounding }: Plan, call: Call): Taps {
  const place = positions[coordinates] as (i: number, axis: Axis) => number;
  const at = Array.from({ length: axis.to }, (_, i) => place(i, axis));
  if (mode === "nearest") {
    const round = roundings[rounding] as (x: number) => number;
    return { cells: [at.map((x) => clip(round(x), axis.from))] };
  }
  return weighted(
    at,
    axis.from,
    mode === "cubic" ? cubic(call) : linear,
    mode === "cubic" ? [-1, 0, 1, 2] : [0, 1],
  );
}

/** Cells around each position, at these distances from the one below it. */
function weighted(
  at: readonly number[],
  from: number,
  { weight, inside }: { weight: (distance: number) => number; inside: boolean },
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

const linear = { weight: (d: number) => Math.max(1 - d, 0), inside: false };

/** Keys' cubic convolution (1981) with the file's coefficient; by option cells beyond the image do not count. */
function cubic(call: Call) {
  const a = floatOf(call, "cubic_coeff_a", -0.75);
  const weight = (d: number) =>
    d <= 1
      ? (a + 2) * d ** 3 - (a + 3) * d ** 2 + 1
      : d < 2
        ? a * (d ** 3 - 5 * d ** 2 + 8 * d - 4)
        : 0;
  return { weight, inside: intOf(call, "exclude_outside", 0) === 1 };
}

/** Resizes one axis. */
function along(x: Tensor, axis: number, { cells, weights }: Taps): Tensor {
  const shape = x.shape.map((_, k) => (k === axis ? -1 : 1));
  const terms = cells.map((places, tap) => {
    const part = alongAxis(x, axis, places);
    const each = weights?.[tap];
    if (!each) return part;
    return mul(
      part,
      tensor(each, { shape: shape.map((n) => (n === -1 ? each.length : n)), engine: x.engine }),
    );
  });
  return terms.reduce((sum, term) => add(sum, term));
}

/** What `interpolate` does in one kernel: planes, nearest by ⌊i / scale⌋ or linear between pixel centres or corners. */
function asInterpolation(
  x: Tensor,
  { mode, coordinates, rounding, axes }: Plan,
): Tensor | undefined {
  const plane = axes.length === 4 && axes.slice(0, 2).every(({ from, to }) => from === to);
  const exact = axes.every(({ from, to, scale }) => Math.abs(from * scale - to) < 1e-6 * to);
  const [rows, columns] = axes.slice(2);
  if (!plane || !rows || !columns || x.size === 0) return undefined;
  const size = [rows.to, columns.to] as const;
  if (mode === "nearest") {
    const usual = exact && coordinates === "asymmetric" && rounding === "floor";
    return usual ? interpolate(x, { size }) : undefined;
  }
  if (mode !== "linear") return undefined;
  if (coordinates === "align_corners") {
    return interpolate(x, { mode: "bilinear", size, alignCorners: true });
  }
  const single = rows.to === 1 || columns.to === 1;
  const centres = coordinates === "half_pixel" || (coordinates === "pytorch_half_pixel" && !single);
  return exact && centres ? interpolate(x, { mode: "bilinear", size }) : undefined;
}

const resize: Operator = {
  host: [1, 2, 3],
  refuse: refusals(
    only("mode", "nearest", "linear", "cubic"),
    only("coordinate_transformation_mode", ...Object.keys(positions)),
    only("nearest_mode", ...Object.keys(roundings)),
    only("antialias", 0),
    only("keep_aspect_ratio_policy", "stretch"),
  ),
  run: (call) => {
    const plan = planOf(call);
    const x = call.tensor(0);
    const whole = asInterpolation(x, plan);
    if (whole) return whole;
    return plan.axes.reduce(
      (y, axis, k) =>
        axis.from === axis.to && axis.scale === 1 ? y : along(y, k, tapsOf(axis, plan, call)),
      x,
    );
  },
};

/** Resizing, by ONNX's names. */
export const resizing: Readonly<Record<string, Operator>> = {
  Resize: resize,
  Upsample: { ...resize, refuse: only("mode", "nearest", "linear") },
};
