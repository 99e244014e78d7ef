import { type ProductsOptions, reference } from "../../kernels/scan/product.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { OpCase, OpCases } from "../op_case.ts";
import { cumprod, prod } from "./prod.ts";

const products = (
  name: string,
  shape: readonly number[],
  run: (x: Tensor) => Tensor,
  how: ProductsOptions,
  to: readonly number[],
  seen: readonly number[] = shape,
): OpCase => ({
  name,
  inputs: [{ shape }],
  run,
  reference: (x) => reference({ x: { shape: seen, data: x.data } }, how).y,
  shape: to,
  tolerance: { atol: 1e-5, rtol: 1e-5 },
});

/** Row r of three contains r zeros. */
const zeros = { shape: [3, 4], fill: (i: number) => (i % 4 < Math.floor(i / 4) ? 0 : 1 + (i % 3)) };

export const cases: OpCases = {
  prod: [
    products("everything", [2, 3], (x) => prod(x), { whole: true }, [], [6]),
    products(
      "the first axis",
      [3, 4],
      (x) => prod(x, { axes: [0] }),
      { whole: true, axis: 0 },
      [4],
    ),
    products(
      "the last two of three, kept",
      [2, 3, 2],
      (x) => prod(x, { axes: [-1, 1], keepDims: true }),
      { whole: true },
      [2, 1, 1],
      [2, 6],
    ),
    {
      name: "none, one and two zeros: gradients without a division",
      inputs: [zeros],
      run: (x) => prod(x, { axes: [1] }),
      reference: (x) => reference({ x }, { whole: true }).y,
      shape: [3],
    },
    products("an empty product is 1", [3, 0], (x) => prod(x, { axes: [1] }), { whole: true }, [3]),
  ],
  cumprod: [
    products("the last axis", [3, 5], (x) => cumprod(x), {}, [3, 5]),
    products("the first axis", [5, 3], (x) => cumprod(x, 0), { axis: 0 }, [5, 3]),
    {
      name: "none, one and two zeros",
      inputs: [zeros],
      run: (x) => cumprod(x),
      reference: (x) => reference({ x }, {}).y,
      shape: [3, 4],
    },
  ],
};
