import shader from "#shaders/scan/product_grad.wgsl";
import { ShapeError } from "../../core/errors.ts";
import { sameShape, show } from "../../core/shape.ts";
import { type Case, kernel, type Reference } from "../kernel.ts";
import { type ProductsOptions, productsPlan } from "./product.ts";
import { aboutAxis } from "./scan.ts";

/** The gradient of `products`, correct for x = 0. Throws `ShapeError` unless dy has the shape of its result. */
export const scanProductsGrad = kernel(shader, ({ x, dy }, options: ProductsOptions) => {
  const { shape, flops, ...plan } = productsPlan("scan/product_grad", x, options);
  if (!sameShape(dy, shape)) {
    throw new ShapeError(
      `scan/product_grad: expected ${show(shape, "dy")} for ${show(x, "x")}, got ${show(dy, "dy")}; pass the gradient of the product`,
    );
  }
  return { outputs: { dx: x }, ...plan, flops: 4 * flops };
});

/** From the definition: the sum, over every product that contains element j, of dy times the product of the other factors. */
export const reference: Reference<typeof scanProductsGrad> = (
  { x, dy },
  { axis = -1, whole = false },
) => {
  const { rows, inner, length } = aboutAxis("scan/product_grad", x.shape, axis);
  const dx = new Float64Array(x.data.length);
  for (let row = 0; row < rows; row++) {
    const at = (j: number) => Math.floor(row / inner) * length * inner + (row % inner) + j * inner;
    for (let j = 0; j < length; j++) {
      let others = 1;
      for (let k = 0; k < length; k++) {
        if (k !== j) others *= x.data[at(k)] as number;
        if (k < j || (whole && k < length - 1)) continue;
        dx[at(j)] = (dx[at(j)] as number) + others * (dy.data[whole ? row : at(k)] as number);
      }
    }
  }
  return { dx };
};

/** Row r of five contains r zeros. */
const zeros = { shape: [4, 5], fill: (i: number) => (i % 5 < i / 5 - 1 ? 0 : 1 + (i % 3)) };

export const cases: Case<typeof scanProductsGrad>[] = [
  { name: "rows", inputs: { x: [3, 7], dy: [3, 7] }, options: {} },
  { name: "rows, whole", inputs: { x: [3, 7], dy: [3] }, options: { whole: true } },
  { name: "a middle axis", inputs: { x: [5, 4, 3], dy: [5, 4, 3] }, options: { axis: 1 } },
  {
    name: "a middle axis, whole",
    inputs: { x: [5, 4, 3], dy: [5, 3] },
    options: { axis: 1, whole: true },
  },
  { name: "none, one, two and three zeros", inputs: { x: zeros, dy: [4, 5] }, options: {} },
  {
    name: "none, one, two and three zeros, whole",
    inputs: { x: zeros, dy: [4] },
    options: { whole: true },
  },
  {
    name: "safety: the product overflows, the gradient does not",
    inputs: { x: { shape: [1, 2], fill: () => 1e30 }, dy: [1] },
    options: { whole: true },
  },
];

export { kinds } from "./product.ts";
