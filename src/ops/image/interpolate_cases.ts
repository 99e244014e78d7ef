import { reference as along } from "../../kernels/resize/along.ts";
import { reference as bicubic } from "../../kernels/resize/bicubic.ts";
import { reference as bilinear } from "../../kernels/resize/bilinear.ts";
import { reference as nearest } from "../../kernels/resize/nearest.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import { type InterpolateOptions, interpolate } from "./interpolate.ts";

const references = {
  nearest,
  "nearest-exact": (x: Parameters<typeof nearest>[0], options: object) =>
    nearest(x, { ...options, exact: true }),
  bilinear,
  bicubic,
};

const about = (
  name: string,
  { mode, ...options }: InterpolateOptions,
  shape: readonly number[],
): OpCase => ({
  name,
  inputs: [{ shape: [2, 2, 4, 5] }],
  run: (x) => interpolate(x, { ...(mode && { mode }), ...options }),
  reference: (x) => references[mode ?? "nearest"]({ x }, options).y,
  shape,
  tolerance: { length: 16 },
});

/** An antialiased case; its reference resizes the width first and then the height. */
const smooth = (
  name: string,
  mode: "bilinear" | "bicubic",
  [h, w]: readonly [number, number],
): OpCase => ({
  name,
  inputs: [{ shape: [2, 2, 5, 7] }],
  run: (x) => interpolate(x, { mode, size: [h, w], antialias: true }),
  reference: (x) => {
    const filter = mode === "bicubic" ? "cubic" : "triangle";
    const data = along({ x }, { axis: 3, size: w, filter }).y;
    return along({ x: { shape: [2, 2, 5, w], data } }, { axis: 2, size: h, filter }).y;
  },
  shape: [2, 2, h, w],
  tolerance: { length: 32 },
});

export const cases: OpCases = {
  interpolate: [
    about("nearest, by a factor", { scaleFactor: 2 }, [2, 2, 8, 10]),
    about("nearest, to a size", { size: [7, 3], mode: "nearest" }, [2, 2, 7, 3]),
    about("nearest-exact, to a size", { size: [7, 3], mode: "nearest-exact" }, [2, 2, 7, 3]),
    about("bilinear, by a factor", { scaleFactor: [1.5, 2], mode: "bilinear" }, [2, 2, 6, 10]),
    about("bilinear, to a smaller size", { size: 3, mode: "bilinear" }, [2, 2, 3, 3]),
    about(
      "bilinear, corners aligned",
      { size: [7, 9], mode: "bilinear", alignCorners: true },
      [2, 2, 7, 9],
    ),
    about("bicubic, by a factor", { scaleFactor: [1.5, 2], mode: "bicubic" }, [2, 2, 6, 10]),
    about(
      "bicubic, corners aligned",
      { size: [7, 3], mode: "bicubic", alignCorners: true },
      [2, 2, 7, 3],
    ),
    smooth("bilinear, antialiased, smaller", "bilinear", [2, 3]),
    smooth("bicubic, antialiased, larger and smaller", "bicubic", [9, 4]),
  ],
};
