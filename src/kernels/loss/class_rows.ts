import { ShapeError } from "../../core/errors.ts";
import { type Shape, sameShape, show, size } from "../../core/shape.ts";
import type { Fill, HostTensor } from "../kernel.ts";
import {
  checkOptional,
  type IgnoreOption,
  ignoreParams,
  labelShape,
  labelWeight,
} from "./labels.ts";

/** Factor of the gradient that a row loss writes. */
export interface ScaleOption {
  /** Factor of the gradient: 1 / rows for a mean. Default 1. */
  readonly scale?: number;
}

/** Options of losses of rows with one class label each. */
export interface ClassRowOptions extends IgnoreOption, ScaleOption {}

interface ClassRowShapes {
  readonly x: Shape;
  readonly labels: Shape;
  readonly weight?: Shape | undefined;
  readonly denominator?: Shape | undefined;
}

/**
 * The common part of the plans of losses of rows [N, C, d…] with labels [N, d…]. Throws `ShapeError` for shapes that do not
 * fit.
 */
export function classRowsPlan(who: string, shapes: ClassRowShapes, options: ClassRowOptions) {
  const { x, labels, weight, denominator } = shapes;
  const rows = labelShape(who, x);
  if (!sameShape(labels, rows)) {
    throw new ShapeError(
      `${who}: expected labels ${show(rows)} for ${show(x)}, got ${show(labels)}; axis 1 holds the classes`,
    );
  }
  checkOptional(who, "weight", weight, [x[1] as number]);
  checkOptional(who, "denominator", denominator, [1]);
  return {
    outputs: { loss: rows, dlogits: x },
    params: { ...ignoreParams(who, options), scale: options.scale ?? 1 },
    slots: {
      class_weight: weight ? "given" : "none",
      denominator: denominator ? "given" : "none",
    },
    flops: 8 * size(x),
  } as const;
}

/** A row: positions of its elements, its label, the label's weight, and the factor of its gradient. */
export interface ClassRow {
  readonly row: number;
  readonly at: readonly number[];
  readonly label: number;
  readonly ignored: boolean;
  readonly weight: number;
  readonly scale: number;
}

/** Calls `visit` with every row of [N, C, d…]. */
export function forEachClassRow(
  inputs: {
    readonly labels: HostTensor;
    readonly weight?: HostTensor;
    readonly denominator?: HostTensor;
  },
  shape: Shape,
  options: ClassRowOptions,
  visit: (row: ClassRow) => void,
): void {
  const [, cols = 1, ...positions] = shape;
  const inner = size(positions);
  const { labels, weight, denominator } = inputs;
  const divisor = denominator ? (denominator.data[0] as number) || NaN : 1;
  for (let row = 0; row < labels.data.length; row++) {
    const base = Math.floor(row / inner) * cols * inner + (row % inner);
    const label = labels.data[row] as number;
    visit({
      row,
      at: Array.from({ length: cols }, (_, k) => base + k * inner),
      label,
      ignored: label === options.ignoreIndex,
      weight: labelWeight(label, cols, {}, weight),
      scale: (options.scale ?? 1) / divisor,
    });
  }
}

/** Labels for a case: in 0..classes−1, every `every`-th replaced by `other`. */
export const labelsFor = (shape: Shape, other = 0, every = 0) => ({
  shape: labelShape("case", shape),
  fill: (i: number, random: () => number) => {
    const label = Math.floor(random() * (shape[1] ?? 1));
    return every && i % every === 0 ? other : label;
  },
});

/** Class weights for a case: one of them 0. */
export const weightsFor = (classes: number) => ({
  shape: [classes],
  fill: (k: number) => (k % 7 === 3 ? 0 : 0.25 + (k % 5)),
});

/** A tensor of these numbers. */
export const filled = (...values: number[]): { shape: Shape; fill: Fill } => ({
  shape: [values.length],
  fill: (i) => values[i] ?? 0,
});
