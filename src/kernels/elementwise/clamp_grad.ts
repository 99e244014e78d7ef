import shader from "#shaders/elementwise/clamp_grad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { sameShape, show, size } from "../../core/shape.ts";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";
import { type ClampOptions, clampBounds } from "./clamp.ts";

/**
 * Gradient of `clamp`: `dx = dy` inside the bounds and on them, 0 outside and where x is NaN, as in PyTorch. Throws
 * `ShapeError` unless dy and x have the same shape.
 */
export const clampGrad = kernel(shader, ({ dy, x }, options: ClampOptions) => {
  if (!sameShape(dy, x)) {
    throw new ShapeError(
      `clampGrad: expected dy of x's shape ${show(x)}, got ${show(dy)}; pass the gradient of clamp(x)`,
    );
  }
  return {
    outputs: { dx: x },
    params: { count: size(x), ...clampBounds(options) },
    grid: grid256(size(x)),
    flops: 2 * size(x),
    pointwise: { shape: x, scalars: ["low", "high"] },
  };
});

export const reference: Reference<typeof clampGrad> = ({ dy, x }, options) => {
  const { low, high } = clampBounds(options);
  const slope = (value: number) => (value >= low && value <= high ? 1 : 0);
  return {
    dx: Float64Array.from(x.data, (value, i) => (slope(value) ? (dy.data[i] as number) : 0)),
  };
};

const special = [0, -1, 1, 0.5, -1.0000001, 1.0000001, Infinity, -Infinity, Number.NaN];
const hostile = { shape: [special.length], fill: (i: number) => special[i] as number };
const dy = [special.length];

export const cases: Case<typeof clampGrad>[] = [
  {
    name: "both bounds",
    inputs: { dy: [3, 67], x: [3, 67] },
    options: { min: -1, max: 0.5 },
    tolerance: "exact",
  },
  {
    name: "1 on both bounds, 0 just outside, 0 at NaN",
    inputs: { dy, x: hostile },
    options: { min: -1, max: 1 },
    tolerance: "exact",
  },
  { name: "only min", inputs: { dy, x: hostile }, options: { min: 0 }, tolerance: "exact" },
  { name: "only max", inputs: { dy, x: hostile }, options: { max: 0 }, tolerance: "exact" },
  {
    name: "an infinite gradient outside is dropped, not multiplied",
    inputs: { dy: { shape: [2], fill: () => Infinity }, x: { shape: [2], fill: (i) => i * 3 } },
    options: { min: -1, max: 1 },
    tolerance: "exact",
  },
  { name: "no elements", inputs: { dy: [0], x: [0] }, options: { max: 1 } },
];

export { kinds } from "./clamp.ts";
