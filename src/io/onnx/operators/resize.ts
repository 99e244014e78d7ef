import { where } from "../../../ops/elementwise/compare.ts";
import { add, mul } from "../../../ops/elementwise/elementwise.ts";
import { interpolate } from "../../../ops/image/interpolate.ts";
import { tensor } from "../../../tensor/create.ts";
import type { Tensor } from "../../../tensor/tensor.ts";
import {
  axesFrom,
  floatOf,
  intOf,
  intsOf,
  type NodeCall,
  type Operator,
  only,
  refusals,
  textOf,
  unable,
} from "../operator.ts";
import { alongAxis } from "./parts.ts";
import {
  type OnnxAxis,
  placesOf,
  positions,
  type ResizePlan,
  roundings,
  type Taps,
  tapsOf,
} from "./resize_axes.ts";

function planOf(call: NodeCall): ResizePlan {
  const mode = textOf(call, "mode", "nearest");
  const old = call.opset < 11 || call.node.op === "Upsample";
  const coordinates = textOf(
    call,
    "coordinate_transformation_mode",
    old ? "asymmetric" : "half_pixel",
  );
  const rounding = textOf(call, "nearest_mode", old ? "floor" : "round_prefer_floor");
  return {
    ...{ mode, coordinates, rounding },
    antialias: intOf(call, "antialias", 0) === 1,
    slope: floatOf(call, "cubic_coeff_a", -0.75),
    inside: intOf(call, "exclude_outside", 0) === 1,
    axes: old ? scaled(call, 1) : resized(call, coordinates === "tf_crop_and_resize"),
  };
}

/** The scales of Upsample are an attribute up to opset 8. */
function scaled(call: NodeCall, input: number): OnnxAxis[] {
  const attribute = call.node.attributes.get("scales")?.floats;
  const scales = call.has(input) ? call.numbers(input) : (attribute ?? []);
  return call.shape(0).map((from, axis) => axisBy(from, scales[axis] ?? 1));
}

const axisBy = (from: number, scale: number): OnnxAxis => ({
  ...{ from, scale },
  to: Math.floor(from * Math.fround(scale) + 1e-9),
});

function resized(call: NodeCall, crops: boolean): OnnxAxis[] {
  const shape = call.shape(0);
  const axes = axesFrom(intsOf(call, "axes") ?? shape.map((_, axis) => axis), shape.length);
  const sizes = call.has(3) ? call.numbers(3) : [];
  const scales = call.has(2) ? call.numbers(2) : [];
  const region = crops && call.has(1) ? call.numbers(1) : [];
  if (!sizes.length && !scales.length)
    unable("expected sizes or scales, got neither; is the model sound?");
  if (crops && region.length !== 2 * axes.length) {
    unable(
      `expected a region to crop of ${2 * axes.length} numbers as roi, got ${region.length}; is the model sound?`,
    );
  }
  const kept = ratioOf(call, axes, sizes);
  return shape.map((from, axis) => {
    const at = axes.indexOf(axis);
    if (at < 0) return { from, to: from, scale: 1 };
    const [start = 0, end = 1] = [region[at], region[at + axes.length]];
    const crop = crops ? { crop: [start, end] as const } : {};
    if (kept !== undefined)
      return { from, to: Math.floor(kept * from + 0.5), scale: kept, ...crop };
    const to = sizes[at];
    if (to === undefined) return { ...axisBy(from, scales[at] ?? 1), ...crop };
    return { from, to, scale: to / from, ...crop };
  });
}

/** The common factor of all axes, if the aspect ratio must be kept. */
function ratioOf(
  call: NodeCall,
  axes: readonly number[],
  sizes: readonly number[],
): number | undefined {
  const policy = textOf(call, "keep_aspect_ratio_policy", "stretch");
  if (policy === "stretch" || !sizes.length) return undefined;
  const scales = axes.map((axis, at) => (sizes[at] ?? 1) / (call.shape(0)[axis] as number));
  return policy === "not_larger" ? Math.min(...scales) : Math.max(...scales);
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

/** The value of cells that a crop takes from outside the image. */
function outside(x: Tensor, axis: number, places: readonly number[], value: number, from: number) {
  const within = places.map((at) => Number(at >= 0 && at <= from - 1));
  if (!within.includes(0)) return x;
  const shape = x.shape.map((_, k) => (k === axis ? within.length : 1));
  return where(tensor(within, { shape, engine: x.engine }), x, value);
}

/** Uses `interpolate` if it gives the same result: rows and columns are resized, with PyTorch's positions and weights. */
function asInterpolation(x: Tensor, plan: ResizePlan): Tensor | undefined {
  const { mode, coordinates, rounding, antialias, axes } = plan;
  const plane = axes.length === 4 && axes.slice(0, 2).every(({ from, to }) => from === to);
  const exact = axes.every(({ from, to, scale }) => Math.abs(from * scale - to) < 1e-6 * to);
  const [rows, columns] = axes.slice(2);
  if (!plane || !rows || !columns || x.size === 0) return undefined;
  const size = [rows.to, columns.to] as const;
  if (mode === "nearest") {
    const usual = exact && coordinates === "asymmetric" && rounding === "floor";
    return usual ? interpolate(x, { size }) : undefined;
  }
  const smooth = mode === "linear" ? "bilinear" : "bicubic";
  if (!asTorch(plan)) return undefined;
  if (coordinates === "align_corners") {
    return antialias ? undefined : interpolate(x, { mode: smooth, size, alignCorners: true });
  }
  const single = rows.to === 1 || columns.to === 1;
  const centres = coordinates === "half_pixel" || (coordinates === "pytorch_half_pixel" && !single);
  return exact && centres ? interpolate(x, { mode: smooth, size, antialias }) : undefined;
}

/**
 * Whether the weights of cells are PyTorch's: with antialiasing normalised within the image, otherwise with the edge
 * repeated.
 */
function asTorch({ mode, antialias, slope, inside }: ResizePlan): boolean {
  if (mode === "cubic" && slope !== (antialias ? -0.5 : -0.75)) return false;
  return antialias ? inside : mode === "linear" || !inside;
}

const resize: Operator = {
  host: [1, 2, 3],
  refuse: refusals(
    only("mode", "nearest", "linear", "cubic"),
    only("coordinate_transformation_mode", ...Object.keys(positions)),
    only("nearest_mode", ...Object.keys(roundings)),
    only("keep_aspect_ratio_policy", "stretch", "not_larger", "not_smaller"),
  ),
  run: (call) => {
    const plan = planOf(call);
    const x = call.tensor(0);
    const whole = asInterpolation(x, plan);
    if (whole) return whole;
    const beside = floatOf(call, "extrapolation_value", 0);
    return plan.axes.reduce((y, axis, k) => {
      if (axis.from === axis.to && axis.scale === 1 && !axis.crop) return y;
      const made = along(y, k, tapsOf(axis, plan));
      return axis.crop ? outside(made, k, placesOf(axis, plan), beside, axis.from) : made;
    }, x);
  },
};

/** Resizing, by ONNX's names. */
export const resizing: Readonly<Record<string, Operator>> = {
  Resize: resize,
  Upsample: { ...resize, refuse: only("mode", "nearest", "linear") },
};
