import type { Tensor } from "../../../../tensor/tensor.ts";
import { type Exporters, pairOf, refuse } from "../exporter.ts";
import type { GraphOut } from "../graph.ts";

/** An f32 factor with ⌊n · factor⌋ = m. */
function factorTo(n: number, m: number): number {
  const factor = Math.fround(m / n);
  return Math.floor(n * factor) < m ? Math.fround(factor * (1 + 2 ** -23)) : factor;
}

/** Whether each axis is enlarged or reduced by an integer factor. */
const dividesEvenly = (x: Tensor, out: Tensor): boolean =>
  [2, 3].every((axis) => {
    const [n, m] = [x.shape[axis] as number, out.shape[axis] as number];
    return n % m === 0 || m % n === 0;
  });

/** Nearest cells, gathered by their indices: with an f32 factor some would be wrong. */
function gathered(graph: GraphOut, x: Tensor, out: Tensor, isExact: boolean): string {
  return [2, 3].reduce((value, axis) => {
    const [n, m] = [x.shape[axis] as number, out.shape[axis] as number];
    const cells = Array.from({ length: m }, (_, i) =>
      Math.floor(((2 * i + (isExact ? 1 : 0)) * n) / (2 * m)),
    );
    return graph.node("Gather", [value, graph.integers(cells)], { axis });
  }, graph.name(x));
}

/** Names of modes, and positions of their cells. */
const modes = {
  nearest: { mode: "nearest", nearest_mode: "floor", coordinate_transformation_mode: "asymmetric" },
  "nearest-exact": {
    ...{ mode: "nearest", nearest_mode: "round_prefer_ceil" },
    coordinate_transformation_mode: "half_pixel",
  },
  bilinear: { mode: "linear", coordinate_transformation_mode: "half_pixel" },
  bicubic: {
    ...{ mode: "cubic", coordinate_transformation_mode: "half_pixel" },
    cubic_coeff_a: { float: -0.75 },
  },
};

/** Names of the modes of GridSample from opset 20 on. */
const sampling = { bilinear: "linear", nearest: "nearest", bicubic: "cubic" };

/** Resizing, and sampling at the points of a grid. */
export const resizing: Exporters = {
  gridSample: (graph, [x, grid, options = {}]) => {
    const { mode = "bilinear", paddingMode = "zeros", alignCorners = false } = options;
    if (graph.opset < 16) refuse("sampling at grid points, before opset 16");
    return graph.node("GridSample", [graph.name(x), graph.name(grid)], {
      mode: graph.opset >= 20 ? sampling[mode] : mode,
      padding_mode: paddingMode,
      align_corners: alignCorners ? 1 : 0,
    });
  },
  interpolate: (graph, [x, options = {}], out) => {
    const { mode = "nearest", alignCorners = false, scaleFactor, antialias = false } = options;
    if (antialias) refuse("antialiased resizing");
    const isNearest = mode === "nearest" || mode === "nearest-exact";
    if (isNearest && scaleFactor === undefined && !dividesEvenly(x, out)) {
      return gathered(graph, x, out, mode === "nearest-exact");
    }
    const given = scaleFactor === undefined ? undefined : pairOf(scaleFactor);
    const factors = ([0, 1] as const).map((axis) => {
      const [n, m] = [x.shape[axis + 2] as number, out.shape[axis + 2] as number];
      return given?.[axis] ?? factorTo(n, m);
    });
    const scales = graph.constant("float", [4], [1, 1, ...factors].map(Math.fround));
    return graph.node("Resize", [graph.name(x), "", scales], {
      ...modes[mode],
      ...(alignCorners && { coordinate_transformation_mode: "align_corners" }),
    });
  },
};
