import { ValueError } from "../../core/errors.ts";
import { boolean, count, either, finite, oneOf } from "../../core/kinds.ts";
import type { Two } from "../../core/shape.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import type { Channels } from "../../kernels/augment/images.ts";
import { probability } from "../../nn/kinds.ts";
import { aroundZero, channelsKind, checkWithin, positive, symmetric } from "./kinds.ts";
import { Transform } from "./transform.ts";

/** Options of `ColorJitter`; torchvision's names. */
export interface ColorJitterOptions {
  /** Range of the brightness factor: a for [1 − a, 1 + a], not below 0, or a pair. Default: unchanged. */
  readonly brightness?: number | Two;
  /** Range of the contrast factor, relative to the image's mean grey. */
  readonly contrast?: number | Two;
  /** Range of the saturation factor, relative to the pixel's grey; no effect on one channel. */
  readonly saturation?: number | Two;
  /**
   * Range of the hue rotation as a fraction of a full turn: a for [−a, a], or a pair, within ±0.5; no effect on one
   * channel.
   */
  readonly hue?: number | Two;
}

/** Changes brightness, contrast, saturation and hue, in a random order for each image; values are clamped to 0..1. */
export class ColorJitter extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("ColorJitter", {
    options: /* @__PURE__ */ options<ColorJitterOptions>({
      ...{ brightness: aroundZero, contrast: aroundZero, saturation: aroundZero, hue: aroundZero },
    }),
  });

  /** Throws `ValueError` for factors below 0 and rotations beyond ±0.5. */
  constructor(given: ColorJitterOptions = {}) {
    checkArguments(ColorJitter.signature, arguments);
    const { brightness, contrast, saturation, hue } = given;
    const around = (name: string, range: number | Two | undefined) => {
      if (range === undefined) return undefined;
      const factor =
        typeof range === "number" ? ([Math.max(1 - range, 0), 1 + range] as const) : range;
      checkWithin("ColorJitter", name, factor, [0, Infinity]);
      return { factor };
    };
    const turn = hue === undefined ? undefined : symmetric(hue);
    if (turn) checkWithin("ColorJitter", "hue", turn, [-0.5, 0.5]);
    const steps = [
      around("brightness", brightness),
      around("contrast", contrast),
      around("saturation", saturation),
      turn && { factor: turn },
    ];
    super("ColorJitter", [{ kind: "colour", name: "jitter", options: { steps, shuffled: true } }]);
  }
}

/** (v − mean) / std, with one number or one per channel. */
export class Normalize extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("Normalize", {
    mean: channelsKind,
    std: channelsKind,
  });

  /** Throws `ValueError` unless every standard deviation is above 0. */
  constructor(mean: Channels, std: Channels) {
    checkArguments(Normalize.signature, arguments);
    const wrong = [std].flat().find((each) => !(each > 0));
    if (wrong !== undefined) {
      throw new ValueError(
        `Normalize: expected standard deviations above 0, got ${wrong}; drop that channel`,
      );
    }
    super("Normalize", [{ kind: "colour", name: "normalize", mean, std }]);
  }
}

/** Options of `GaussianNoise`; torchvision's names. */
export interface GaussianNoiseOptions {
  /** Mean of the noise. Default 0. */
  readonly mean?: number;
  /** Standard deviation, ≥ 0. Default 0.1. */
  readonly sigma?: number;
  /** Whether results are clamped to 0..1. Default true. */
  readonly clip?: boolean;
}

const deviation = {
  expected: "a number ≥ 0",
  accepts: (value: unknown) => finite.accepts(value) && (value as number) >= 0,
};

/** Adds normally distributed noise to every element. */
export class GaussianNoise extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("GaussianNoise", {
    options: /* @__PURE__ */ options<GaussianNoiseOptions>({
      ...{ mean: finite, sigma: deviation, clip: boolean },
    }),
  });

  constructor(given: GaussianNoiseOptions = {}) {
    checkArguments(GaussianNoise.signature, arguments);
    const { mean = 0, sigma = 0.1, clip = true } = given;
    super("GaussianNoise", [{ kind: "colour", name: "noise", options: { mean, sigma, clip } }]);
  }
}

/** Options of `SaltAndPepperNoise`; Kornia's names. */
export interface SaltAndPepperNoiseOptions {
  /** Fraction of the cells that become white or black. Default 0.05. */
  readonly amount?: number;
  /** Fraction of these that become white. Default 0.5. */
  readonly saltVsPepper?: number;
  /** Probability. Default 1. */
  readonly p?: number;
}

/** Makes random cells white (1) or black (0), in all channels. */
export class SaltAndPepperNoise extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("SaltAndPepperNoise", {
    options: /* @__PURE__ */ options<SaltAndPepperNoiseOptions>({
      ...{ amount: probability, saltVsPepper: probability, p: probability },
    }),
  });

  constructor(given: SaltAndPepperNoiseOptions = {}) {
    checkArguments(SaltAndPepperNoise.signature, arguments);
    const { amount = 0.05, saltVsPepper: salt = 0.5, p = 1 } = given;
    const options = { amount, salt };
    super("SaltAndPepperNoise", [{ kind: "colour", name: "noise", gate: { p }, options }]);
  }
}

/** Options of `RandomErasing`; torchvision's names. */
export interface RandomErasingOptions {
  /** Probability. Default 0.5. */
  readonly p?: number;
  /** Range of the box's area, as a fraction of the image. Default [0.02, 0.33]. */
  readonly scale?: Two;
  /** Range of width ÷ height. Default [0.3, 3.3]. */
  readonly ratio?: Two;
  /** Value of the box: one number, one per channel, or "random" for normally distributed numbers. Default 0. */
  readonly value?: Channels | "random";
}

/** Erases a random box with probability p (Z. Zhong et al. 2017). */
export class RandomErasing extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandomErasing", {
    options: /* @__PURE__ */ options<RandomErasingOptions>({
      ...{ p: probability, scale: positive, ratio: positive },
      value: /* @__PURE__ */ either(channelsKind, /* @__PURE__ */ oneOf("random")),
    }),
  });

  constructor(given: RandomErasingOptions = {}) {
    checkArguments(RandomErasing.signature, arguments);
    const { p = 0.5, scale: area = [0.02, 0.33], ratio = [0.3, 3.3], value = 0 } = given;
    const what = value === "random" ? { value: 0, sigma: 1 } : { value };
    const options = { box: { area, ratio }, ...what };
    super("RandomErasing", [{ kind: "colour", name: "erase", gate: { p }, options }]);
  }
}

/** Options of `Cutout`. */
export interface CutoutOptions {
  /** Probability. Default 1. */
  readonly p?: number;
  /** Value of the erased cells: one number, or one per channel. Default 0. */
  readonly value?: Channels;
}

/** Erases a square of this many cells around a random cell; it may extend beyond the edge (T. DeVries, G. Taylor 2017). */
export class Cutout extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("Cutout", {
    side: count,
    options: /* @__PURE__ */ options<CutoutOptions>({ p: probability, value: channelsKind }),
  });

  constructor(side: number, given: CutoutOptions = {}) {
    checkArguments(Cutout.signature, arguments);
    const { p = 1, value = 0 } = given;
    const options = { side, value };
    super("Cutout", [{ kind: "colour", name: "erase", gate: { p }, options }]);
  }
}
