import { differentiable } from "../../autograd/node.ts";
import { ShapeError } from "../../core/errors.ts";
import { boolean, oneOf, optional, shape as shapeKind } from "../../core/kinds.ts";
import { type Shape, show } from "../../core/shape.ts";
import { checked, options } from "../../core/signature.ts";
import { type GridSampleOptions, sampling } from "../../kernels/sample/geometry.ts";
import { gridSample as gridSampleKernel } from "../../kernels/sample/grid.ts";
import { gridParts } from "../../kernels/sample/grid_parts.ts";
import { gridSlope } from "../../kernels/sample/grid_slope.ts";
import { tensor } from "../../tensor/create.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { view } from "../../tensor/view.ts";
import { addAt, zerosIn } from "../index/scatter.ts";
import { matmul } from "../matmul/matmul.ts";
import { reshape } from "../shape/reshape.ts";

export type { GridSampleOptions } from "../../kernels/sample/geometry.ts";

/**
 * Samples x [N, C, H, W] at the points grid [N, outH, outW, 2], pairs (gx, gy) with −1 and 1 at the edges of the image:
 * torch.nn.functional.grid_sample, y [N, C, outH, outW]. A NaN point gives NaN and no gradient. x and the grid have
 * gradients, both deterministic: the terms of dx are sorted by cell and summed in a fixed order. Throws `ShapeError`.
 *
 * @example
 * ```ts
 * import { affineGrid, gridSample, tensor } from "wgrad";
 * const x = tensor([[[[1, 2], [3, 4]]]]);
 * const mirrored = tensor([[[-1, 0, 0], [0, 1, 0]]]); // x → −x
 * console.log(await gridSample(x, affineGrid(mirrored, [1, 1, 2, 2])).read()); // [2, 1, 4, 3]
 * ```
 */
export const gridSample = /* @__PURE__ */ checked(
  "gridSample",
  {
    x: tensorKind,
    grid: tensorKind,
    options: /* @__PURE__ */ options<GridSampleOptions>({
      mode: /* @__PURE__ */ oneOf("bilinear", "nearest", "bicubic"),
      paddingMode: /* @__PURE__ */ oneOf("zeros", "border", "reflection"),
      alignCorners: boolean,
    }),
  },
  (x: Tensor, grid: Tensor, how: GridSampleOptions = {}): Tensor => {
    const { y } = run(gridSampleKernel, { x, grid }, how);
    const { image } = sampling("gridSample", x.shape, grid.shape);
    return differentiable("gridSample", { x, grid }, y, { x, grid }, (dy, saved, to) => {
      if (to.grid) {
        const inputs = { x: saved.x, grid: saved.grid, dy };
        to.grid.add(run(gridSlope, inputs, how, { dgrid: to.grid.into }).dgrid);
      }
      if (!to.x) return;
      const { parts, cells } = run(
        gridParts,
        { grid: saved.grid, dy },
        { ...how, imageSize: image },
      );
      const [n = 0, c = 0] = dy.shape;
      const dx = zerosIn(dy.engine, [n, c, image[0], image[1]], to.x.into);
      using flat = view(dx, [n, c, image[0] * image[1]]);
      addAt(flat, cells, parts, { axis: 2, by: "along" });
      parts.dispose();
      cells.dispose();
      to.x.add(dx);
    });
  },
);

/** Options of `affineGrid`. */
export interface AffineGridOptions {
  /** Whether −1 and 1 are the centres of the corner cells, rather than the edges of the image. Default false. */
  readonly alignCorners?: boolean;
}

/** Positions of n cells between −1 and 1. */
function centres(n: number, alignCorners: boolean): (i: number) => number {
  if (!alignCorners) return (i) => (2 * i + 1) / n - 1;
  return n === 1 ? () => 0 : (i) => (2 * i) / (n - 1) - 1;
}

/**
 * The grid [N, H, W, 2] with which `gridSample` reads cell (gx, gy) of the result at theta[n] · (gx, gy, 1), for theta [N,
 * 2, 3] and the result's size [N, C, H, W]: torch.nn.functional.affine_grid. theta has a gradient. Throws `ShapeError`.
 */
export const affineGrid = /* @__PURE__ */ checked(
  "affineGrid",
  {
    theta: tensorKind,
    size: shapeKind,
    options: /* @__PURE__ */ optional(
      /* @__PURE__ */ options<AffineGridOptions>({ alignCorners: boolean }),
    ),
  },
  (theta: Tensor, size: Shape, { alignCorners = false }: AffineGridOptions = {}): Tensor => {
    const [n = 0, c = 0, h = 0, w = 0] = size;
    const [batch, two, three] = theta.shape;
    const whole = [n, c, h, w].every((each) => Number.isInteger(each) && each >= 1);
    if (
      size.length !== 4 ||
      !whole ||
      theta.shape.length !== 3 ||
      batch !== n ||
      two !== 2 ||
      three !== 3
    ) {
      throw new ShapeError(
        `affineGrid: expected theta [N, 2, 3] and a size [N, C, H, W] of integers ≥ 1, got ${show(theta.shape, "theta")} ` +
          `and [${size.join(", ")}]; give a matrix for each image`,
      );
    }
    const [across, down] = [centres(w, alignCorners), centres(h, alignCorners)];
    const cells = Float32Array.from({ length: 3 * h * w }, (_, i) => {
      const cell = Math.floor(i / 3);
      return [across(cell % w), down(Math.floor(cell / w)), 1][i % 3] as number;
    });
    using base = tensor(cells, { shape: [h * w, 3], engine: theta.engine, name: "base" });
    using grid = matmul(base, theta, { transposeB: true });
    return reshape(grid, [n, h, w, 2]);
  },
);
