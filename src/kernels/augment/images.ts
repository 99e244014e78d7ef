import { ShapeError, ValueError } from "../../core/errors.ts";
import { type Shape, show, size } from "../../core/shape.ts";
import type { Coarse } from "../coarse.ts";

/** A number, or one a channel. */
export type Channels = number | readonly number[];

/**
 * Lanes of a workgroup that computes cells of one image. Coarse: fewer and longer ones, as a CPU goes through all lanes of a
 * workgroup in turn between barriers, and also for what one lane draws for all.
 */
export const lanesOf = ({ coarse = false }: Coarse): number => (coarse ? 16 : 64);

/** [N, C, H, W] as sizes; throws `ShapeError` for others. */
export function imagesOf(who: string, x: Shape) {
  const [n = 0, c = 0, h = 0, w = 0] = x;
  if (x.length === 4 && size(x) > 0 && n <= 65535) return { n, c, h, w };
  throw new ShapeError(
    `${who}: expected images [N, C, H, W] with at least one element and N ≤ 65535, got ${show(x)}; reshape them`,
  );
}

/** Images of at most four channels: a pixel is a vec4. */
export function pixelsOf(who: string, x: Shape) {
  const sizes = imagesOf(who, x);
  if (sizes.c <= 4) return sizes;
  throw new ShapeError(`${who}: expected images of 1 to 4 channels, got ${show(x)}; work in parts`);
}

/** One number for each of four channels. */
export function fourOf(who: string, name: string, value: Channels, channels: number) {
  const list = typeof value === "number" ? [value] : value;
  if (list.length === 1 || (list.length === channels && channels <= 4)) {
    return [0, 1, 2, 3].map((k) => list[Math.min(k, list.length - 1)] as number);
  }
  throw new ValueError(
    `${who}: expected ${name} to be a number or one for each of ${channels} channels, at most 4, got ${list.length}`,
  );
}
