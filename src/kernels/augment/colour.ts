import shader from "#shaders/augment/colour.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { threefry } from "../../core/rng.ts";
import { type Shape, show } from "../../core/shape.ts";
import { kernel, type Reference } from "../kernel.ts";
import { normalPair } from "../random/normal.ts";
import { type Stream, streamKey } from "../random/stream.ts";
import { type Colour, colourSteps, greyOf } from "./colour_step.ts";
import { type Between, type BoxChance, boxOf, Draws, drawnBox, type Gate, gateOf } from "./draw.ts";
import { fourOf, imagesOf } from "./geometry.ts";

type Channels = number | readonly number[];

/** A step that an image may take. */
interface Gated {
  readonly gate?: Gate | undefined;
}

/** What happens to the values of pixels, in this order; what is not given does not. */
export interface ColourOptions extends Stream {
  /** Number of the first of the eight steps that this may be. Default 0. */
  readonly first?: number | undefined;
  /** Brightness, contrast, saturation and hue: factors, and turns of the hue as a part of a whole one. Undefined ones are left out. */
  readonly jitter?:
    | {
        readonly steps: readonly ((Gated & { readonly factor: Between }) | undefined)[];
        /** In an order of its own for each image. */
        readonly shuffled?: boolean;
      }
    | undefined;
  /** Bits of the eight that are kept. */
  readonly posterize?: (Gated & { readonly bits: number }) | undefined;
  /** Values from here on are inverted. */
  readonly solarize?: (Gated & { readonly threshold: Between }) | undefined;
  readonly noise?:
    | (Gated & { readonly mean: number; readonly sigma: number; readonly clip: boolean })
    | undefined;
  /** A random box, or a square of `side` around a random cell, gets a value, or normal numbers around it. */
  readonly erase?:
    | (Gated & {
        readonly box?: BoxChance;
        readonly side?: number;
        readonly value: Channels;
        readonly sigma?: number;
      })
    | undefined;
  readonly mean?: Channels | undefined;
  readonly std?: Channels | undefined;
}

const WHO = "augment/colour";
const TILE = 1024;
const NEVER: Gate = { p: 0 };

const gateOrNever = (step: Gated | undefined): Gate => (step ? (step.gate ?? {}) : NEVER);

/** The gates of the eight steps; an image of one channel has neither saturation nor hue. */
function gatesOf({ jitter, posterize, solarize, noise, erase }: ColourOptions, channels: number) {
  const steps = [0, 1, 2, 3].map((k) => (k > 1 && channels < 3 ? undefined : jitter?.steps[k]));
  return [...steps, posterize, solarize, noise, erase].map(gateOrNever);
}

function sizesOf(x: Shape) {
  const sizes = imagesOf(WHO, x);
  if (sizes.c <= 4) return sizes;
  throw new ShapeError(`${WHO}: expected images of 1 to 4 channels, got ${show(x)}; work in parts`);
}

/**
 * Images x [N, C, H, W] with other colours, each by its own random numbers: brightness, contrast, saturation and hue, then fewer
 * tones, inverted lights, noise, normalised, and a box erased. Values are 0..1 up to noise and what follows it.
 * Throws `ShapeError` and `ValueError`.
 */
export const colour = kernel(shader, ({ x }, options: ColourOptions) => {
  const { n, c, h, w } = sizesOf(x);
  const { jitter, posterize, solarize, noise, erase, mean = 0, std = 1 } = options;
  const gates = gatesOf(options, c);
  const contrast = gates[1]?.p !== 0;
  const factors = [0, 1, 2, 3].map((k) => jitter?.steps[k]?.factor ?? [0, 0]);
  const [dark = 2, light = 2] = solarize?.threshold ?? [];
  const bound = noise?.clip ? ([0, 1] as const) : ([0, 0] as const);
  const tile = contrast ? h * w : TILE;
  const side = erase?.side ?? 0;
  return {
    outputs: { y: x },
    params: {
      ...{
        key: streamKey(WHO, options),
        first: options.first ?? 0,
        cells: h * w,
        channels: c,
        tile,
      },
      ...{ shuffled: jitter?.shuffled ? 1 : 0 },
      ...{ size: [h, w] as const, side: [side, side] as const },
      least: factors.map(([low]) => low as number),
      range: factors.map(([low = 0, high = 0]) => high - low),
      gates: gates.flatMap(gateOf),
      tones: [2 ** (8 - (posterize?.bits ?? 8)), dark, light - dark, erase?.sigma ?? 0],
      noise: [noise?.mean ?? 0, noise?.sigma ?? 0, ...bound],
      ...{ mean: fourOf(WHO, "mean", mean, c), spread: fourOf(WHO, "std", std, c) },
      ...{ area: boxOf(erase?.box), value: fourOf(WHO, "value", erase?.value ?? 0, c) },
    },
    slots: {
      jitter: gates.slice(0, 4).some(({ p }) => p !== 0) ? "steps" : "none",
      mean: contrast ? "grey" : "none",
      noise: noise || erase?.sigma ? "normal" : "none",
    },
    grid: [Math.ceil((h * w) / tile), n],
    flops: 40 * n * c * h * w,
  };
});

/** 0, 1, 2, 3 in the order of a number below 24. */
function orderOf(number: number): number[] {
  const left = [0, 1, 2, 3];
  let code = number;
  return [4, 3, 2, 1].map((n) => {
    const [next, last] = [left[code % n] as number, left[n - 1] as number];
    left[code % n] = last;
    code = Math.floor(code / n);
    return next;
  });
}

/** First row and column of the box that is erased, and those behind it. */
function erasedBox(draws: Draws, step: number, h: number, w: number, { erase }: ColourOptions) {
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

/** The colours of an image after the steps of jitter that it takes. */
function jitteredImage(pixels: readonly Colour[], draws: Draws, options: ColourOptions, c: number) {
  const { jitter, first = 0 } = options;
  const order = jitter?.shuffled ? orderOf(draws.below(first, 1, 24, 1)[0]) : [0, 1, 2, 3];
  const gates = gatesOf(options, c);
  let result = pixels;
  for (const which of order) {
    const { factor: [low, high] } = jitter?.steps[which] ?? { factor: [0, 0] as const }; // biome-ignore format: short
    if (!draws.takes(first + which, gates[which])) continue;
    const factor = low + draws.units(first + which, 0)[1] * (high - low);
    const grey = result.reduce((sum, each) => sum + (c < 3 ? each[0] : greyOf(each)), 0);
    result = result.map(
      (each) => colourSteps[which]?.(each, factor, grey / result.length) as Colour,
    );
  }
  return result;
}

/** Fewer tones, then inverted lights. */
function tonesOf(draws: Draws, { posterize, solarize, first = 0 }: ColourOptions) {
  const cells = posterize && draws.takes(first + 4, posterize.gate) ? 2 ** (8 - posterize.bits) : 0;
  const [low = 0, high = 0] = solarize?.threshold ?? [];
  const inverted = solarize && draws.takes(first + 5, solarize.gate);
  const threshold = inverted ? low + draws.units(first + 5, 0)[1] * (high - low) : 2;
  return (value: number) => {
    const fewer = cells ? (Math.floor(Math.floor(value * 255) / cells) * cells) / 255 : value;
    return fewer >= threshold ? 1 - fewer : fewer;
  };
}

export const reference: Reference<typeof colour> = ({ x }, options) => {
  const { n, c, h, w } = sizesOf(x.shape);
  const { first = 0, noise, erase, mean = 0, std = 1 } = options;
  const four = (name: string, value: Channels) => fourOf(WHO, name, value, c);
  const [means, stds, values] = [
    four("mean", mean),
    four("std", std),
    four("value", erase?.value ?? 0),
  ];
  const normal = (e: number, purpose: number) =>
    normalPair(threefry(streamKey(WHO, options), [e, purpose + first]))[0];
  const y = new Float64Array(x.data.length);
  for (let image = 0; image < n; image++) {
    const draws = new Draws(options, image);
    const at = (ch: number, p: number) => (image * c + ch) * h * w + p;
    const pixels = Array.from({ length: h * w }, (_, p): Colour => {
      const channel = (ch: number) => x.data[at(ch < c ? ch : 0, p)] as number;
      return [channel(0), channel(1), channel(2)];
    });
    const jittered = jitteredImage(pixels, draws, options, c);
    const toned = tonesOf(draws, options);
    const noisy = noise && draws.takes(first + 6, noise.gate) ? noise : undefined;
    const erased = erase && draws.takes(first + 7, erase.gate) ? erase : undefined;
    const [top, left, bottom, right] = erasedBox(draws, first + 7, h, w, options);
    for (let e = at(0, 0); e < at(c, 0); e++) {
      const [ch, p] = [Math.floor(e / (h * w)) % c, e % (h * w)];
      const [row, column] = [Math.floor(p / w), p % w];
      let value = toned(jittered[p]?.[ch] ?? (x.data[e] as number));
      if (noisy) value += noisy.mean + noisy.sigma * normal(e, 0x40000000);
      if (noisy?.clip) value = Math.min(Math.max(value, 0), 1);
      const inside = row >= top && row < bottom && column >= left && column < right;
      y[e] = (value - (means[ch] as number)) / (stds[ch] as number);
      if (erased && inside) {
        y[e] = (values[ch] as number) + (erased.sigma ? erased.sigma * normal(e, 0x60000000) : 0);
      }
    }
  }
  return { y };
};

export { cases } from "./colour_cases.ts";
