import { ValueError } from "../../core/errors.ts";
import { axisOf, type ResizeAxis } from "./axes.ts";

/** Weights of the cells under an output: linearly decreasing, or R. G. Keys' cubic with a = −1/2. */
export type Filter = "triangle" | "cubic";

export interface AlongOptions {
  /** Number of cells of the result. */
  readonly size?: number | undefined;
  /** The result has ⌊n · factor⌋ cells. */
  readonly scaleFactor?: number | undefined;
  /** Weights. Default "triangle". */
  readonly filter?: Filter | undefined;
  /** Range of outputs to compute. Default all. */
  readonly keep?: readonly [first: number, count: number] | undefined;
}

/** One axis of a resized image, and which of its cells are computed. */
export interface FilteredAxis {
  readonly axis: ResizeAxis;
  readonly filter: Filter;
  readonly first: number;
  readonly count: number;
}

/** Throws `ValueError` for an invalid size or range of outputs. */
export function alongOf(
  who: string,
  from: number,
  { filter = "triangle", keep, ...size }: AlongOptions,
): FilteredAxis {
  const axis = axisOf(who, 0, from, "bilinear", size);
  const [first, count] = keep ?? [0, axis.to];
  if (!(Number.isInteger(first) && first >= 0 && count >= 1 && first + count <= axis.to)) {
    throw new ValueError(
      `${who}: expected to keep cells within 0..${axis.to}, got ${count} from ${first} on; leave keep out for all`,
    );
  }
  return { axis, filter, first, count };
}

/** `Line` of shaders/resize/taps.wgsl: the filter is as wide as an output, but at least two cells. */
export function lineOf({ axis: { step, shift, unit }, filter }: FilteredAxis) {
  const reach = filter === "cubic" ? 2 : 1;
  return { step, shift, unit, span: reach * Math.max(step, unit) };
}

/** Approximate number of cells that an output reads. */
export const tapsOf = (along: FilteredAxis): number =>
  2 * (lineOf(along).span / along.axis.unit) + 1;

/** R. G. Keys' cubic, with slope a where it reaches 0 at 1. */
export function keys(t: number, a: number): number {
  if (t < 1) return (a + 2) * t ** 3 - (a + 3) * t ** 2 + 1;
  return t < 2 ? a * (t ** 3 - 5 * t ** 2 + 8 * t - 4) : 0;
}

const filters: Readonly<Record<Filter, (t: number) => number>> = {
  triangle: (t) => Math.max(1 - t, 0),
  cubic: (t) => keys(t, -0.5),
};

/** For the reference: the weights of the input's cells in an output, in float64, with sum 1. */
export function weightsOf({ axis, filter }: FilteredAxis, output: number): Float64Array {
  const centre = (output * axis.step + axis.shift) / axis.unit;
  const wide = Math.max(axis.step / axis.unit, 1);
  const weights = Float64Array.from({ length: axis.from }, (_, cell) =>
    filters[filter](Math.abs(cell - centre) / wide),
  );
  const total = weights.reduce((sum, each) => sum + each, 0);
  return weights.map((each) => each / total);
}
