import { threefry, unitInterval } from "../../core/rng.ts";
import { type Stream, streamKey } from "../random/stream.ts";

/** When a step is taken: with a probability, and if its group's random number lies in a range. Default always. */
export interface Gate {
  /** Probability in 0..1. Default 1. */
  readonly p?: number | undefined;
  /** Steps of one group share one random number in [0, 1) per image; each is taken if the number is in its range. */
  readonly group?:
    | { readonly number: number; readonly range: readonly [number, number] }
    | undefined;
}

const whole = (u: number) => Math.round(u * 2 ** 24);

/** A gate as shaders/augment/draw.wgsl reads it. */
export function gateOf({ p = 1, group }: Gate = {}) {
  const [low, high] = group?.range ?? [0, 1];
  const chance = Math.ceil(p * 2 ** 24);
  return { chance, group: group?.number ?? 0, low: whole(low), high: whole(high) };
}

/** A step that an image may take. */
export interface Gated {
  readonly gate?: Gate | undefined;
}

const NEVER: Gate = { p: 0 };

/** The gate of a step; a step that is not given is never taken. */
export const gateOrNever = (step: Gated | undefined): Gate => (step ? (step.gate ?? {}) : NEVER);

/** `DrawnStep` of shaders/augment/draw.wgsl: the step draws a number from a range, quantised to `levels` (see `leveled`). */
export const drawnStep = (gate: Gate, [low, high]: Between = [0, 0], levels = 0) => ({
  gate: gateOf(gate),
  least: low,
  range: high - low,
  levels,
});

/** The random numbers of one image, for references: shaders/augment/draw.wgsl. */
export class ImageDraws {
  readonly #key: [number, number];
  readonly #image: number;

  constructor(stream: Stream, image: number) {
    this.#key = streamKey("augment", stream);
    this.#image = image;
  }

  /** Two words. */
  words(step: number, k: number): [number, number] {
    return threefry(this.#key, [this.#image, 16 * step + k]);
  }

  /** Two numbers in [0, 1). */
  units(step: number, k: number): [number, number] {
    const [a, b] = this.words(step, k);
    return [unitInterval(a), unitInterval(b)];
  }

  /** Two random integers below the given ones. */
  below(step: number, k: number, x: number, y: number): [number, number] {
    const [a, b] = this.words(step, k);
    const of = (word: number, n: number) => Number((BigInt(word) * BigInt(n)) >> 32n);
    return [of(a, x), of(b, y)];
  }

  /** Whether this image takes a step. */
  takes(step: number, gate: Gate | undefined): boolean {
    const { chance, group, low, high } = gateOf(gate);
    const shared = threefry(this.#key, [this.#image, (0x80000000 + group) >>> 0])[0] >>> 8;
    return this.words(step, 0)[0] >>> 8 < chance && shared >= low && shared < high;
  }
}

/**
 * u in [0, 1) quantised to one of n levels in 0..1; for −n, to n levels above the middle and n below; for 0 unchanged:
 * shaders/augment/draw.wgsl.
 */
export function leveled(u: number, n = 0): number {
  if (n === 0) return u;
  if (n > 0) return Math.floor(u * n) / (n - 1);
  const k = Math.floor(u * -2 * n);
  return 0.5 + ((k % 2 ? -0.5 : 0.5) * Math.floor(k / 2)) / (-n - 1);
}

/** Bounds of a uniform number. */
export type Between = readonly [low: number, high: number];

/** A random box: its range of areas, as a fraction, and of width ÷ height. */
export interface BoxChance {
  readonly area: Between;
  readonly ratio: Between;
}

/** `BoxChance` in the form that shaders/augment/box.wgsl reads; zeros for no box. */
export function boxOf({ area, ratio }: BoxChance = { area: [0, 0], ratio: [1, 1] }) {
  const [low, high] = ratio.map(Math.log) as [number, number];
  return { area: area[0], area_range: area[1] - area[0], ratio: low, ratio_range: high - low };
}

/** Sides (height, width) of the first of ten random boxes that fits; undefined if none does. */
export function drawnBox(
  draws: ImageDraws,
  step: number,
  size: readonly [number, number],
  chance: BoxChance,
): [number, number] | undefined {
  const { area, area_range, ratio, ratio_range } = boxOf(chance);
  for (let k = 4; k < 14; k++) {
    const [u, v] = draws.units(step, k);
    const side = Math.sqrt(size[0] * size[1] * (area + u * area_range));
    const root = Math.sqrt(Math.exp(ratio + v * ratio_range));
    const sides: [number, number] = [Math.round(side / root), Math.round(side * root)];
    if (sides.every((each, axis) => each >= 1 && each <= (size[axis] as number))) return sides;
  }
  return undefined;
}
