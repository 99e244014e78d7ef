import shader from "#shaders/loss/triplet.wgsl";
import { boolean, number } from "../../core/kinds.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { type TripletOptions, tripletExamples, tripletPlan, tripletRows } from "./triplet_rows.ts";

/**
 * max(0, margin + D(a, b) − D(a, c)) of every row of anchors a, positives b and negatives c [..., D], where D is the p-norm
 * of the difference plus eps. Throws `ShapeError` for shapes that differ or are empty, `ValueError` unless p ≥ 1.
 */
export const triplet = kernel(shader, (inputs, options: TripletOptions) => ({
  outputs: { loss: inputs.a.slice(0, -1) },
  ...tripletPlan("loss/triplet", inputs, options),
}));

export const kinds = () => ({ margin: number, p: number, eps: number, swap: boolean });

export const reference: Reference<typeof triplet> = (inputs, options) => ({
  loss: tripletRows(inputs, options).map(({ loss }) => loss),
});

export const cases: Case<typeof triplet>[] = [...tripletExamples];
