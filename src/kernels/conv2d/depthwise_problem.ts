import { ValueError } from "../../core/errors.ts";
import { blocksOf, type Geometry, geometryOverrides } from "./geometry.ts";

/** Maximum number of taps along an axis that the depthwise kernels keep in registers. */
const MOST_TAPS = 7;
/** Number of columns that a thread keeps on either side of its four. */
const MOST_ASIDE = 3;
/** Rows of a strip: shorter strips read the rows around them too often, longer ones leave too few threads. */
const ROWS = 8;

/** True for depthwise convolutions with stride `by` whose window extends at most 3 columns to either side. */
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

/** True for depthwise convolutions with stride 1 or 2 along both axes. */
export const isDepthwiseLayer = (g: Geometry): boolean => isDepthwise(g) || isDepthwise(g, 2);

/** Throws unless `fits`, the condition of a depthwise kernel; the message names the kernel to use instead. */
export function checkDepthwise(who: string, fits: boolean, other: string, strides = "1"): void {
  if (fits) return;
  throw new ValueError(
    `${who}: expected a depthwise convolution of stride ${strides} and dilation 1 with up to ${MOST_TAPS} taps an axis, ` +
      `${MOST_ASIDE} of them or fewer on either side; use ${other}`,
  );
}

/** How strips of four columns cover planes of `height` × `width`: number of slices per plane, and number of threads. */
export function strips(planes: number, [height, width]: readonly [number, number]) {
  const slices = blocksOf(height, ROWS);
  return { slices, threads: planes * slices * blocksOf(width, 4) };
}

/** The geometry's overrides, and the number of taps to the left of the column they are computed for. */
export const spanOverrides = (g: Geometry, left: number) => ({
  ...geometryOverrides(g),
  LEFT: left,
});

/** Reads and writes four columns at a time if 4 divides the width of input and output. */
export const rowSlot = ({ input, output }: Geometry): "four" | "any" =>
  input[1] % 4 === 0 && output[1] % 4 === 0 ? "four" : "any";
