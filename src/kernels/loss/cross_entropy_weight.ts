import shader from "#shaders/loss/cross_entropy_weight.wgsl";
import { ShapeError, ValueError } from "../../core/errors.ts";
import { number, required } from "../../core/kinds.ts";
import { show, size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import {
  checkOptional,
  type IgnoreOption,
  ignoreParams,
  labelWeight,
  pieces,
  sumPieces,
} from "./labels.ts";

export interface LabelWeightOptions extends IgnoreOption {
  /** Number of classes, an integer ≥ 1; labels are 0 to classes − 1. */
  readonly classes: number;
}

const WHO = "loss/cross_entropy_weight";

/**
 * The divisor of the mean cross-entropy: Σ weight[label] over the u32 labels (of any shape) that are not ignored, or their
 * number without weights. Writes the sums of pieces of 4096 labels; `lossTotal` adds them if there are several. A label out
 * of range gives NaN. Throws `ShapeError` for no labels or weights that are not [classes], `ValueError` for options outside
 * their domain.
 */
export const crossEntropyWeight = kernel(
  shader,
  ({ labels, weight }, options: LabelWeightOptions) => {
    const { classes } = options;
    if (size(labels) === 0) {
      throw new ShapeError(`${WHO}: expected labels, got ${show(labels)}; skip empty batches`);
    }
    if (!Number.isInteger(classes) || classes < 1) {
      throw new ValueError(
        `${WHO}: expected classes an integer ≥ 1, got ${classes}; pass logits.shape[1]`,
      );
    }
    checkOptional(WHO, "weight", weight, [classes]);
    const { count, grid, overrides } = pieces(size(labels));
    return {
      outputs: { sums: [count] },
      params: { count: size(labels), classes, ...ignoreParams(WHO, options) },
      grid,
      overrides,
      slots: { class_weight: weight ? "given" : "none" },
      flops: size(labels),
    };
  },
);

export const kinds = () => ({ classes: required(number), ignoreIndex: number });

export const reference: Reference<typeof crossEntropyWeight> = ({ labels, weight }, options) => ({
  sums: sumPieces(labels.data.length, (i) =>
    labelWeight(labels.data[i] as number, options.classes, options, weight),
  ),
});

const labels = (length: number, classes: number) => ({
  shape: [length],
  fill: (_: number, random: () => number) => Math.floor(random() * classes),
});
const weight = { shape: [11], fill: (k: number) => 0.1 + (k % 4) };

export const cases: Case<typeof crossEntropyWeight>[] = [
  { name: "one label", inputs: { labels: labels(1, 3) }, options: { classes: 3 } },
  {
    name: "weights",
    inputs: { labels: labels(257, 11), weight },
    options: { classes: 11 },
    tolerance: { length: 257 },
  },
  {
    name: "counts labels that are not ignored, one more than a piece",
    inputs: { labels: labels(4097, 11) },
    options: { classes: 10, ignoreIndex: 10 },
    tolerance: "exact",
  },
  {
    name: "weights, an ignored class, two axes",
    inputs: { labels: { shape: [70, 130], fill: (i) => (i * 7) % 11 }, weight },
    options: { classes: 11, ignoreIndex: 5 },
    tolerance: { length: 4096 },
  },
  {
    name: "all ignored",
    inputs: { labels: labels(100, 1) },
    options: { classes: 2, ignoreIndex: 0 },
  },
  {
    name: "a label that is no class",
    inputs: { labels: { shape: [300], fill: (i) => (i === 299 ? 0xffffffff : i % 11) }, weight },
    options: { classes: 11 },
  },
];
