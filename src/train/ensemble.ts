import { ShapeError, ValueError } from "../core/errors.ts";
import { list, number, oneOf } from "../core/kinds.ts";
import { show } from "../core/shape.ts";
import { checkArguments, options as optionsOf, signature } from "../core/signature.ts";
import { Module } from "../nn/module/module.ts";
import { softmax } from "../ops/activation/softmax.ts";
import { add, mul } from "../ops/elementwise/elementwise.ts";
import { oneHot } from "../ops/index/embedding.ts";
import { argmax } from "../ops/reduce/reduce.ts";
import { scope } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { modelKind } from "./kinds.ts";

/** Options of `AveragingEnsemble`: weights of the members. */
export interface EnsembleOptions {
  /** Weight of each member. Default: equal. */
  readonly weights?: readonly number[];
}

/** Options of a `VotingEnsemble`. */
export interface VotingOptions extends EnsembleOptions {
  /** "soft" averages the members' probabilities, "hard" counts each member's most probable class. Default "soft". */
  readonly voting?: "soft" | "hard";
  /** Output of the members: logits, to which softmax is applied, or probabilities. Default "logits". */
  readonly output?: "logits" | "probabilities";
}

/** Models with a combined output. Its state dict contains theirs as `members.0.…`; `train()` and `eval()` apply to all. */
abstract class Ensemble extends Module {
  readonly members: readonly Module[];
  /** Weights of the members, with sum 1. */
  protected readonly shares: readonly number[];

  constructor(who: string, members: readonly Module[], { weights }: EnsembleOptions) {
    super();
    this.members = members;
    const given = weights ?? members.map(() => 1);
    const total = given.reduce((sum, weight) => sum + weight, 0);
    const usable = given.every((weight) => weight >= 0) && total > 0 && total < Infinity;
    if (members.length === 0 || given.length !== members.length || !usable) {
      throw new ValueError(
        `${who}: expected members and as many weights ≥ 0, not all 0, got ${members.length} members and weights ` +
          `[${given.join(", ")}]; leave weights out for equal ones`,
      );
    }
    this.shares = given.map((weight) => weight / total);
  }

  /** Σ share · output; all outputs have the same shape. */
  protected average(who: string, answers: readonly Tensor[]): Tensor {
    const [first] = answers;
    const other = answers.find((y) => show(y.shape) !== show(first?.shape ?? []));
    if (other) {
      throw new ShapeError(
        `${who}: expected members that agree in shape, got ${show(first?.shape ?? [])} and ${show(other.shape)}; ` +
          "give all of them the same outputs",
      );
    }
    return answers
      .map((y, i) => mul(y, this.shares[i] as number))
      .reduce((sum, weighted) => add(sum, weighted));
  }
}

/** The (weighted) mean of its members' outputs: an ensemble for regression, as scikit-learn's VotingRegressor. */
export class AveragingEnsemble extends Ensemble {
  static override readonly signature = /* @__PURE__ */ signature("AveragingEnsemble", {
    members: list(modelKind),
    options: optionsOf<EnsembleOptions>({ weights: list(number) }),
  });

  /** Throws `ValueError` without members, or for a wrong number of weights. */
  constructor(members: readonly Module[], options: EnsembleOptions = {}) {
    checkArguments(AveragingEnsemble.signature, arguments);
    super("AveragingEnsemble", members, options);
  }

  override forward(x: Tensor): Tensor {
    const answers = this.members.map((member) => member.forward(x));
    return this.average("AveragingEnsemble", answers);
  }
}

/** Classifiers that vote, as scikit-learn's VotingClassifier. Members return [N, classes]. */
export class VotingEnsemble extends Ensemble {
  static override readonly signature = /* @__PURE__ */ signature("VotingEnsemble", {
    members: list(modelKind),
    options: optionsOf<VotingOptions>({
      weights: list(number),
      voting: oneOf("soft", "hard"),
      output: oneOf("logits", "probabilities"),
    }),
  });

  readonly #hard: boolean;
  readonly #logits: boolean;

  /** Throws `ValueError` without members, or for a wrong number of weights. */
  constructor(members: readonly Module[], options: VotingOptions = {}) {
    checkArguments(VotingEnsemble.signature, arguments);
    super("VotingEnsemble", members, options);
    this.#hard = options.voting === "hard";
    this.#logits = options.output !== "probabilities";
  }

  /** [N, classes] with rows that sum to 1: mean probabilities, or each class's fraction of the votes. */
  override forward(x: Tensor): Tensor {
    const answers = this.members.map((member) => member.forward(x));
    return this.average(
      "VotingEnsemble",
      answers.map((y) => this.#vote(y)),
    );
  }

  /** The class of each sample, [N] in u32; the lowest of equally probable ones. */
  predict(x: Tensor): Tensor {
    return scope(() => argmax(this.forward(x)));
  }

  #vote(y: Tensor): Tensor {
    const [, classes = 0] = y.shape;
    if (y.shape.length !== 2) {
      throw new ShapeError(
        `VotingEnsemble: expected members that give [N, classes], got ${show(y.shape)}; flatten their outputs`,
      );
    }
    if (this.#hard) return oneHot(argmax(y), classes);
    return this.#logits ? softmax(y) : y;
  }
}
