import { type KernelFunction, ofSum } from "../../kernels/svm/kernel_function.ts";
import { type ArrayRow, products, type Quads, squares } from "../quads.ts";

const squaresOf = /* @__PURE__ */ squares(1);

/** K(x, s) in float64 for one sample x and all s, written to `row` [4 · quads]. */
export function kernelRow(kernel: KernelFunction, x: ArrayRow, s: Quads, row: Float64Array): void {
  (kernel.kind === "rbf" ? squaresOf : products)(s, x, [0, s.count], row);
  const value = ofSum[kernel.kind];
  for (let j = 0; j < row.length; j++) row[j] = value(kernel, row[j] as number);
}
