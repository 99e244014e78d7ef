import shader from "#shaders/loss/cosine_grad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { sameShape, show } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { forEachRow, rowsAlong } from "../softmax/rows.ts";
import { type CosineRowsOptions, cosineExamples, cosinePlan, cosineRow } from "./cosine_rows.ts";

/** Gradients of both vectors of `cosine` from dy, of its result's shape. Throws `ShapeError` for shapes that do not fit. */
export const cosineGrad = kernel(shader, ({ a, b, dy }, options: CosineRowsOptions) => {
  const { shape, ...plan } = cosinePlan("loss/cosine_grad", a, b, options);
  if (!sameShape(dy, shape)) {
    throw new ShapeError(
      `loss/cosine_grad: expected dy ${show(shape)}, got ${show(dy)}; pass the gradient of the cosines`,
    );
  }
  return { outputs: { da: a, db: a }, ...plan };
});

export const reference: Reference<typeof cosineGrad> = ({ a, b, dy }, options) => {
  const da = new Float64Array(a.data.length);
  const db = new Float64Array(a.data.length);
  let n = 0;
  forEachRow(rowsAlong("loss/cosine_grad", a.shape, options), (row) => {
    const upstream = dy.data[n++] as number;
    const slopes = cosineRow(a.data, b.data, row, options);
    for (const i of row) {
      da[i] = upstream * slopes.da(i);
      db[i] = upstream * slopes.db(i);
    }
  });
  return { da, db };
};

export const cases: Case<typeof cosineGrad>[] = cosineExamples.map((c) => {
  const a = "shape" in c.inputs.a ? c.inputs.a.shape : c.inputs.a;
  return { ...c, inputs: { ...c.inputs, dy: cosinePlan("case", a, a, c.options).shape } };
});

export { kinds } from "./cosine.ts";
