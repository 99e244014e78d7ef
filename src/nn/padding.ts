import { ShapeError } from "../core/errors.ts";
import type { Kind } from "../core/kinds.ts";
import { show } from "../core/shape.ts";
import { type CallSignature, checkArguments, signature } from "../core/signature.ts";
import { indexSelect } from "../ops/index/indexing.ts";
import { pad } from "../ops/shape/shape.ts";
import { tensor } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { whole } from "./kinds.ts";
import { Module } from "./module/module.ts";

/** Cells added on each side: a number for all, or [left, right, top, bottom], PyTorch's order. */
export type Padding2d =
  | number
  | readonly [left: number, right: number, top: number, bottom: number];

const padding: Kind = {
  expected: "an integer ≥ 0 or four of them, [left, right, top, bottom]",
  accepts: (value) =>
    whole.accepts(value) ||
    (Array.isArray(value) && value.length === 4 && value.every(whole.accepts)),
};
const kinds = { padding };

/** Index of the cell of n that is copied to position i, where i may lie outside 0..n−1. */
type Source = (i: number, n: number) => number;

/** Base of the padding layers. */
abstract class PaddingLayer extends Module {
  readonly #who: string;
  /** [before, after] of rows and columns. */
  protected readonly sides: readonly [readonly [number, number], readonly [number, number]];

  constructor({ name }: CallSignature, given: Padding2d) {
    super();
    this.#who = name;
    const [left, right, top, bottom] =
      typeof given === "number" ? [given, given, given, given] : given;
    this.sides = [
      [top, bottom],
      [left, right],
    ];
  }

  /** Returns x if it is [N, C, H, W]; throws `ShapeError` otherwise. */
  protected checked(x: Tensor): Tensor {
    if (x?.shape?.length === 4) return x;
    throw new ShapeError(
      `${this.#who}: expected x [N, C, H, W], got ${x?.shape ? show(x.shape, "x") : x}; reshape it`,
    );
  }

  /** Extends both axes by copies of cells. `most` is the largest padding allowed for n cells. */
  protected copied(input: Tensor, source: Source, most: (n: number) => number): Tensor {
    const x = this.checked(input);
    this.sides.forEach((side, axis) => {
      const n = x.shape[axis + 2] ?? 0;
      if (Math.max(...side) <= most(n)) return;
      throw new ShapeError(
        `${this.#who}: expected paddings up to ${most(n)} for ${show(x.shape, "x")}, got [${side}]; use less`,
      );
    });
    using rows = this.#along(x, 0, source);
    return this.#along(rows, 1, source);
  }

  #along(x: Tensor, axis: 0 | 1, source: Source): Tensor {
    const n = x.shape[axis + 2] ?? 0;
    const [before, after] = this.sides[axis];
    const from = Uint32Array.from({ length: before + n + after }, (_, i) => source(i - before, n));
    using index = tensor(from, { engine: x.engine });
    return indexSelect(x, axis + 2, index);
  }
}

/** Pads the images of x [N, C, H, W] with zeros. */
export class ZeroPad2d extends PaddingLayer {
  static override readonly signature = /* @__PURE__ */ signature("ZeroPad2d", kinds);

  constructor(padding: Padding2d) {
    checkArguments(ZeroPad2d.signature, arguments);
    super(ZeroPad2d.signature, padding);
  }

  override forward(x: Tensor): Tensor {
    return pad(this.checked(x), [[0, 0], [0, 0], ...this.sides]);
  }
}

/**
 * Pads the images of x [N, C, H, W] by mirroring them at their outermost cells, which are not repeated. Paddings must be
 * smaller than H and W.
 */
export class ReflectionPad2d extends PaddingLayer {
  static override readonly signature = /* @__PURE__ */ signature("ReflectionPad2d", kinds);

  constructor(padding: Padding2d) {
    checkArguments(ReflectionPad2d.signature, arguments);
    super(ReflectionPad2d.signature, padding);
  }

  override forward(x: Tensor): Tensor {
    const mirrored: Source = (i, n) => n - 1 - Math.abs(n - 1 - Math.abs(i));
    return this.copied(x, mirrored, (n) => n - 1);
  }
}

/** Pads the images of x [N, C, H, W] by repeating their outermost cells. */
export class ReplicationPad2d extends PaddingLayer {
  static override readonly signature = /* @__PURE__ */ signature("ReplicationPad2d", kinds);

  constructor(padding: Padding2d) {
    checkArguments(ReplicationPad2d.signature, arguments);
    super(ReplicationPad2d.signature, padding);
  }

  override forward(x: Tensor): Tensor {
    const nearest: Source = (i, n) => Math.min(Math.max(i, 0), n - 1);
    return this.copied(x, nearest, (n) => (n > 0 ? Infinity : 0));
  }
}
