import { ShapeError } from "../core/errors.ts";
import { count, integer, list, optional } from "../core/kinds.ts";
import { normalizeAxis, type Shape, show, size } from "../core/shape.ts";
import { checkArguments, signature } from "../core/signature.ts";
import { flatten, reshape } from "../ops/shape/reshape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Module } from "./module/module.ts";

/**
 * Merges axes `start`..`end` (inclusive, negative from the end) into one; by default all after the first.
 *
 * @example
 * ```ts
 * import { zeros } from "wgrad";
 * import * as nn from "wgrad/nn";
 * console.log(new nn.Flatten().forward(zeros([2, 3, 4, 4])).shape); // [2, 48]
 * ```
 */
export class Flatten extends Module {
  static override readonly signature = /* @__PURE__ */ signature("Flatten", {
    ...{ start: /* @__PURE__ */ optional(integer), end: /* @__PURE__ */ optional(integer) },
  });
  readonly #range: readonly [start: number, end: number];

  constructor(start = 1, end = -1) {
    super();
    checkArguments(Flatten.signature, arguments);
    this.#range = [start, end];
  }

  override forward(x: Tensor): Tensor {
    return flatten(x, ...this.#range);
  }
}

/** Splits axis `axis` into several of these sizes, whose product must be its size: `new Unflatten(1, [8, 4, 4])`. */
export class Unflatten extends Module {
  static override readonly signature = /* @__PURE__ */ signature("Unflatten", {
    axis: integer,
    sizes: /* @__PURE__ */ list(count),
  });
  readonly #axis: number;
  readonly #sizes: Shape;

  constructor(axis: number, sizes: Shape) {
    super();
    checkArguments(Unflatten.signature, arguments);
    this.#axis = axis;
    this.#sizes = sizes;
  }

  override forward(x: Tensor): Tensor {
    const axis = normalizeAxis("Unflatten", this.#axis, x.shape.length);
    if (size(this.#sizes) !== x.shape[axis]) {
      throw new ShapeError(
        `Unflatten: expected ${size(this.#sizes)} elements along axis ${this.#axis} for ${show(this.#sizes)}, got ` +
          `${show(x.shape, "x")}; name sizes whose product it is`,
      );
    }
    return reshape(x, x.shape.toSpliced(axis, 1, ...this.#sizes));
  }
}

/** Returns its input. */
export class Identity extends Module {
  static override readonly signature = /* @__PURE__ */ signature("Identity", {});

  constructor() {
    super();
    checkArguments(Identity.signature, arguments);
  }

  override forward(x: Tensor): Tensor {
    return x;
  }
}
