import { ValueError } from "../../core/errors.ts";
import { blocksOf, type Geometry, geometryOverrides } from "./geometry.ts";

/** Maximum number of taps along an axis that the depthwise kernels keep in registers. */
const MOST_TAPS = 7;
/** Columns that a thread keeps on either side of its four. */
const MOST_ASIDE = 3;
/** Rows of a strip: shorter strips read the rows around them too often, longer ones leave too few threads. */
const ROWS = 8;

/** True for convolutions of single channels whose window moves by `by` and reaches 3 columns to either side at most. */
export function isDepthwise(
  { inC, kernel: [kh, kw], stride, dilation, padding }: Geometry,
  by = 1,
) {
  const [left, right] = [padding[1], kw - 1 - padding[1]];
  return (
    inC === 1 &&
    Math.max(kh, kw) <= MOST_TAPS &&
    stride.every((step) => step === by) &&
    dilation.every((step) => step === 1) &&
    right >= 0 &&
    Math.max(left, right) <= MOST_ASIDE
  );
}

/** True for strides of 1 or 2 along both axes. */
export const isDepthwiseLayer = (g: Geometry): boolean => isDepthwise(g) || isDepthwise(g, 2);

/** Throws unless the depthwise kernels can do it, and says which kernel does. */
export function checkDepthwise(who: string, fits: boolean, other: string, strides = "1"): void {
  if (fits) return;
  throw new ValueError(
    `${who}: expected a depthwise convolution of stride ${strides} and dilation 1 with up to ${MOST_TAPS} taps an axis, ` +
      `${MOST_ASIDE} of them or fewer on either side; use ${other}`,
  );
}

/** How strips of four columns cover planes of `height` × `width`: their number in a plane, and threads in all. */
export function strips(planes: number, [height, width]: readonly [number, number]) {
  const slices = blocksOf(height, ROWS);
  return { slices, threads: planes * slices * blocksOf(width, 4) };
}

/** The geometry's overrides, and how many taps lie left of the column they belong to. */
export const spanOverrides = (g: Geometry, left: number) => ({
  ...geometryOverrides(g),
  LEFT: left,
});

/** Rows are read and written four columns at a time where that divides all of them. */
export const rowSlot = ({ input, output }: Geometry): "four" | "any" =>
  input[1] % 4 === 0 && output[1] % 4 === 0 ? "four" : "any";
