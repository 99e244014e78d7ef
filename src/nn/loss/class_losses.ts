import { required } from "../../core/kinds.ts";
import { checkArguments, signature } from "../../core/signature.ts";
import {
  type MultiLabelSoftMarginOptions,
  multiLabelSoftMarginLoss,
  multiLabelSoftMarginOptions,
} from "../../loss/binary.ts";
import type { ClassLossOptions } from "../../loss/class_rows.ts";
import {
  type FocalOptions,
  focalLoss,
  focalOptions,
  type MultiMarginLossOptions,
  multiLabelMarginLoss,
  multiMarginLoss,
  multiMarginOptions,
  nllLoss,
  nllOptions,
} from "../../loss/classes.ts";
import {
  type CrossEntropyOptions,
  crossEntropy,
  crossEntropyOptions,
} from "../../loss/cross_entropy.ts";
import type { Labels } from "../../loss/labels.ts";
import { type LdamOptions, ldamLoss, ldamOptions } from "../../loss/ldam.ts";
import { type ReductionOption, reductionOptions } from "../../loss/reduction.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type InputAndTarget, Loss } from "./loss.ts";

type LabelledArgs = [input: Tensor, labels: Labels];

/** `multiLabelSoftMarginLoss` as a module, with `weight` as a buffer. */
export class MultiLabelSoftMarginLoss extends Loss<MultiLabelSoftMarginOptions, InputAndTarget> {
  static override readonly signature = /* @__PURE__ */ signature("MultiLabelSoftMarginLoss", {
    options: multiLabelSoftMarginOptions,
  });
  /** Weight of every class, [C]; undefined where none was given. */
  declare readonly weight: Tensor | undefined;

  override forward(input: Tensor, target: Tensor): Tensor {
    return multiLabelSoftMarginLoss(input, target, this.options);
  }
}

/** `crossEntropy` as a module, with `weight` as a buffer. The target may also be probabilities. */
export class CrossEntropyLoss extends Loss<CrossEntropyOptions, LabelledArgs> {
  static override readonly signature = /* @__PURE__ */ signature("CrossEntropyLoss", {
    options: crossEntropyOptions,
  });
  /** Weight of every class, [C]; undefined where none was given. */
  declare readonly weight: Tensor | undefined;

  override forward(input: Tensor, labels: Labels): Tensor {
    return crossEntropy(input, labels, this.options);
  }
}

/** `nllLoss` as a module, with `weight` as a buffer. */
export class NLLLoss extends Loss<ClassLossOptions, LabelledArgs> {
  static override readonly signature = /* @__PURE__ */ signature("NLLLoss", {
    options: nllOptions,
  });
  /** Weight of every class, [C]; undefined where none was given. */
  declare readonly weight: Tensor | undefined;

  override forward(input: Tensor, labels: Labels): Tensor {
    return nllLoss(input, labels, this.options);
  }
}

/** `focalLoss` as a module, with `weight` as a buffer. */
export class FocalLoss extends Loss<FocalOptions, LabelledArgs> {
  static override readonly signature = /* @__PURE__ */ signature("FocalLoss", {
    options: focalOptions,
  });
  /** α: weight of every class, [C]; undefined where none was given. */
  declare readonly weight: Tensor | undefined;

  override forward(input: Tensor, labels: Labels): Tensor {
    return focalLoss(input, labels, this.options);
  }
}

/** `ldamLoss` as a module, with `weight` as a buffer. */
export class LDAMLoss extends Loss<LdamOptions, LabelledArgs> {
  static override readonly signature = /* @__PURE__ */ signature("LDAMLoss", {
    options: /* @__PURE__ */ required(ldamOptions),
  });
  /** Weight of every class, [C]; undefined where none was given. */
  declare readonly weight: Tensor | undefined;
  readonly #given: LdamOptions;

  constructor(options: LdamOptions) {
    checkArguments(LDAMLoss.signature, arguments);
    super(options);
    this.#given = options;
  }

  override forward(input: Tensor, labels: Labels): Tensor {
    return ldamLoss(input, labels, { ...this.#given, ...this.options });
  }
}

/** `multiMarginLoss` as a module, with `weight` as a buffer. */
export class MultiMarginLoss extends Loss<MultiMarginLossOptions, LabelledArgs> {
  static override readonly signature = /* @__PURE__ */ signature("MultiMarginLoss", {
    options: multiMarginOptions,
  });
  /** Weight of every class, [C]; undefined where none was given. */
  declare readonly weight: Tensor | undefined;

  override forward(input: Tensor, labels: Labels): Tensor {
    return multiMarginLoss(input, labels, this.options);
  }
}

/** `multiLabelMarginLoss` as a module. */
export class MultiLabelMarginLoss extends Loss<ReductionOption, LabelledArgs> {
  static override readonly signature = /* @__PURE__ */ signature("MultiLabelMarginLoss", {
    options: reductionOptions,
  });

  override forward(input: Tensor, labels: Labels): Tensor {
    return multiLabelMarginLoss(input, labels, this.options);
  }
}
