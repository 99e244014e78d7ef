import shader from "#shaders/augment/colour.wgsl";
import { boolean, natural, record } from "../../core/kinds.ts";
import type { Coarse } from "../coarse.ts";
import { kernel, type Reference } from "../kernel.ts";
import { channels, stream } from "../option_kinds.ts";
import { type Stream, streamKey } from "../random/stream.ts";
import { type Colour, colourSteps, greyOf } from "./colour_step.ts";
import { type Between, drawnStep, type Gated, gateOrNever, ImageDraws, leveled } from "./draw.ts";
import { type FinishOptions, finisher, finishOf } from "./finish.ts";
import { lanesOf, pixelsOf } from "./images.ts";

/** Number of levels that a step's random number is quantised to (see `leveled`). Default 0: it is continuous. */
interface Leveled {
  readonly levels?: number | undefined;
}

/** Colour steps, applied in this order; a step that is not given is skipped. */
export interface ColourOptions extends Stream, FinishOptions, Coarse {
  /** Number of the first of the eight steps that there may be. Default 0. */
  readonly first?: number | undefined;
  /**
   * Brightness, contrast, saturation and hue: ranges of factors, for hue of rotations as fractions of a full turn.
   * Undefined steps are skipped.
   */
  readonly jitter?:
    | {
        readonly steps: readonly ((Gated & Leveled & { readonly factor: Between }) | undefined)[];
        /** Whether each image takes the steps in a random order of its own. */
        readonly shuffled?: boolean;
      }
    | undefined;
  /** Number of bits, of eight, that are kept: fixed, or from a range and rounded. */
  readonly posterize?: (Gated & Leveled & { readonly bits: number | Between }) | undefined;
  /** Values from this threshold on are inverted. */
  readonly solarize?: (Gated & Leveled & { readonly threshold: Between }) | undefined;
}

const WHO = "augment/colour";
const TILE = 1024;

function bitsOf(posterize: ColourOptions["posterize"]): Between {
  const bits = posterize?.bits ?? 8;
  return typeof bits === "number" ? [bits, bits] : bits;
}

/** The gates of the jitter steps, posterize and solarize; an image of one channel has neither saturation nor hue. */
function gatesOf({ jitter, posterize, solarize }: ColourOptions, channels: number) {
  const steps = [0, 1, 2, 3].map((k) => (k > 1 && channels < 3 ? undefined : jitter?.steps[k]));
  return [...steps, posterize, solarize].map(gateOrNever);
}

/**
 * Changes the colours of images x [N, C, H, W], each by its own random numbers: brightness, contrast, saturation and hue,
 * then posterize, solarize, noise, normalisation, and erasing a box. Values are 0..1 until noise is added. Throws
 * `ShapeError` and `ValueError`.
 */
export const augmentColour = kernel(shader, ({ x }, options: ColourOptions) => {
  const { n, c, h, w } = pixelsOf(WHO, x);
  const { jitter, posterize, solarize } = options;
  const gates = gatesOf(options, c);
  const contrast = gates[1]?.p !== 0;
  const factors = [0, 1, 2, 3].map((k) => jitter?.steps[k]?.factor);
  const numbers = [...factors, bitsOf(posterize), solarize?.threshold];
  const steps = [0, 1, 2, 3].map((k) => jitter?.steps[k]);
  const levels = [...steps, posterize, solarize].map((step) => step?.levels);
  const tile = contrast ? h * w : TILE;
  const finish = finishOf(WHO, options, c);
  return {
    outputs: { y: x },
    params: {
      ...{ key: streamKey(WHO, options), colours: options.first ?? 0, cells: h * w, channels: c },
      ...{ tile, shuffled: jitter?.shuffled ? 1 : 0 },
      size: [h, w],
      changes: gates.map((gate, k) => drawnStep(gate, numbers[k], levels[k])),
      finish: finish.params,
    },
    slots: {
      jitter: gates.slice(0, 4).some(({ p }) => p !== 0) ? "steps" : "none",
      mean: contrast ? "grey" : "none",
      ...finish.slots,
    },
    overrides: { WG: lanesOf(options) },
    grid: [Math.ceil((h * w) / tile), n],
    flops: 40 * n * c * h * w,
  };
});

export const kinds = () => ({
  ...stream(),
  first: natural,
  jitter: record,
  posterize: record,
  solarize: record,
  noise: record,
  erase: record,
  mean: channels(),
  std: channels(),
  coarse: boolean,
});

/** The permutation of 0, 1, 2, 3 with this number (below 24). */
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

/** The colours of an image after its jitter steps. */
function jitteredImage(
  pixels: readonly Colour[],
  draws: ImageDraws,
  options: ColourOptions,
  c: number,
) {
  const { jitter, first = 0 } = options;
  const order = jitter?.shuffled ? orderOf(draws.below(first, 1, 24, 1)[0]) : [0, 1, 2, 3];
  const gates = gatesOf(options, c);
  let result = pixels;
  for (const which of order) {
    const { factor: [low, high], levels } = jitter?.steps[which] ?? { factor: [0, 0] as const }; // biome-ignore format: short
    if (!draws.takes(first + which, gates[which])) continue;
    const factor = low + leveled(draws.units(first + which, 0)[1], levels) * (high - low);
    const grey = result.reduce((sum, each) => sum + (c < 3 ? each[0] : greyOf(each)), 0);
    result = result.map(
      (each) => colourSteps[which]?.(each, factor, grey / result.length) as Colour,
    );
  }
  return result;
}

/** Posterizes, then solarizes. */
function tonesOf(draws: ImageDraws, { posterize, solarize, first = 0 }: ColourOptions) {
  const [few, many] = bitsOf(posterize);
  const bits = few + leveled(draws.units(first + 4, 0)[1], posterize?.levels) * (many - few);
  const fewer = posterize && draws.takes(first + 4, posterize.gate);
  const cells = fewer ? 2 ** (8 - Math.round(bits)) : 0;
  const [low = 0, high = 0] = solarize?.threshold ?? [];
  const inverted = solarize && draws.takes(first + 5, solarize.gate);
  const threshold = inverted
    ? low + leveled(draws.units(first + 5, 0)[1], solarize.levels) * (high - low)
    : 2;
  return (value: number) => {
    const kept = cells ? (Math.floor(Math.floor(value * 255) / cells) * cells) / 255 : value;
    return kept >= threshold ? 1 - kept : kept;
  };
}

export const reference: Reference<typeof augmentColour> = ({ x }, options) => {
  const { n, c, h, w } = pixelsOf(WHO, x.shape);
  const y = new Float64Array(x.data.length);
  for (let image = 0; image < n; image++) {
    const draws = new ImageDraws(options, image);
    const at = (ch: number, p: number) => (image * c + ch) * h * w + p;
    const pixels = Array.from({ length: h * w }, (_, p): Colour => {
      const channel = (ch: number) => x.data[at(ch < c ? ch : 0, p)] as number;
      return [channel(0), channel(1), channel(2)];
    });
    const jittered = jitteredImage(pixels, draws, options, c);
    const toned = tonesOf(draws, options);
    const finished = finisher(options, options, draws, [c, h, w]);
    for (let e = at(0, 0); e < at(c, 0); e++) {
      const [ch, p] = [Math.floor(e / (h * w)) % c, e % (h * w)];
      y[e] = finished(toned(jittered[p]?.[ch] ?? (x.data[e] as number)), ch, p, e);
    }
  }
  return { y };
};

export { cases } from "./colour_cases.ts";
