import { ValueError } from "../../core/errors.ts";
import { threefry } from "../../core/rng.ts";

/**
 * Where random numbers come from. Element i of a draw is word i mod 2 of threefry(key (seed, offset), counter (⌊i/2⌋, 0)),
 * so streams of different seed or offset never share a counter and key. Give every draw its own offset; the
 * same pair gives the same numbers on every device and in the references.
 */
export interface Stream {
  /** Integer in 0..2³²−1. */
  readonly seed: number;
  /** Number of the draw, an integer in 0..2³²−1; default 0. */
  readonly offset?: number;
}

/** Throws `ValueError` unless seed and offset are unsigned 32-bit integers. */
export function streamKey(who: string, { seed, offset = 0 }: Stream): [number, number] {
  for (const [name, value] of Object.entries({ seed, offset })) {
    if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) {
      throw new ValueError(
        `${who}: expected ${name} to be an integer in 0..4294967295, got ${value}; use ${name} >>> 0`,
      );
    }
  }
  return [seed, offset];
}

/** The first `count` words of a stream. */
export function words({ seed, offset = 0 }: Stream, count: number): Uint32Array {
  const result = new Uint32Array(count + 1);
  for (let i = 0; i < count; i += 2) result.set(threefry([seed, offset], [i / 2, 0]), i);
  return result.subarray(0, count);
}
