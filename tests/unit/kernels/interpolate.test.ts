import { describe, expect, test } from "vitest";
import type { Shape } from "../../../src/core/shape.ts";
import type { HostTensor } from "../../../src/kernels/kernel.ts";
import { reference as along } from "../../../src/kernels/resize/along.ts";
import { reference as alongGrad } from "../../../src/kernels/resize/along_grad.ts";
import { reference as bicubic } from "../../../src/kernels/resize/bicubic.ts";
import { reference as bicubicGrad } from "../../../src/kernels/resize/bicubic_grad.ts";
import { reference as nearest } from "../../../src/kernels/resize/nearest.ts";
import { reference as nearestGrad } from "../../../src/kernels/resize/nearest_grad.ts";
import { filled, goldenLines } from "../../support/golden_arrays.ts";

/** Expected values from torch, made by tests/golden/interpolate.py, which has the formulas of x and dy. */
interface Known {
  readonly mode: "nearest-exact" | "bilinear" | "bicubic";
  readonly options: {
    readonly size?: readonly [number, number];
    readonly scaleFactor?: readonly [number, number];
    readonly alignCorners?: boolean;
    readonly antialias?: boolean;
  };
  readonly image: readonly [number, number];
  readonly shape: Shape;
  readonly y: readonly number[];
  readonly dx: readonly number[];
}

const known = goldenLines<Known>("interpolate");

/** Resizes columns, then rows; the gradient rows, then columns. */
function antialiased(
  { mode, options, image: [h, w], shape }: Known,
  x: HostTensor,
  dy: HostTensor,
) {
  const filter = mode === "bicubic" ? "cubic" : "triangle";
  const of = (k: 0 | 1) =>
    ({ size: options.size?.[k], scaleFactor: options.scaleFactor?.[k], filter }) as const;
  const columns = [1, 2, h, shape[3] as number];
  const across = along({ x }, { axis: 3, ...of(1) }).y;
  const { y } = along({ x: { shape: columns, data: across } }, { axis: 2, ...of(0) });
  const back = alongGrad({ dy }, { axis: 2, length: h, ...of(0) }).dx;
  const upstream = { shape: columns, data: back };
  return { y, dx: alongGrad({ dy: upstream }, { axis: 3, length: w, ...of(1) }).dx };
}

function resized(each: Known, x: HostTensor, dy: HostTensor) {
  const { antialias, ...options } = each.options;
  if (antialias) return antialiased(each, x, dy);
  const grad = { ...options, imageSize: each.image };
  if (each.mode === "bicubic") {
    return { y: bicubic({ x }, options).y, dx: bicubicGrad({ dy }, grad).dx };
  }
  const exact = true;
  return {
    y: nearest({ x }, { ...options, exact }).y,
    dx: nearestGrad({ dy }, { ...grad, exact }).dx,
  };
}

describe("the references of resizing, and of its gradient, give what torch gives:", () => {
  for (const each of known) {
    test(`${each.mode} ${each.image} ${JSON.stringify(each.options)}`, () => {
      const x = filled([1, 2, ...each.image], (i) => Math.sin(0.7 * i + 0.1 * i * i));
      const dy = filled(each.shape, (i) => Math.cos(0.9 * i + 0.05 * i * i));
      const found = resized(each, x, dy);
      for (const name of ["y", "dx"] as const) {
        expect(found[name].length).toBe(each[name].length);
        each[name].forEach((value, i) => {
          expect(found[name][i]).toBeCloseTo(value, 7);
        });
      }
    });
  }
});
