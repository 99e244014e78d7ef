import { count, type Kind } from "../../core/kinds.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { probability } from "../../nn/kinds.ts";
import { Transform } from "./transform.ts";

/** How a batch is mixed; torchvision's names. */
export interface MixOptions {
  /** λ is drawn from Beta(alpha, alpha), once a batch; above 0. Default 1: every λ as likely. */
  readonly alpha?: number;
  /** Classes, for labels that are integers [N]; they become rows [N, classes]. Default: labels are such rows. */
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
 * Blends every image of a batch with the one before it, λ of its own and 1 − λ of that one, and their labels alike (H. Zhang et
 * al. 2018). `forward` takes a batch { x, y } and gives y as probabilities [N, classes], which `crossEntropy` takes.
 */
export class MixUp extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("MixUp", { options: mixKind });

  constructor(given: MixOptions = {}) {
    checkArguments(MixUp.signature, arguments);
    super("MixUp", part(false, given));
  }
}

/**
 * Puts a box with about 1 − λ of the area of the image before it into every image of a batch; labels are blended by the area (S.
 * Yun et al. 2019). `forward` takes a batch { x, y } and gives y as probabilities [N, classes], which `crossEntropy` takes.
 */
export class CutMix extends Transform {
  static override readonly signature = /* @__PURE__ */ signature("CutMix", { options: mixKind });

  constructor(given: MixOptions = {}) {
    checkArguments(CutMix.signature, arguments);
    super("CutMix", part(true, given));
  }
}
