import { ShapeError, ValueError } from "../core/errors.ts";
import { type Shape, show, size } from "../core/shape.ts";
import { crossEntropyWeight } from "../kernels/loss/cross_entropy_weight.ts";
import { checkOnReplay } from "../scheduler/recording.ts";
import { tensor } from "../tensor/create.ts";
import { run } from "../tensor/run.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { total } from "./reduction.ts";

/** Class labels: a u32 tensor, or integers the host knows. */
export type Labels = Tensor | readonly number[] | Uint32Array<ArrayBuffer>;

/** What labels must be. */
interface Expected {
  /** Of the labels. */
  readonly shape: Shape;
  readonly classes: number;
  readonly ignoreIndex?: number | undefined;
}

/**
 * Labels as a tensor of their own or the one given, checked as far as the host knows them. Throws `ShapeError` for a wrong
 * number, `ValueError` for a label that is no class.
 */
export function labelTensor(who: string, x: Tensor, labels: Labels, expected: Expected): Tensor {
  const { shape, classes, ignoreIndex } = expected;
  const outOfRange = (label: number) =>
    new ValueError(
      `${who}: expected labels in 0..${classes - 1} for ${classes} classes, got ${label}; ` +
        "check the labels, or name it as ignoreIndex",
    );
  const isWrong = (label: number) =>
    label !== ignoreIndex && !(Number.isInteger(label) && label >= 0 && label < classes);
  if ("storage" in labels) {
    const check = () => {
      const wrong = labels.bounds?.find(isWrong);
      if (wrong !== undefined) throw outOfRange(wrong);
    };
    check();
    checkOnReplay(check);
    return labels;
  }
  const wrong = labels.find(isWrong);
  if (wrong !== undefined) throw outOfRange(wrong);
  if (labels.length !== size(shape)) {
    throw new ShapeError(
      `${who}: expected ${show(shape)} labels for ${show(x.shape)}, got ${labels.length}`,
    );
  }
  return tensor(Uint32Array.from(labels), { shape, engine: x.engine, name: "labels" });
}

/** What a mean over labels divides by: Σ weight[label] over those not ignored, as one element. */
export function labelWeights(
  labels: Tensor,
  { classes, ignoreIndex }: Expected,
  weight?: Tensor,
): Tensor {
  const options = { classes, ...(ignoreIndex !== undefined && { ignoreIndex }) };
  return total(run(crossEntropyWeight, { labels, weight }, options).sums);
}
