import { ShapeError } from "../../core/errors.ts";
import { type Shape, sameShape, show, size } from "../../core/shape.ts";
import type { HostTensor } from "../kernel.ts";
import { broadcastStrides, coordinatesOf, offsetOf } from "../shape/walk.ts";
import { type LossElement, type PointwiseLoss, pointwiseLosses } from "./pointwise_losses.ts";

/** A loss and its parameters. */
export interface PointwiseOptions {
  /** The loss, by its name in shaders/loss/pointwise. */
  readonly loss: PointwiseLoss;
  /** First parameter of the loss, as its file in shaders/loss/pointwise names it; default 0. */
  readonly a?: number;
  /** Second parameter, if the loss has one; default 0. */
  readonly b?: number;
}

export interface ElementShapes {
  readonly x: Shape;
  readonly t: Shape;
  readonly v?: Shape;
  readonly weight?: Shape;
}

export interface LossElements {
  readonly x: HostTensor;
  readonly t: HostTensor;
  readonly v?: HostTensor;
  readonly weight?: HostTensor;
}

/**
 * How `small` repeats over x, if its axes other than 1 are neighbours and as long as those of x: element i of x belongs to
 * element ⌊i / step⌋ mod length. Undefined for other kinds of broadcasting.
 */
export function repetition(
  small: Shape,
  x: Shape,
): { readonly step: number; readonly length: number } | undefined {
  const pad = x.length - small.length;
  if (pad < 0) return undefined;
  const wide = [...Array<number>(pad).fill(1), ...small];
  const first = wide.findIndex((n) => n !== 1);
  if (first < 0) return { step: 1, length: 1 };
  const end = wide.findLastIndex((n) => n !== 1) + 1;
  if (!sameShape(wide.slice(first, end), x.slice(first, end))) return undefined;
  return { step: size(x.slice(end)), length: size(x.slice(first, end)) };
}

/** The common part of the three kernels' plans. Throws `ShapeError` for no elements and for shapes that do not fit. */
export function elementsPlan(who: string, shapes: ElementShapes, options: PointwiseOptions) {
  const { x, t, v, weight } = shapes;
  if (size(x) === 0) {
    throw new ShapeError(
      `${who}: expected at least one element, got ${show(x)}; skip empty batches`,
    );
  }
  if (!sameShape(x, t)) {
    throw new ShapeError(
      `${who}: expected a target ${show(x)} as the input, got ${show(t)}; reshape or expand one of them`,
    );
  }
  const [third, weights] = [repeated(who, "v", v, x), repeated(who, "weight", weight, x)];
  return {
    params: {
      count: size(x),
      v_step: third.step,
      v_length: third.length,
      w_step: weights.step,
      w_length: weights.length,
      up_step: 0,
      scale: 1,
      a: options.a ?? 0,
      b: options.b ?? 0,
    },
    slots: {
      loss: options.loss,
      third: v ? "given" : "none",
      weight: weight ? "given" : "none",
    },
    flops: 4 * size(x),
  } as const;
}

function repeated(who: string, name: string, small: Shape | undefined, x: Shape) {
  const result = small ? repetition(small, x) : { step: 1, length: 1 };
  if (result) return result;
  throw new ShapeError(
    `${who}: expected ${name} to repeat over ${show(x)} along neighbouring axes, got ${show(small ?? [])}; expand it`,
  );
}

/** Weight and loss of every element, and its derivatives. */
export function elementsReference({ x, t, v, weight }: LossElements, options: PointwiseOptions) {
  const { value, slope } = pointwiseLosses[options.loss];
  const of = (small: HostTensor | undefined, i: number) => {
    if (!small) return 1;
    const steps = broadcastStrides(small.shape, x.shape);
    return small.data[offsetOf(coordinatesOf(i, x.shape), steps)] as number;
  };
  const point = (i: number): LossElement => ({
    x: x.data[i] as number,
    t: t.data[i] as number,
    v: of(v, i),
    a: options.a ?? 0,
    b: options.b ?? 0,
  });
  return {
    count: size(x.shape),
    loss: (i: number) => of(weight, i) * value(point(i)),
    slope: (i: number) => slope(point(i)).map((s) => of(weight, i) * s),
  };
}
