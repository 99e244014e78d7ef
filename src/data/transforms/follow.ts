import { ShapeError, ValueError } from "../../core/errors.ts";
import { type Size, show } from "../../core/shape.ts";
import { augmentBoxes as boxesKernel } from "../../kernels/augment/boxes.ts";
import { augmentGeometry as geometry } from "../../kernels/augment/geometry.ts";
import type { Stream } from "../../kernels/random/stream.ts";
import { cast } from "../../ops/elementwise/precision.ts";
import { interpolate } from "../../ops/image/interpolate.ts";
import { onAdapter, run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { ImagePass } from "./plan.ts";

/** Masks and boxes that are transformed together with the images. */
export interface Following {
  readonly masks?: Tensor | undefined;
  readonly boxes?: Tensor | undefined;
}

/** Adds the random stream of the images to options. */
export type Draw = <Options extends object>(options: Options) => () => Options & Stream;

/** Throws `ShapeError` and `ValueError` unless masks and boxes belong to n images of this size. */
export function checkFollowing({ masks, boxes }: Following, n: number, [h, w]: Size): void {
  const [count, , height, width] = masks?.shape ?? [n, 1, h, w];
  if (masks && (masks.shape.length !== 4 || count !== n || height !== h || width !== w)) {
    throw new ShapeError(
      `transform: expected masks [${n}, K, ${h}, ${w}], as many and as large as the images, got ${show(masks.shape, "masks")}; resize them to the images`,
    );
  }
  if (!boxes) return;
  const [of, , four] = boxes.shape;
  if (boxes.shape.length !== 3 || of !== n || four !== 4) {
    throw new ShapeError(
      `transform: expected boxes [${n}, K, 4] as x₁, y₁, x₂, y₂, got ${show(boxes.shape, "boxes")}; reshape them`,
    );
  }
  if (boxes.dtype !== "f32") {
    throw new ValueError(
      `transform: expected boxes in f32, got ${boxes.dtype}; convert them with cast(boxes, "f32")`,
    );
  }
}

/** Masks and boxes after a pass over images of a size: only geometric passes change them. */
export function followed(
  pass: ImagePass,
  { masks, boxes }: Following,
  from: Size,
  draw: Draw,
): Following {
  if (pass.kind === "mix" && (masks || boxes)) {
    throw new ValueError(
      "mix: expected a batch { x, y }, got masks or boxes, which cannot be mixed; leave MixUp and CutMix out",
    );
  }
  const moving = movingOf(pass);
  if (!moving) return { masks, boxes };
  return {
    masks: masks && maskAfter(moving, masks, draw),
    boxes: boxes && boxesAfter(moving, boxes, from, draw),
  };
}

type Moving = Extract<ImagePass, { kind: "geometry" | "resize" }>;

/** The geometric part of a pass. */
function movingOf(pass: ImagePass): Moving | undefined {
  if (pass.kind === "operation") return { kind: "geometry", options: pass.options.geometry };
  return pass.kind === "geometry" || pass.kind === "resize" ? pass : undefined;
}

/**
 * Masks are resampled by copying the nearest cell, never by mixing values; they are 0 where images are filled with a
 * colour.
 */
function maskAfter(pass: Moving, masks: Tensor, draw: Draw): Tensor {
  const x = masks.dtype === "f32" ? masks.detach() : cast(masks, "f32");
  const { kind } = pass;
  const y =
    kind === "resize"
      ? interpolate(x, { size: pass.size, mode: "nearest" })
      : run(
          geometry,
          { x },
          draw({ ...pass.options, mode: "nearest", fill: 0, finish: undefined, ...onAdapter(x) }),
        ).y;
  return masks.dtype === "f32" ? y : cast(y, masks.dtype);
}

function boxesAfter(pass: Moving, boxes: Tensor, size: Size, draw: Draw): Tensor {
  if (boxes.size === 0) return boxes;
  if (pass.kind === "geometry") {
    const { steps, first } = pass.options;
    return run(boxesKernel, { x: boxes }, draw({ size, steps, first })).y;
  }
  const [h, w] = size;
  const zoom = [w / pass.size[1], h / pass.size[0]] as const;
  const steps = [{ from: size, to: pass.size, zoom }];
  return run(boxesKernel, { x: boxes }, { seed: 0, size, steps }).y;
}
