import { ValueError } from "../../core/errors.ts";
import { count, natural } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { channelsKind, type Interpolation, interpolation } from "./kinds.ts";
import { type Magnitudes, oneOfFourteen } from "./operations.ts";
import { Transform } from "./transform.ts";

/** How pictures are turned, sheared and shifted. */
interface Look {
  /** Default "nearest". */
  readonly interpolation?: Interpolation;
  /** What lies outside: a number, or one a channel. Default 0. */
  readonly fill?: number | readonly number[];
}

const look = { interpolation, fill: channelsKind };

/** How much pictures change; torchvision's names. */
export interface RandAugmentOptions extends Look {
  /** Operations one after the other. Default 2. */
  readonly numOps?: number;
  /** How far each goes: 0 to numMagnitudeBins − 1. Default 9. */
  readonly magnitude?: number;
  /** Steps that the way to the greatest magnitude has, at least 2. Default 31. */
  readonly numMagnitudeBins?: number;
}

/** torch.round: halves to even. */
function rounded(value: number): number {
  const down = Math.floor(value);
  return value - down === 0.5 ? down + (down % 2) : Math.round(value);
}

/**
 * Several of fourteen operations on each picture, all as likely and to the same extent (E. Cubuk et al. 2019): none, shear along x
 * and y, shift along x and y, turn, brightness, saturation, contrast, sharpness, posterize, solarize, autocontrast, equalize. Those
 * that have a direction take either. Values and defaults are torchvision's; pictures hold 0..1 in one or three channels. An
 * operation is one dispatch, whichever the pictures take.
 */
export class RandAugment extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandAugment", {
    options: /* @__PURE__ */ options<RandAugmentOptions>({
      ...{ numOps: count, magnitude: natural, numMagnitudeBins: count },
      ...look,
    }),
  });

  /** Throws `ValueError` for a magnitude beyond the last step. */
  constructor(given: RandAugmentOptions = {}) {
    checkArguments(RandAugment.signature, arguments);
    const { numOps = 2, magnitude = 9, numMagnitudeBins: bins = 31 } = given;
    if (bins < 2 || magnitude >= bins) {
      throw new ValueError(
        `RandAugment: expected magnitude below numMagnitudeBins and at least 2 of these, got ${magnitude} and ${bins}; 9 of 31 ` +
          "are the defaults",
      );
    }
    const part = magnitude / (bins - 1);
    const bits = 8 - rounded(magnitude / ((bins - 1) / 4));
    const how: Magnitudes = {
      ...{ shear: 0.3 * part, shift: ([h, w]) => [(150 / 331) * part * w, (150 / 331) * part * h] },
      ...{ degrees: 30 * part, factor: 0.9 * part, signs: 2 },
      ...{ bits: [bits, bits], threshold: [1 - part, 1 - part], levels: 0 },
    };
    const parts = Array.from({ length: numOps }, () => oneOfFourteen(how, given));
    super("RandAugment", parts.flat());
  }
}

/** How pictures are turned, sheared and shifted; torchvision's names. */
export interface TrivialAugmentOptions extends Look {
  /** Magnitudes that there are of each operation, at least 2. Default 31. */
  readonly numMagnitudeBins?: number;
}

/**
 * One of the fourteen operations of `RandAugment` on each picture, all as likely, to a random one of as many extents (S. Müller, F.
 * Hutter 2021), in one dispatch. Ranges are torchvision's wide ones: shears to 0.99, shifts to 32 cells, turns to 135°, factors
 * of 0.01 to 1.99, 2 to 8 bits.
 */
export class TrivialAugmentWide extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("TrivialAugmentWide", {
    options: /* @__PURE__ */ options<TrivialAugmentOptions>({ numMagnitudeBins: count, ...look }),
  });

  /** Throws `ValueError` for fewer than 2 magnitudes. */
  constructor(given: TrivialAugmentOptions = {}) {
    checkArguments(TrivialAugmentWide.signature, arguments);
    const { numMagnitudeBins: bins = 31 } = given;
    if (bins < 2) {
      throw new ValueError(
        `TrivialAugmentWide: expected at least 2 numMagnitudeBins, got ${bins}; 31 is the default`,
      );
    }
    const how: Magnitudes = {
      ...{ shear: 0.99, shift: () => [32, 32], degrees: 135, factor: 0.99, signs: -bins },
      ...{ bits: [2, 8], threshold: [0, 1], levels: bins },
    };
    super("TrivialAugmentWide", oneOfFourteen(how, given));
  }
}
