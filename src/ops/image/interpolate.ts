import { differentiable } from "../../autograd/node.ts";
import { ValueError } from "../../core/errors.ts";
import { boolean, oneOf, pair } from "../../core/kinds.ts";
import { checked, options } from "../../core/signature.ts";
import type { Pair } from "../../kernels/padding.ts";
import { resizeAlong } from "../../kernels/resize/along.ts";
import { resizeAlongGrad } from "../../kernels/resize/along_grad.ts";
import { type BilinearOptions, resizing } from "../../kernels/resize/axes.ts";
import { resizeBicubic } from "../../kernels/resize/bicubic.ts";
import { resizeBicubicGrad } from "../../kernels/resize/bicubic_grad.ts";
import { resizeBilinear } from "../../kernels/resize/bilinear.ts";
import { resizeBilinearGrad } from "../../kernels/resize/bilinear_grad.ts";
import type { Filter } from "../../kernels/resize/filter.ts";
import { resizeNearest } from "../../kernels/resize/nearest.ts";
import { resizeNearestGrad } from "../../kernels/resize/nearest_grad.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";

type Mode = "nearest" | "nearest-exact" | "bilinear" | "bicubic";

/** Options of `interpolate`. */
export interface InterpolateOptions extends BilinearOptions {
  /** Interpolation between pixels. Default "nearest". */
  readonly mode?: Mode;
  /** For "bilinear" and "bicubic": averages all cells under an output when the result is smaller. Default false. */
  readonly antialias?: boolean;
}

/** Kinds of the options. */
export const interpolateKind = /* @__PURE__ */ options<InterpolateOptions>({
  ...{ size: pair, scaleFactor: pair, alignCorners: boolean, antialias: boolean },
  mode: /* @__PURE__ */ oneOf("nearest", "nearest-exact", "bilinear", "bicubic"),
});

const kernels = {
  nearest: [resizeNearest, resizeNearestGrad, {}],
  "nearest-exact": [resizeNearest, resizeNearestGrad, { exact: true }],
  bilinear: [resizeBilinear, resizeBilinearGrad, {}],
  bicubic: [resizeBicubic, resizeBicubicGrad, {}],
} as const;

const filters: Readonly<Record<Mode, Filter | undefined>> = {
  nearest: undefined,
  "nearest-exact": undefined,
  bilinear: "triangle",
  bicubic: "cubic",
};

/**
 * x [N, C, H, W] resized to `size`, or by `scaleFactor`: by copying one cell (under the output's first edge for "nearest",
 * as in old versions of PyTorch; under its centre for "nearest-exact"), or by interpolating between four or sixteen cells;
 * positions and edges as in PyTorch. Throws `ShapeError`, and `ValueError` for options that cannot be combined: "bilinear"
 * and "bicubic" take either `alignCorners` or `antialias`, other modes neither.
 *
 * @example
 * ```ts
 * import { interpolate, tensor } from "wgrad";
 * const x = tensor([[[[0, 1]]]]);
 * const y = interpolate(x, { size: [1, 4], mode: "bilinear" });
 * console.log(await y.read()); // [0, 0.25, 0.75, 1]
 * ```
 */
export const interpolate = /* @__PURE__ */ checked(
  "interpolate",
  { x: tensorKind, options: interpolateKind },
  (
    x: Tensor,
    { mode = "nearest", antialias = false, ...rest }: InterpolateOptions = {},
  ): Tensor => {
    checkTogether(mode, antialias, rest);
    const filter = antialias ? filters[mode] : undefined;
    if (filter) return antialiased(x, filter, rest);
    const [forward, backward, more] = kernels[mode];
    const given = { ...rest, ...more };
    const { y } = run(forward, { x }, given);
    const grad = { ...given, imageSize: [x.shape[2] ?? 0, x.shape[3] ?? 0] as const };
    return differentiable("interpolate", { x }, y, {}, (dy, _saved, { x: dx }) => {
      dx?.add(run(backward, { dy }, grad, { dx: dx.into }).dx);
    });
  },
);

function checkTogether(mode: Mode, antialias: boolean, { alignCorners }: BilinearOptions): void {
  const smooth = filters[mode] !== undefined;
  if (!smooth && (alignCorners !== undefined || antialias)) {
    throw new ValueError(
      `interpolate: expected ${antialias ? "antialias" : "alignCorners"} with mode "bilinear" or "bicubic", got it with ` +
        `"${mode}"; leave it out`,
    );
  }
  if (!(antialias && alignCorners)) return;
  throw new ValueError(
    "interpolate: expected antialias or alignCorners, got both; antialias needs alignCorners: false",
  );
}

/** Resizes columns first, then rows. */
function antialiased(x: Tensor, filter: Filter, { size, scaleFactor }: BilinearOptions): Tensor {
  resizing("interpolate", x.shape, "bilinear", { size, scaleFactor });
  const of = (value: Pair | undefined, axis: 0 | 1) =>
    typeof value === "object" ? value[axis] : value;
  const along = (axis: 0 | 1) => ({
    size: of(size, axis),
    scaleFactor: of(scaleFactor, axis),
    filter,
  });
  const across = resizedAlong(x, { axis: 3, ...along(1) });
  const y = resizedAlong(across, { axis: 2, ...along(0) });
  across.dispose();
  return y;
}

function resizedAlong(x: Tensor, how: Parameters<typeof resizeAlong.plan>[1]): Tensor {
  const { y } = run(resizeAlong, { x }, how);
  const grad = { ...how, length: x.shape[how.axis] as number };
  return differentiable("interpolate", { x }, y, {}, (dy, _saved, { x: dx }) => {
    dx?.add(run(resizeAlongGrad, { dy }, grad, { dx: dx.into }).dx);
  });
}
