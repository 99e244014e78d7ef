import shader from "#shaders/loss/cosine.wgsl";
import { boolean, number, oneOf, required } from "../../core/kinds.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { forEachRow, rowsAlong } from "../softmax/rows.ts";
import { type CosineRowsOptions, cosineExamples, cosinePlan, cosineRow } from "./cosine_rows.ts";

/**
 * Cosine of the angle between a and b of one shape along an axis: a·b / (|a|·|b|). `length: "clamped"` uses lengths of at
 * least eps, "padded" adds eps to the squared lengths. Throws `ShapeError` for shapes that differ or are empty.
 */
export const cosine = kernel(shader, ({ a, b }, options: CosineRowsOptions) => {
  const { shape, ...plan } = cosinePlan("loss/cosine", a, b, options);
  return { outputs: { y: shape }, ...plan };
});

export const kinds = () => ({
  eps: required(number),
  length: required(oneOf("clamped", "padded")),
  axis: number,
  coarse: boolean,
});

export const reference: Reference<typeof cosine> = ({ a, b }, options) => {
  const y: number[] = [];
  forEachRow(rowsAlong("loss/cosine", a.shape, options), (row) => {
    y.push(cosineRow(a.data, b.data, row, options).value);
  });
  return { y };
};

export const cases: Case<typeof cosine>[] = [...cosineExamples];
