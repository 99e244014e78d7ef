import shader from "#shaders/scan/product.wgsl";
import { boolean, number } from "../../core/kinds.ts";
import { normalizeAxis, type Shape, size } from "../../core/shape.ts";
import { type Case, grid1d, kernel, type Reference } from "../kernel.ts";
import { aboutAxis } from "./scan.ts";

/** Axis, and kind of products. */
export interface ProductsOptions {
  /** Axis. Default the last. */
  readonly axis?: number;
  /** Whether only the products of whole columns are computed. Default false: a product up to every element. */
  readonly whole?: boolean;
}

/** The common part of both kernels' plans. Throws `ShapeError` if there is no such axis. */
export function productsPlan(who: string, x: Shape, { axis = -1, whole = false }: ProductsOptions) {
  const { rows, inner, length } = aboutAxis(who, x, axis);
  const k = normalizeAxis(who, axis, x.length);
  return {
    shape: whole ? x.filter((_, other) => other !== k) : x,
    params: { rows, inner, length },
    grid: grid1d(Math.ceil(rows / 64)),
    overrides: { WHOLE: whole ? 1 : 0 },
    flops: size(x),
  };
}

/**
 * Cumulative products along an axis, or the products of whole columns; one thread per column, in the order of the elements.
 * Throws `ShapeError`.
 */
export const scanProducts = kernel(shader, ({ x }, options: ProductsOptions) => {
  const { shape, ...plan } = productsPlan("scan/product", x, options);
  return { outputs: { y: shape }, ...plan };
});

export const kinds = () => ({ axis: number, whole: boolean });

export const reference: Reference<typeof scanProducts> = ({ x }, { axis = -1, whole = false }) => {
  const { rows, inner, length } = aboutAxis("scan/product", x.shape, axis);
  const y = new Float64Array(whole ? rows : x.data.length);
  for (let row = 0; row < rows; row++) {
    let product = 1;
    for (let j = 0; j < length; j++) {
      const at = Math.floor(row / inner) * length * inner + (row % inner) + j * inner;
      product *= x.data[at] as number;
      if (!whole) y[at] = product;
    }
    if (whole) y[row] = product;
  }
  return { y };
};

/** Numbers near 1, so that long products stay in range. */
const mild = (...shape: number[]) => ({ shape, fill: (i: number) => 0.9 + ((i * 29) % 17) / 80 });
/** A product of n factors has n rounding errors. */
const tolerance = { rtol: 300 * 2 ** -24 };

export const cases: Case<typeof scanProducts>[] = [false, true].flatMap((whole) => {
  const of = whole ? ", whole" : "";
  return [
    { name: `rows of 300${of}`, inputs: { x: mild(3, 300) }, options: { whole }, tolerance },
    { name: `a middle axis${of}`, inputs: { x: [5, 7, 9] }, options: { whole, axis: 1 } },
    {
      name: `zeros, infinities and NaN${of}`,
      inputs: {
        x: {
          shape: [3, 5],
          fill: (i: number) => (i === 2 ? 0 : i === 7 ? Infinity : i === 12 ? Number.NaN : i),
        },
      },
      options: { whole },
    },
    { name: `an empty axis${of}`, inputs: { x: [4, 0] }, options: { whole } },
  ];
});
