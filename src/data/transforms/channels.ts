import { ValueError } from "../../core/errors.ts";
import { count, finite, optional } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { probability } from "../../nn/kinds.ts";
import { checkWithin, positive } from "./kinds.ts";
import { Transform } from "./transform.ts";

const chance = { p: /* @__PURE__ */ optional(probability) };

/**
 * Sharpens by a factor with probability p, by default one half: 0 is the mean of 3 × 3 cells in which the middle counts five times,
 * 1 the picture, 2 as far beyond it; the outermost cells stay. Values are 0..1 and stay there.
 */
export class RandomAdjustSharpness extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandomAdjustSharpness", {
    sharpnessFactor: finite,
    ...chance,
  });

  /** Throws `ValueError` for a factor below 0. */
  constructor(sharpnessFactor: number, p = 0.5) {
    checkArguments(RandomAdjustSharpness.signature, arguments);
    const factor = [sharpnessFactor, sharpnessFactor] as const;
    checkWithin("RandomAdjustSharpness", "sharpnessFactor", factor, [0, Infinity]);
    super("RandomAdjustSharpness", [
      { kind: "tone", name: "sharpen", gate: { p }, options: { factor } },
    ]);
  }
}

/** Stretches each channel to all of 0..1, with probability p, by default one half; one value everywhere stays. */
export class RandomAutocontrast extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandomAutocontrast", chance);

  constructor(p = 0.5) {
    checkArguments(RandomAutocontrast.signature, arguments);
    super("RandomAutocontrast", [{ kind: "tone", name: "autocontrast", gate: { p } }]);
  }
}

/**
 * Makes the 256 levels of each channel about as frequent, with probability p, by default one half. Values are 0..1; their levels are
 * those of torchvision's convert_image_dtype, and the result has levels k/255.
 */
export class RandomEqualize extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandomEqualize", chance);

  constructor(p = 0.5) {
    checkArguments(RandomEqualize.signature, arguments);
    super("RandomEqualize", [{ kind: "tone", name: "equalize", gate: { p } }]);
  }
}

/** How pictures are blurred; torchvision's names. */
export interface GaussianBlurOptions {
  /** Standard deviation in cells: one, or a range of which each picture has its own. Above 0. Default [0.1, 2]. */
  readonly sigma?: number | readonly [number, number];
}

const sigmaKind = {
  expected: "a number above 0 or a pair [low, high] of them",
  accepts: (value: unknown) => positive.accepts(value) || positive.accepts([value, value]),
};

/** Blurs by normal weights over a square of so many cells, mirrored at the rim; in two dispatches. */
export class GaussianBlur extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("GaussianBlur", {
    kernelSize: count,
    options: /* @__PURE__ */ options<GaussianBlurOptions>({ sigma: sigmaKind }),
  });

  /** Throws `ValueError` for a size that is even or above 63; `forward` a `ShapeError` for pictures of half the size or less. */
  constructor(kernelSize: number, given: GaussianBlurOptions = {}) {
    checkArguments(GaussianBlur.signature, arguments);
    if (kernelSize % 2 === 0 || kernelSize > 63) {
      throw new ValueError(
        `GaussianBlur: expected an odd kernelSize up to 63, got ${kernelSize}; 3 or 5 cells are usual`,
      );
    }
    const { sigma = [0.1, 2] } = given;
    const range = typeof sigma === "number" ? ([sigma, sigma] as const) : sigma;
    super("GaussianBlur", [{ kind: "blur", size: kernelSize, sigma: range }]);
  }
}
