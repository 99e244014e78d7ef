import { ShapeError, ValueError } from "../core/errors.ts";
import type { Kind } from "../core/kinds.ts";
import { isA } from "../core/realm.ts";
import { type Shape, show, size } from "../core/shape.ts";
import { crossEntropyWeight } from "../kernels/loss/cross_entropy_weight.ts";
import { checkOnReplay } from "../scheduler/step/recording.ts";
import { tensor } from "../tensor/create.ts";
import { isTensor, tensorKind } from "../tensor/kinds.ts";
import { run } from "../tensor/run.ts";
import { Tensor } from "../tensor/tensor.ts";
import { total } from "./reduction.ts";

/** Labels on the host: an array of numbers, or a typed array of integers of any kind. */
export type HostLabels =
  | readonly number[]
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** Class labels: a tensor of integers, i32 or u32, or integers on the host. */
export type Labels = Tensor | HostLabels;

export const labelsKind: Kind = {
  expected: "labels",
  advice: "pass a tensor, an array or a typed array of integers",
  accepts: (value) =>
    isTensor(value) ||
    (Array.isArray(value)
      ? value.every((label) => typeof label === "number")
      : ArrayBuffer.isView(value) && /^(Big)?U?int/i.test(value.constructor.name)),
  check: (value, who, name) => {
    if (isTensor(value)) tensorKind.check?.(value, who, name);
  },
};

/** PyTorch's default label of elements to ignore. */
export const IGNORED = -100;

/** Requirements for labels. */
interface LabelRequirements {
  /** Shape of the labels. */
  readonly shape: Shape;
  readonly classes: number;
  /** The label of elements to ignore; undefined for none. */
  readonly ignoreIndex?: number | undefined;
}

/** Labels in the form that kernels read. */
export interface LabelRows {
  /** u32 with the bits of the given integers: an i32 of −1 is 0xffffffff. A new handle. */
  readonly labels: Tensor;
  /** The kernels' option for the label to ignore; empty if no label can be equal to it. */
  readonly ignored: { readonly ignoreIndex?: number };
}

/**
 * Labels on the GPU, checked as far as the host knows them, also in replays of a captured step. Throws `ShapeError` for a
 * wrong number of labels, `ValueError` for a label out of range or a tensor that does not hold integers.
 */
export function labelRows(
  who: string,
  x: Tensor,
  labels: Labels,
  expected: LabelRequirements,
): LabelRows {
  const { classes, ignoreIndex, shape } = expected;
  const check = (
    known: readonly number[] | Exclude<HostLabels, BigInt64Array | BigUint64Array>,
  ) => {
    const wrong = Array.prototype.find.call(
      known,
      (label: number) =>
        label !== ignoreIndex && !(Number.isInteger(label) && label >= 0 && label < classes),
    );
    if (wrong === undefined) return;
    throw new ValueError(
      `${who}: expected labels in 0..${classes - 1} for ${classes} classes, got ${wrong}; ` +
        "check the labels, or name it as ignoreIndex",
    );
  };
  const ignored = (possible: boolean) =>
    possible && ignoreIndex !== undefined ? { ignoreIndex: ignoreIndex >>> 0 } : {};
  if (isTensor(labels)) {
    const checkBounds = () => check(labels.bounds ?? []);
    checkBounds();
    checkOnReplay(checkBounds);
    const possible = labels.dtype === "i32" || (ignoreIndex ?? -1) >= 0;
    return { labels: integers(who, x, labels, shape, "u32"), ignored: ignored(possible) };
  }
  const known = plain(labels);
  check(known);
  const possible = Array.prototype.includes.call(known, ignoreIndex);
  return { labels: integers(who, x, known, shape, "u32"), ignored: ignored(possible) };
}

/**
 * Integers of a shape as a new handle to a tensor that kernels read as `dtype`: the bits of the given tensor, or uploaded
 * integers.
 */
export function integers(
  who: string,
  x: Tensor,
  given: Labels,
  shape: Shape,
  dtype: "i32" | "u32",
): Tensor {
  if (isTensor(given)) {
    if (given.dtype === "i32" || given.dtype === "u32") {
      const { engine, storage, name } = given;
      return new Tensor({ engine, storage, shape: given.shape, dtype, name });
    }
    throw new ValueError(
      `${who}: expected labels of integers, i32 or u32, got ${given.dtype} ${show(given.shape, given.name)}; ` +
        'make them with { dtype: "u32" }',
    );
  }
  if (given.length !== size(shape)) {
    throw new ShapeError(
      `${who}: expected ${show(shape)} labels for ${show(x.shape)}, got ${given.length}; give one label a row`,
    );
  }
  const bits = (dtype === "u32" ? Uint32Array : Int32Array).from(plain(given));
  return tensor(bits, { shape, engine: x.engine, name: "labels" });
}

/** BigInts as numbers. */
const plain = (labels: HostLabels) =>
  isA(labels, "BigInt64Array", "BigUint64Array") ? Array.from(labels, Number) : labels;

/** Divisor of a mean over labels: Σ weight[label] over the labels that are not ignored, as one element. */
export function labelWeights(
  { labels, ignored }: LabelRows,
  classes: number,
  weight?: Tensor,
): Tensor {
  return total(run(crossEntropyWeight, { labels, weight }, { classes, ...ignored }).sums);
}
