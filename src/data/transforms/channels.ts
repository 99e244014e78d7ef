import { ValueError } from "../../core/errors.ts";
import { count, finite, optional } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { probability } from "../../nn/kinds.ts";
import { checkWithin, positive } from "./kinds.ts";
import { Transform } from "./transform.ts";

const chance = { p: /* @__PURE__ */ optional(probability) };

/**
 * Sharpens by a factor with probability p (default 0.5): 0 gives a mean over 3 × 3 cells in which the middle one counts
 * five times, 1 the original, 2 twice the difference between them; the outermost cells do not change. Values are clamped to
 * 0..1.
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

/** Stretches each channel to the whole range 0..1 with probability p (default 0.5); a constant channel is unchanged. */
export class RandomAutocontrast extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandomAutocontrast", chance);

  constructor(p = 0.5) {
    checkArguments(RandomAutocontrast.signature, arguments);
    super("RandomAutocontrast", [{ kind: "tone", name: "autocontrast", gate: { p } }]);
  }
}

/**
 * Makes the 256 levels of each channel about equally frequent with probability p (default 0.5). Values are 0..1; their
 * levels are those of torchvision's convert_image_dtype, and results are levels k/255.
 */
export class RandomEqualize extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("RandomEqualize", chance);

  constructor(p = 0.5) {
    checkArguments(RandomEqualize.signature, arguments);
    super("RandomEqualize", [{ kind: "tone", name: "equalize", gate: { p } }]);
  }
}

/** Options of `GaussianBlur`; torchvision's names. */
export interface GaussianBlurOptions {
  /** Standard deviation in cells: one number, or a range from which each image draws its own. Above 0. Default [0.1, 2]. */
  readonly sigma?: number | readonly [number, number];
}

const sigmaKind = {
  expected: "a number above 0 or a pair [low, high] of them",
  accepts: (value: unknown) => positive.accepts(value) || positive.accepts([value, value]),
};

/** Blurs with Gaussian weights over a square of this many cells; edges are mirrored. Two dispatches. */
export class GaussianBlur extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("GaussianBlur", {
    kernelSize: count,
    options: /* @__PURE__ */ options<GaussianBlurOptions>({ sigma: sigmaKind }),
  });

  /**
   * Throws `ValueError` for a size that is even or above 63; `forward` throws `ShapeError` for images not longer than half
   * the window.
   */
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
