import shader from "#shaders/elementwise/clamp.wgsl";
import { ValueError } from "../../core/errors.ts";
import { number } from "../../core/kinds.ts";
import { size } from "../../core/shape.ts";
import { type Case, grid256, kernel, type Reference } from "../kernel.ts";

/** Bounds of `clamp`; at least one must be given. */
export interface ClampOptions {
  /** Minimum of the result. Default: none. */
  readonly min?: number | undefined;
  /** Maximum of the result. Default: none. */
  readonly max?: number | undefined;
}

/** The bounds as numbers; a missing one is infinite. Throws `ValueError` if both are missing or one is NaN. */
export function clampBounds({ min, max }: ClampOptions): { low: number; high: number } {
  const [low, high] = [min ?? -Infinity, max ?? Infinity];
  if ((min === undefined && max === undefined) || Number.isNaN(low) || Number.isNaN(high)) {
    throw new ValueError(
      `clamp: expected min, max or both as numbers, got { min: ${min}, max: ${max} }; name at least one bound`,
    );
  }
  return { low, high };
}

/** `y = min(max(x, low), high)`, elementwise. NaN stays NaN; where min > max, y = max, as in PyTorch. */
export const clamp = kernel(shader, ({ x }, options: ClampOptions) => ({
  outputs: { y: x },
  params: { count: size(x), ...clampBounds(options) },
  grid: grid256(size(x)),
  flops: 2 * size(x),
  pointwise: { shape: x, scalars: ["low", "high"] },
}));

export const kinds = () => ({ min: number, max: number });

export const reference: Reference<typeof clamp> = ({ x }, options) => {
  const { low, high } = clampBounds(options);
  return { y: Float64Array.from(x.data, (value) => Math.min(Math.max(value, low), high)) };
};

const special = [0, -1, 1, 0.5, -0.75, 3e38, -3e38, Infinity, -Infinity, Number.NaN, 1.5];
const hostile = { shape: [special.length], fill: (i: number) => special[i] as number };

export const cases: Case<typeof clamp>[] = [
  {
    name: "both bounds",
    inputs: { x: [3, 67] },
    options: { min: -1, max: 0.5 },
    tolerance: "exact",
  },
  { name: "only min", inputs: { x: hostile }, options: { min: -0.75 }, tolerance: "exact" },
  { name: "only max", inputs: { x: hostile }, options: { max: 0.5 }, tolerance: "exact" },
  {
    name: "safety: NaN stays NaN",
    inputs: { x: hostile },
    options: { min: -1, max: 1 },
    tolerance: "exact",
  },
  {
    name: "min above max gives max",
    inputs: { x: hostile },
    options: { min: 2, max: 1 },
    tolerance: "exact",
  },
  { name: "no elements", inputs: { x: [3, 0] }, options: { min: 0 } },
];
