import { ValueError } from "../../core/errors.ts";
import { count, either, finite, type Kind, list, natural, oneOf } from "../../core/kinds.ts";
import type { Size } from "../../core/shape.ts";
import type { Outside } from "./part.ts";

/** A pair of numbers in ascending order. */
export const range: Kind = {
  expected: "a pair [low, high]",
  accepts: (value) =>
    Array.isArray(value) &&
    value.length === 2 &&
    value.every(finite.accepts) &&
    value[0] <= value[1],
};

/** A pair of positive numbers. */
export const positive: Kind = {
  expected: "a pair [low, high] above 0",
  accepts: (value) => range.accepts(value) && ((value as number[])[0] as number) > 0,
};

/** A number a, for [−a, a], or a pair. */
export const aroundZero: Kind = {
  expected: "a number ≥ 0 or a pair [low, high]",
  accepts: (value) => (finite.accepts(value) && (value as number) >= 0) || range.accepts(value),
};

/** One size for both axes, or [height, width]. */
export const sizeKind: Kind = {
  expected: "an integer ≥ 1, or a pair [height, width] of them",
  accepts: (value) =>
    count.accepts(value) ||
    (Array.isArray(value) && value.length === 2 && value.every(count.accepts)),
};

/** Padding in cells. */
export const paddingKind: Kind = {
  expected: "an integer ≥ 0, or two or four of them",
  accepts: (value) =>
    natural.accepts(value) ||
    (Array.isArray(value) && [2, 4].includes(value.length) && value.every(natural.accepts)),
};

/** One number, or one per channel. */
export const channelsKind = /* @__PURE__ */ either(finite, /* @__PURE__ */ list(finite));

export const interpolation = /* @__PURE__ */ oneOf("nearest", "bilinear", "bicubic");

export type Interpolation = "nearest" | "bilinear" | "bicubic";

export const pairOf = (value: number | Size): Size =>
  typeof value === "number" ? [value, value] : value;

export const symmetric = (value: number | readonly [number, number]) =>
  typeof value === "number" ? ([-value, value] as const) : value;

/** Fill colour outside an image. */
export const filled = (fill: number | readonly number[]): Outside => ({ padding: "zeros", fill });

export const radians = ([low, high]: readonly [number, number]) =>
  [(low * Math.PI) / 180, (high * Math.PI) / 180] as const;

/** Throws `ValueError` unless both numbers of a pair are within bounds. */
export function checkWithin(
  who: string,
  name: string,
  [low, high]: readonly [number, number],
  [least, most]: readonly [number, number],
): void {
  if (low >= least && high <= most) return;
  throw new ValueError(
    `${who}: expected ${name} within ${least} to ${most}, got [${low}, ${high}]; shorten the range`,
  );
}
