import { signature } from "../../core/signature.ts";
import {
  type BinaryCrossEntropyOptions,
  type BinaryCrossEntropyWithLogitsOptions,
  binaryCrossEntropy,
  binaryCrossEntropyOptions,
  binaryCrossEntropyWithLogits,
  binaryCrossEntropyWithLogitsOptions,
} from "../../loss/binary.ts";
import {
  type CosineSimilarityOptions,
  cosineEmbeddingLoss,
  cosineSimilarity,
  cosineSimilarityOptions,
} from "../../loss/cosine.ts";
import { type KlDivOptions, klDiv, klDivOptions } from "../../loss/divergence.ts";
import {
  hingeEmbeddingLoss,
  type MarginOptions,
  marginOptions,
  marginRankingLoss,
  softMarginLoss,
} from "../../loss/margin.ts";
import { type ReductionOption, reductionOptions } from "../../loss/reduction.ts";
import {
  type GaussianNllOptions,
  gaussianNllLoss,
  gaussianNllOptions,
  type HuberOptions,
  huberLoss,
  huberOptions,
  l1Loss,
  mseLoss,
  type PoissonNllOptions,
  poissonNllLoss,
  poissonNllOptions,
  type SmoothL1Options,
  smoothL1Loss,
  smoothL1Options,
} from "../../loss/regression.ts";
import {
  type TripletMarginOptions,
  tripletMarginLoss,
  tripletMarginOptions,
} from "../../loss/triplet.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type InputAndTarget, Loss } from "./loss.ts";

type Triple = [input1: Tensor, input2: Tensor, target: Tensor];

/** `l1Loss` as a module. */
export class L1Loss extends Loss<ReductionOption, InputAndTarget> {
  static override readonly signature = /* @__PURE__ */ signature("L1Loss", {
    options: reductionOptions,
  });

  override forward(input: Tensor, target: Tensor): Tensor {
    return l1Loss(input, target, this.options);
  }
}

/** `mseLoss` as a module. */
export class MSELoss extends Loss<ReductionOption, InputAndTarget> {
  static override readonly signature = /* @__PURE__ */ signature("MSELoss", {
    options: reductionOptions,
  });

  override forward(input: Tensor, target: Tensor): Tensor {
    return mseLoss(input, target, this.options);
  }
}

/** `smoothL1Loss` as a module. */
export class SmoothL1Loss extends Loss<SmoothL1Options, InputAndTarget> {
  static override readonly signature = /* @__PURE__ */ signature("SmoothL1Loss", {
    options: smoothL1Options,
  });

  override forward(input: Tensor, target: Tensor): Tensor {
    return smoothL1Loss(input, target, this.options);
  }
}

/** `huberLoss` as a module. */
export class HuberLoss extends Loss<HuberOptions, InputAndTarget> {
  static override readonly signature = /* @__PURE__ */ signature("HuberLoss", {
    options: huberOptions,
  });

  override forward(input: Tensor, target: Tensor): Tensor {
    return huberLoss(input, target, this.options);
  }
}

/** `poissonNllLoss` as a module. */
export class PoissonNLLLoss extends Loss<PoissonNllOptions, InputAndTarget> {
  static override readonly signature = /* @__PURE__ */ signature("PoissonNLLLoss", {
    options: poissonNllOptions,
  });

  override forward(input: Tensor, target: Tensor): Tensor {
    return poissonNllLoss(input, target, this.options);
  }
}

/** `gaussianNllLoss` as a module. */
export class GaussianNLLLoss extends Loss<
  GaussianNllOptions,
  [input: Tensor, target: Tensor, variance: Tensor]
> {
  static override readonly signature = /* @__PURE__ */ signature("GaussianNLLLoss", {
    options: gaussianNllOptions,
  });

  override forward(input: Tensor, target: Tensor, variance: Tensor): Tensor {
    return gaussianNllLoss(input, target, variance, this.options);
  }
}

/** `klDiv` as a module. */
export class KLDivLoss extends Loss<KlDivOptions, InputAndTarget> {
  static override readonly signature = /* @__PURE__ */ signature("KLDivLoss", {
    options: klDivOptions,
  });

  override forward(input: Tensor, target: Tensor): Tensor {
    return klDiv(input, target, this.options);
  }
}

/** `binaryCrossEntropy` as a module, with `weight` as a buffer. */
export class BCELoss extends Loss<BinaryCrossEntropyOptions, InputAndTarget> {
  static override readonly signature = /* @__PURE__ */ signature("BCELoss", {
    options: binaryCrossEntropyOptions,
  });
  /** Weight of every element, broadcasts to the input; undefined where none was given. */
  declare readonly weight: Tensor | undefined;

  override forward(input: Tensor, target: Tensor): Tensor {
    return binaryCrossEntropy(input, target, this.options);
  }
}

/** `binaryCrossEntropyWithLogits` as a module, with `weight` and `pos_weight` as buffers. */
export class BCEWithLogitsLoss extends Loss<BinaryCrossEntropyWithLogitsOptions, InputAndTarget> {
  static override readonly signature = /* @__PURE__ */ signature("BCEWithLogitsLoss", {
    options: binaryCrossEntropyWithLogitsOptions,
  });
  /** Weight of every element, broadcasts to the logits; undefined where none was given. */
  declare readonly weight: Tensor | undefined;
  /** Weight of positive targets, broadcasts to the logits; undefined where none was given. */
  declare readonly posWeight: Tensor | undefined;

  override forward(input: Tensor, target: Tensor): Tensor {
    return binaryCrossEntropyWithLogits(input, target, this.options);
  }
}

/** `hingeEmbeddingLoss` as a module. */
export class HingeEmbeddingLoss extends Loss<MarginOptions, InputAndTarget> {
  static override readonly signature = /* @__PURE__ */ signature("HingeEmbeddingLoss", {
    options: marginOptions,
  });

  override forward(input: Tensor, target: Tensor): Tensor {
    return hingeEmbeddingLoss(input, target, this.options);
  }
}

/** `softMarginLoss` as a module. */
export class SoftMarginLoss extends Loss<ReductionOption, InputAndTarget> {
  static override readonly signature = /* @__PURE__ */ signature("SoftMarginLoss", {
    options: reductionOptions,
  });

  override forward(input: Tensor, target: Tensor): Tensor {
    return softMarginLoss(input, target, this.options);
  }
}

/** `marginRankingLoss` as a module. */
export class MarginRankingLoss extends Loss<MarginOptions, Triple> {
  static override readonly signature = /* @__PURE__ */ signature("MarginRankingLoss", {
    options: marginOptions,
  });

  override forward(input1: Tensor, input2: Tensor, target: Tensor): Tensor {
    return marginRankingLoss(input1, input2, target, this.options);
  }
}

/** `cosineEmbeddingLoss` as a module. */
export class CosineEmbeddingLoss extends Loss<MarginOptions, Triple> {
  static override readonly signature = /* @__PURE__ */ signature("CosineEmbeddingLoss", {
    options: marginOptions,
  });

  override forward(input1: Tensor, input2: Tensor, target: Tensor): Tensor {
    return cosineEmbeddingLoss(input1, input2, target, this.options);
  }
}

/** `tripletMarginLoss` as a module. */
export class TripletMarginLoss extends Loss<
  TripletMarginOptions,
  [anchor: Tensor, positive: Tensor, negative: Tensor]
> {
  static override readonly signature = /* @__PURE__ */ signature("TripletMarginLoss", {
    options: tripletMarginOptions,
  });

  override forward(anchor: Tensor, positive: Tensor, negative: Tensor): Tensor {
    return tripletMarginLoss(anchor, positive, negative, this.options);
  }
}

/** `cosineSimilarity` as a module. */
export class CosineSimilarity extends Loss<CosineSimilarityOptions, [a: Tensor, b: Tensor]> {
  static override readonly signature = /* @__PURE__ */ signature("CosineSimilarity", {
    options: cosineSimilarityOptions,
  });

  override forward(a: Tensor, b: Tensor): Tensor {
    return cosineSimilarity(a, b, this.options);
  }
}
