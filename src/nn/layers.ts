import { ShapeError } from "../core/errors.ts";
import { count, integer, list, optional } from "../core/kinds.ts";
import { normalizeAxis, type Shape, show, size } from "../core/shape.ts";
import { checkArguments, signature } from "../core/signature.ts";
import { sigmoid } from "../ops/activation.ts";
import { mul } from "../ops/elementwise.ts";
import { flatten, reshape } from "../ops/reshape.ts";
import { slice } from "../ops/shape.ts";
import { logSoftmax, softmax } from "../ops/softmax.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Module } from "./module.ts";

const axisKinds = { axis: /* @__PURE__ */ optional(integer) };

/** Softmax over `axis` (default the last). */
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

/** Axes `start`..`end` (inclusive, negative from the end) as one; by default all after the first. */
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

/** Axis `axis` as several of these sizes, whose product is its own: `new Unflatten(1, [8, 4, 4])`. */
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

/** What comes in goes out. */
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
