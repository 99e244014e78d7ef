import { reference as bilinear } from "../kernels/resize/bilinear.ts";
import { reference as nearest } from "../kernels/resize/nearest.ts";
import { type InterpolateOptions, interpolate } from "./interpolate.ts";
import type { OpCase, OpCases } from "./op_case.ts";

const about = (
  name: string,
  { mode, ...options }: InterpolateOptions,
  shape: readonly number[],
): OpCase => ({
  name,
  inputs: [{ shape: [2, 2, 4, 5] }],
  run: (x) => interpolate(x, { ...(mode && { mode }), ...options }),
  reference: (x) => (mode === "bilinear" ? bilinear : nearest)({ x }, options).y,
  shape,
  tolerance: { length: 16 },
});

export const cases: OpCases = {
  interpolate: [
    about("nearest, by a factor", { scaleFactor: 2 }, [2, 2, 8, 10]),
    about("nearest, to a size", { size: [7, 3], mode: "nearest" }, [2, 2, 7, 3]),
    about("bilinear, by a factor", { scaleFactor: [1.5, 2], mode: "bilinear" }, [2, 2, 6, 10]),
    about("bilinear, to a smaller size", { size: 3, mode: "bilinear" }, [2, 2, 3, 3]),
    about(
      "bilinear, corners aligned",
      { size: [7, 9], mode: "bilinear", alignCorners: true },
      [2, 2, 7, 9],
    ),
  ],
};
