import { ShapeError } from "../../core/errors.ts";
import { integer, optional } from "../../core/kinds.ts";
import { normalizeAxis, show } from "../../core/shape.ts";
import { checkArguments, signature } from "../../core/signature.ts";
import { sigmoid } from "../../ops/activation/activation.ts";
import { logSoftmax, softmax } from "../../ops/activation/softmax.ts";
import { mul } from "../../ops/elementwise/elementwise.ts";
import { slice } from "../../ops/shape/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Module } from "../module/module.ts";

const axisKinds = { axis: /* @__PURE__ */ optional(integer) };

/**
 * Softmax over `axis` (default the last).
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import * as nn from "wgrad/nn";
 * console.log(await new nn.Softmax().forward(tensor([[0, 0], [0, 100]])).read()); // [0.5, 0.5, 0, 1]
 * ```
 */
export class Softmax extends Module {
  static override readonly signature = /* @__PURE__ */ signature("Softmax", axisKinds);
  readonly #axis: number;

  constructor(axis = -1) {
    super();
    checkArguments(Softmax.signature, arguments);
    this.#axis = axis;
  }

  override forward(x: Tensor): Tensor {
    return softmax(x, this.#axis);
  }
}

/** log softmax over `axis` (default the last). */
export class LogSoftmax extends Module {
  static override readonly signature = /* @__PURE__ */ signature("LogSoftmax", axisKinds);
  readonly #axis: number;

  constructor(axis = -1) {
    super();
    checkArguments(LogSoftmax.signature, arguments);
    this.#axis = axis;
  }

  override forward(x: Tensor): Tensor {
    return logSoftmax(x, this.#axis);
  }
}

/**
 * The first half of `axis` (default the last) times the sigmoid of the second (Dauphin et al. 2016). Throws `ShapeError`
 * for an odd size.
 *
 * @example
 * ```ts
 * import { tensor } from "wgrad";
 * import * as nn from "wgrad/nn";
 * console.log(await new nn.GLU().forward(tensor([1, 2, 0, 100])).read()); // [0.5, 2]
 * ```
 */
export class GLU extends Module {
  static override readonly signature = /* @__PURE__ */ signature("GLU", axisKinds);
  readonly #axis: number;

  constructor(axis = -1) {
    super();
    checkArguments(GLU.signature, arguments);
    this.#axis = axis;
  }

  override forward(x: Tensor): Tensor {
    const axis = normalizeAxis("GLU", this.#axis, x.shape.length);
    const n = x.shape[axis] ?? 0;
    if (n % 2 !== 0) {
      throw new ShapeError(
        `GLU: expected an even size of axis ${this.#axis}, got ${show(x.shape, "x")}; double the channels before it`,
      );
    }
    const part = (start: number) =>
      slice(
        x,
        x.shape.map((_, k) => (k === axis ? { start, end: start + n / 2 } : {})),
      );
    using value = part(0);
    using gate = part(n / 2);
    using open = sigmoid(gate);
    return mul(value, open);
  }
}
