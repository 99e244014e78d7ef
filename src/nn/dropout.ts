import { optional } from "../core/kinds.ts";
import { checkArguments, signature } from "../core/signature.ts";
import { alphaDropout, dropout1d, dropout2d, dropout3d } from "../ops/random/dropout.ts";
import { dropout } from "../ops/random/random.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { probability } from "./kinds.ts";
import { Module } from "./module/module.ts";

const kinds = { p: /* @__PURE__ */ optional(probability) };

/** Base of the dropout layers: `drop` with probability p in training, the identity in evaluation. */
abstract class Dropping extends Module {
  readonly #p: number;
  readonly #drop: (x: Tensor, p: number) => Tensor;

  constructor(p: number, drop: (x: Tensor, p: number) => Tensor) {
    super();
    this.#p = p;
    this.#drop = drop;
  }

  override forward(x: Tensor): Tensor {
    return this.training && this.#p > 0 ? this.#drop(x, this.#p) : x;
  }
}

/** In training zeroes each channel of [N, C, L] with probability p (default 0.5) and scales the rest by 1/(1 − p). */
export class Dropout1d extends Dropping {
  static override readonly signature = /* @__PURE__ */ signature("Dropout1d", kinds);

  constructor(p = 0.5) {
    checkArguments(Dropout1d.signature, arguments);
    super(p, dropout1d);
  }
}

/** In training zeroes each channel of [N, C, H, W] with probability p (default 0.5) and scales the rest by 1/(1 − p). */
export class Dropout2d extends Dropping {
  static override readonly signature = /* @__PURE__ */ signature("Dropout2d", kinds);

  constructor(p = 0.5) {
    checkArguments(Dropout2d.signature, arguments);
    super(p, dropout2d);
  }
}

/** In training zeroes each channel of [N, C, D, H, W] with probability p (default 0.5), scaling the rest by 1/(1 − p). */
export class Dropout3d extends Dropping {
  static override readonly signature = /* @__PURE__ */ signature("Dropout3d", kinds);

  constructor(p = 0.5) {
    checkArguments(Dropout3d.signature, arguments);
    super(p, dropout3d);
  }
}

/** Dropout that preserves mean and variance, for networks with SELU; p is 0.5 by default. */
export class AlphaDropout extends Dropping {
  static override readonly signature = /* @__PURE__ */ signature("AlphaDropout", kinds);

  constructor(p = 0.5) {
    checkArguments(AlphaDropout.signature, arguments);
    super(p, alphaDropout);
  }
}

/**
 * In training zeroes each element with probability p (default 0.5) and scales the rest by 1/(1 − p).
 *
 * @example
 * ```ts
 * import { ones } from "wgrad";
 * import * as nn from "wgrad/nn";
 * const layer = new nn.Dropout(0.5);
 * layer.eval();
 * console.log(await layer.forward(ones([3])).read()); // [1, 1, 1]
 * ```
 */
export class Dropout extends Dropping {
  static override readonly signature = /* @__PURE__ */ signature("Dropout", kinds);

  constructor(p = 0.5) {
    checkArguments(Dropout.signature, arguments);
    super(p, dropout);
  }
}
