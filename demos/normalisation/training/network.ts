import { batchNorm, relu, reshape, type Tensor } from "wgrad";
import * as nn from "wgrad/nn";
import type { Between, Order } from "../settings.ts";
import { SIDE } from "./digits.ts";

const WIDTH = 8;
const GROUPS = 2;
/** Stride of each convolution: maps of 8 × 8, then three of 4 × 4, then two of 2 × 2. */
const strides = [1, 2, 1, 1, 2, 1] as const;
/** Number of convolutions. */
export const DEPTH = strides.length;

/** Side of the map after each convolution. */
const sides = strides.map(
  (_, i) => SIDE / strides.slice(0, i + 1).reduce<number>((a, b) => a * b, 1),
);

/** Number of features of a digit after the last convolution. */
const FLAT = WIDTH * (sides.at(-1) ?? 1) ** 2;

/** The norm after a convolution, or undefined. */
function normOf(kind: Between, side: number): nn.Norm | nn.Identity {
  switch (kind) {
    case "none":
      return new nn.Identity();
    case "batch":
      return new nn.BatchNorm2d(WIDTH);
    case "group":
      return new nn.GroupNorm(GROUPS, WIDTH);
    case "instance":
      return new nn.InstanceNorm2d(WIDTH, { affine: true });
    case "layer":
      return new nn.LayerNorm([WIDTH, side, side]);
    case "rms":
      return new nn.RMSNorm([WIDTH, side, side]);
  }
}

/** Six convolutions of eight channels, each with a norm and a ReLU, and a linear layer. */
export class Network extends nn.Module {
  readonly convs = strides.map(
    (stride, i) => new nn.Conv2d(i === 0 ? 1 : WIDTH, WIDTH, 3, { stride, padding: 1 }),
  );
  readonly norms: readonly (nn.Norm | nn.Identity)[];
  readonly head = new nn.Linear(FLAT, 10);
  readonly #order: Order;

  constructor(between: Between, order: Order) {
    super();
    this.norms = sides.map((side) => normOf(between, side));
    this.#order = order;
  }

  /**
   * Outputs of each layer for digits [N, 1, 8, 8], the scores [N, 10] last. `own`: batch norm uses the statistics of
   * these digits and leaves the running ones unchanged.
   */
  layers(x: Tensor, own = false): Tensor[] {
    const outputs: Tensor[] = [];
    let h = x;
    for (const [i, conv] of this.convs.entries()) {
      const norm = (value: Tensor) => this.#normalised(i, value, own);
      h = this.#order === "before" ? relu(norm(conv.forward(h))) : norm(relu(conv.forward(h)));
      outputs.push(h);
    }
    return [...outputs, this.head.forward(reshape(h, [h.shape[0] ?? 1, FLAT]))];
  }

  override forward(x: Tensor): Tensor {
    return this.layers(x).at(-1) as Tensor;
  }

  #normalised(i: number, x: Tensor, own: boolean): Tensor {
    const norm = this.norms[i] as nn.Norm | nn.Identity;
    if (!own || !(norm instanceof nn.BatchNorm2d)) return norm.forward(x);
    return batchNorm(x, { weight: norm.weight, bias: norm.bias, training: true });
  }
}
