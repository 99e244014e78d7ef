import { threefry, unitInterval } from "../../core/rng.ts";
import { normalPair } from "../random/normal.ts";
import { type Stream, streamKey } from "../random/stream.ts";
import {
  type BoxChance,
  boxOf,
  drawnBox,
  type Gated,
  gateOf,
  gateOrNever,
  type ImageDraws,
} from "./draw.ts";
import { type Channels, fourOf } from "./images.ts";

/** Final steps on values, applied in this order; a step that is not given is skipped. */
export interface FinishOptions {
  /**
   * Adds normally distributed numbers, or makes a fraction `amount` of the cells white (`salt` of these) or black in all
   * channels.
   */
  readonly noise?:
    | (Gated & { readonly mean: number; readonly sigma: number; readonly clip: boolean })
    | (Gated & { readonly amount: number; readonly salt: number })
    | undefined;
  /** Subtracted from every cell: one number, or one per channel. Default 0. */
  readonly mean?: Channels | undefined;
  /** Divisor after that: one number, or one per channel. Default 1. */
  readonly std?: Channels | undefined;
  /**
   * Fills a random box, or a square of `side` around a random cell, with a value, or with normally distributed numbers
   * around it.
   */
  readonly erase?:
    | (Gated & {
        readonly box?: BoxChance;
        readonly side?: number;
        readonly value: Channels;
        readonly sigma?: number;
      })
    | undefined;
}

/** Numbers of the noise and erase steps, counted from the first of the eight colour steps. */
const [NOISE, ERASE] = [6, 7];

/** `Noise` of shaders/augment/finish_params.wgsl. */
function noiseOf(noise: FinishOptions["noise"]) {
  const gate = gateOf(gateOrNever(noise));
  if (noise && "salt" in noise) {
    return { gate, mean: 0, deviation: 0, clip: 0, part: noise.amount, white: noise.salt };
  }
  const { mean, sigma, clip } = noise ?? { mean: 0, sigma: 0, clip: false };
  return { gate, mean, deviation: sigma, clip: clip ? 1 : 0, part: 0, white: 0 };
}

/** Parameters of shaders/augment/finish/values.wgsl and the choices of its slots, for a result of c channels. */
export function finishOf(who: string, { noise, erase, mean, std }: FinishOptions, c: number) {
  const changed = noise || erase || mean !== undefined || std !== undefined;
  const random = noise || erase?.sigma ? ("normal" as const) : ("none" as const);
  return {
    params: {
      noise: noiseOf(noise),
      erase: {
        gate: gateOf(gateOrNever(erase)),
        box: boxOf(erase?.box),
        side: erase?.side ?? 0,
        deviation: erase?.sigma ?? 0,
        value: fourOf(who, "value", erase?.value ?? 0, c),
      },
      mean: fourOf(who, "mean", mean ?? 0, c),
      spread: fourOf(who, "std", std ?? 1, c),
    },
    slots: {
      finish: changed ? ("values" as const) : ("none" as const),
      noise: noise && "salt" in noise ? ("salt" as const) : random,
    },
  };
}

/** First row and column of the erased box, and the row and column after its last. */
function erasedBox(
  draws: ImageDraws,
  step: number,
  [h, w]: readonly [number, number],
  erase: FinishOptions["erase"],
) {
  const side = erase?.side ?? 0;
  if (side > 0) {
    const [row, column] = draws.below(step, 3, h, w);
    const [top, left] = [row - Math.floor(side / 2), column - Math.floor(side / 2)];
    return [top, left, top + side, left + side] as const;
  }
  const sides = erase?.box && drawnBox(draws, step, [h, w], erase.box);
  if (!sides) return [0, 0, 0, 0] as const;
  const [top, left] = draws.below(step, 3, h - sides[0] + 1, w - sides[1] + 1);
  return [top, left, top + sides[0], left + sides[1]] as const;
}

/** For references: returns the value of a cell after all final steps, by channel, cell and image. */
export function finisher(
  stream: Stream & { readonly first?: number | undefined },
  { noise, erase, mean, std }: FinishOptions,
  draws: ImageDraws,
  [c, h, w]: readonly [number, number, number],
) {
  const { first = 0 } = stream;
  const four = (name: string, value: Channels) => fourOf("finish", name, value, c);
  const [means, stds] = [four("mean", mean ?? 0), four("std", std ?? 1)];
  const values = four("value", erase?.value ?? 0);
  const normal = (e: number, purpose: number) =>
    normalPair(threefry(streamKey("finish", stream), [e, purpose + first]))[0];
  const noisy = noise && draws.takes(first + NOISE, noise.gate) ? noise : undefined;
  const erased = erase && draws.takes(first + ERASE, erase.gate) ? erase : undefined;
  const [top, left, bottom, right] = erasedBox(draws, first + ERASE, [h, w], erase);
  return (before: number, ch: number, p: number, e: number): number => {
    const [row, column] = [Math.floor(p / w), p % w];
    let value = before;
    if (noisy && "salt" in noisy) {
      const cell = threefry(streamKey("finish", stream), [e - ch * h * w, 0x50000000 + first]);
      const [u = 0, v = 0] = cell.map(unitInterval);
      if (u < noisy.amount) value = v < noisy.salt ? 1 : 0;
    } else if (noisy) {
      value += noisy.mean + noisy.sigma * normal(e, 0x40000000);
      if (noisy.clip) value = Math.min(Math.max(value, 0), 1);
    }
    const inside = row >= top && row < bottom && column >= left && column < right;
    if (!erased || !inside) return (value - (means[ch] as number)) / (stds[ch] as number);
    return (values[ch] as number) + (erased.sigma ? erased.sigma * normal(e, 0x60000000) : 0);
  };
}
