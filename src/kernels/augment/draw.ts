import { threefry, unitInterval } from "../../core/rng.ts";
import { type Stream, streamKey } from "../random/stream.ts";

/** When a step is taken: by its own chance, and by where the number of its group lies. Default always. */
export interface Gate {
  /** Probability in 0..1. Default 1. */
  readonly p?: number | undefined;
  /** Steps of one group share a number of [0, 1) an image; each is taken where it lies in its range. */
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

/** The gate of a step; one that is not given is never taken. */
export const gateOrNever = (step: Gated | undefined): Gate => (step ? (step.gate ?? {}) : NEVER);

/** `DrawnStep` of shaders/augment/draw.wgsl: a number of a range is drawn for the step, of so many `levels` as `leveled` has it. */
export const drawnStep = (gate: Gate, [low, high]: Between = [0, 0], levels = 0) => ({
  gate: gateOf(gate),
  least: low,
  range: high - low,
  levels,
});

/** The random numbers of one image, for the references: shaders/augment/draw.wgsl. */
export class Draws {
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

  /** Two whole numbers below the given ones. */
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

/** One of n levels of u in [0, 1), as 0..1, or of n above the middle and n below for −n; u for 0: shaders/augment/draw.wgsl. */
export function leveled(u: number, n = 0): number {
  if (n === 0) return u;
  if (n > 0) return Math.floor(u * n) / (n - 1);
  const k = Math.floor(u * -2 * n);
  return 0.5 + ((k % 2 ? -0.5 : 0.5) * Math.floor(k / 2)) / (-n - 1);
}

/** Bounds of a uniform number. */
export type Between = readonly [low: number, high: number];

/** A random box: the part of the area that it has, and its width ÷ height. */
export interface BoxChance {
  readonly area: Between;
  readonly ratio: Between;
}

/** `BoxChance` as shaders/augment/box.wgsl reads it; zeros for no box. */
export function boxOf({ area, ratio }: BoxChance = { area: [0, 0], ratio: [1, 1] }) {
  const [low, high] = ratio.map(Math.log) as [number, number];
  return { area: area[0], area_range: area[1] - area[0], ratio: low, ratio_range: high - low };
}

/** Sides (height, width) of the first of ten boxes that fits in a size; undefined if none does. */
export function drawnBox(
  draws: Draws,
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
