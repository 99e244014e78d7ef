import { ValueError } from "../../core/errors.ts";
import { count, natural } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { channelsKind, type Interpolation, interpolation } from "./kinds.ts";
import { type Magnitudes, oneOfFourteen } from "./operations.ts";
import { Transform } from "./transform.ts";

/** Interpolation and fill colour of rotated, sheared and translated images. */
interface RotationLook {
  /** Interpolation. Default "nearest". */
  readonly interpolation?: Interpolation;
  /** Value outside the image: one number, or one per channel. Default 0. */
  readonly fill?: number | readonly number[];
}

const look = { interpolation, fill: channelsKind };

/** Options of `RandAugment`; torchvision's names. */
export interface RandAugmentOptions extends RotationLook {
  /** Number of operations applied to each image. Default 2. */
  readonly numOps?: number;
  /** Magnitude of each operation: 0 to numMagnitudeBins − 1. Default 9. */
  readonly magnitude?: number;
  /** Number of magnitudes up to the largest, at least 2. Default 31. */
  readonly numMagnitudeBins?: number;
}

/** torch.round: ties to even. */
function rounded(value: number): number {
  const down = Math.floor(value);
  return value - down === 0.5 ? down + (down % 2) : Math.round(value);
}

/**
 * Applies several of fourteen equally probable operations to each image, all with the same magnitude (E. Cubuk et al.
 * 2019): none, shear along x and y, translation along x and y, rotation, brightness, saturation, contrast, sharpness,
 * posterize, solarize, autocontrast, equalize. The sign of operations that have one is random. Values and defaults are
 * torchvision's; images have values in 0..1 in one or three channels. Each of the `numOps` rounds is one dispatch for all
 * images.
 */
export class RandAugment extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandAugment", {
    options: /* @__PURE__ */ options<RandAugmentOptions>({
      ...{ numOps: count, magnitude: natural, numMagnitudeBins: count },
      ...look,
    }),
  });

  /** Throws `ValueError` for a magnitude out of range. */
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

/** Options of `TrivialAugmentWide`; torchvision's names. */
export interface TrivialAugmentOptions extends RotationLook {
  /** Number of magnitudes of each operation, at least 2. Default 31. */
  readonly numMagnitudeBins?: number;
}

/**
 * Applies one of the fourteen operations of `RandAugment`, all equally probable, with a random magnitude to each image (S.
 * Müller, F. Hutter 2021), in one dispatch. Ranges are torchvision's wide ones: shears up to 0.99, translations up to 32
 * cells, rotations up to 135°, factors of 0.01 to 1.99, 2 to 8 bits.
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
