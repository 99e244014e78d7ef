import { ShapeError, ValueError } from "../../core/errors.ts";
import { type Shape, show, size } from "../../core/shape.ts";
import type { Coarse } from "../coarse.ts";

/** One number, or one per channel. */
export type Channels = number | readonly number[];

/**
 * Workgroup size for computing cells of one image. Coarse: fewer lanes with more work each, since a CPU runs the lanes of a
 * workgroup in turn between barriers, and one lane draws random numbers for all.
 */
export const lanesOf = ({ coarse = false }: Coarse): number => (coarse ? 16 : 64);

/** Sizes of [N, C, H, W]; throws `ShapeError` for other shapes. */
export function imagesOf(who: string, x: Shape) {
  const [n = 0, c = 0, h = 0, w = 0] = x;
  if (x.length === 4 && size(x) > 0 && n <= 65535) return { n, c, h, w };
  throw new ShapeError(
    `${who}: expected images [N, C, H, W] with at least one element and N ≤ 65535, got ${show(x)}; reshape them`,
  );
}

/** Sizes of images with at most four channels, whose pixels fit into a vec4. */
export function pixelsOf(who: string, x: Shape) {
  const sizes = imagesOf(who, x);
  if (sizes.c <= 4) return sizes;
  throw new ShapeError(
    `${who}: expected images of 1 to 4 channels, got ${show(x)}; slice the channels`,
  );
}

/** One number for each of four channels. */
export function fourOf(who: string, name: string, value: Channels, channels: number) {
  const list = typeof value === "number" ? [value] : value;
  if (list.length === 1 || (list.length === channels && channels <= 4)) {
    return [0, 1, 2, 3].map((k) => list[Math.min(k, list.length - 1)] as number);
  }
  throw new ValueError(
    `${who}: expected ${name} to be a number or one for each of ${channels} channels, at most 4, got ${list.length}; give one number for all`,
  );
}
