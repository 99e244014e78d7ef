import { count, type Kind } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { probability } from "../../nn/kinds.ts";
import { Transform } from "./transform.ts";

/** Options of `MixUp` and `CutMix`; torchvision's names. */
export interface MixOptions {
  /** λ is drawn from Beta(alpha, alpha) once per batch; above 0. Default 1: uniform. */
  readonly alpha?: number;
  /** Number of classes, for labels that are integers [N]; they become rows [N, classes]. Default: labels are such rows. */
  readonly numClasses?: number;
  /** Probability of mixing a batch. Default 1. */
  readonly p?: number;
}

const above: Kind = {
  expected: "a number above 0",
  accepts: (value) => Number.isFinite(value) && (value as number) > 0,
};

const mixKind = /* @__PURE__ */ options<MixOptions>({
  ...{ alpha: above, numClasses: count, p: probability },
});

const part = (cut: boolean, { alpha = 1, numClasses, p = 1 }: MixOptions) =>
  [{ kind: "mix", cut, alpha, numClasses, p }] as const;

/**
 * Blends every image of a batch with the preceding one, with weights λ and 1 − λ, and their labels in the same way (H.
 * Zhang et al. 2018). `forward` takes a batch { x, y } and returns y as probabilities [N, classes], which `crossEntropy`
 * takes.
 */
export class MixUp extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("MixUp", { options: mixKind });

  constructor(given: MixOptions = {}) {
    checkArguments(MixUp.signature, arguments);
    super("MixUp", part(false, given));
  }
}

/**
 * Copies a box with about 1 − λ of the area from the preceding image into every image of a batch; labels are blended by
 * area (S. Yun et al. 2019). `forward` takes a batch { x, y } and returns y as probabilities [N, classes], which
 * `crossEntropy` takes.
 */
export class CutMix extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("CutMix", { options: mixKind });

  constructor(given: MixOptions = {}) {
    checkArguments(CutMix.signature, arguments);
    super("CutMix", part(true, given));
  }
}
