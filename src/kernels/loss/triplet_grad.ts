import shader from "#shaders/loss/triplet_grad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { boolean, number } from "../../core/kinds.ts";
import { sameShape, show, size } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import type { ScaleOption } from "./class_rows.ts";
import { type TripletOptions, tripletExamples, tripletPlan, tripletRows } from "./triplet_rows.ts";

/**
 * Gradients of anchors, positives and negatives of `triplet` from dy, one number or one for every row, times `scale`. Where
 * the loss just becomes 0 they are those of a positive loss; the gradient of a distance of 0 is 0. Errors are those of
 * `triplet`.
 */
export const tripletGrad = kernel(
  shader,
  ({ dy, ...inputs }, options: TripletOptions & ScaleOption) => {
    const { a } = inputs;
    const { params, ...rest } = tripletPlan("loss/triplet_grad", inputs, options);
    const rows = a.slice(0, -1);
    if (size(dy) !== 1 && !sameShape(dy, rows)) {
      throw new ShapeError(
        `loss/triplet_grad: expected dy [] or ${show(rows)}, got ${show(dy)}; pass the gradient of the loss`,
      );
    }
    return {
      outputs: { da: a, db: a, dc: a },
      ...rest,
      params: { ...params, scale: options.scale ?? 1, up_step: size(dy) === 1 ? 0 : 1 },
    };
  },
);

export const kinds = () => ({
  margin: number,
  p: number,
  eps: number,
  swap: boolean,
  scale: number,
});

export const reference: Reference<typeof tripletGrad> = ({ dy, ...inputs }, options) => {
  const cols = inputs.a.shape.at(-1) ?? 1;
  const slopes = tripletRows(inputs, options);
  const gradient = (of: "da" | "db" | "dc") =>
    Float64Array.from({ length: inputs.a.data.length }, (_, i) => {
      const row = Math.floor(i / cols);
      const upstream = (dy.data[dy.data.length === 1 ? 0 : row] as number) * (options.scale ?? 1);
      return upstream * (slopes[row]?.[of](i % cols) ?? 0);
    });
  return { da: gradient("da"), db: gradient("db"), dc: gradient("dc") };
};

const shapeOf = (spec: (typeof tripletExamples)[number]["inputs"]["a"]) =>
  "shape" in spec ? spec.shape : spec;

export const cases: Case<typeof tripletGrad>[] = [
  ...tripletExamples.map((c) => ({
    ...c,
    inputs: { ...c.inputs, dy: shapeOf(c.inputs.a).slice(0, -1) },
  })),
  {
    name: "one number upstream",
    inputs: { a: [2, 3, 4], b: [2, 3, 4], c: [2, 3, 4], dy: [] },
    options: { scale: 1 / 6, margin: 3 },
    tolerance: { length: 4 },
  },
];
