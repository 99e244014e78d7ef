/** The kernels of this folder as wgrad/kernels exports them: with the kinds of their options. */
import { boolean, number, required } from "../../core/kinds.ts";
import { type Declared, declared } from "../declared.ts";
import { columnScan as columnScanKernel } from "./columns.ts";
import { scanCounts as scanCountsKernel } from "./counts.ts";
import { products } from "./product.ts";
import { productsGrad } from "./product_grad.ts";
import { rowScan as rowScanKernel } from "./rows.ts";
import { scanTotals as scanTotalsKernel } from "./totals.ts";

export const columnScan: Declared<typeof columnScanKernel> = /* @__PURE__ */ declared(
  columnScanKernel,
  () => ({
    axis: number,
    reverse: boolean,
    exclusive: boolean,
    pieces: number,
  }),
);
export const scanCounts: Declared<typeof scanCountsKernel> = /* @__PURE__ */ declared(
  scanCountsKernel,
  () => ({}),
);
export const scanProducts: Declared<typeof products> = /* @__PURE__ */ declared(products, () => ({
  axis: number,
  whole: boolean,
}));
export const scanProductsGrad: Declared<typeof productsGrad> = /* @__PURE__ */ declared(
  productsGrad,
  () => ({
    axis: number,
    whole: boolean,
  }),
);
export const rowScan: Declared<typeof rowScanKernel> = /* @__PURE__ */ declared(
  rowScanKernel,
  () => ({
    axis: number,
    reverse: boolean,
    exclusive: boolean,
    pieces: number,
  }),
);
export const scanTotals: Declared<typeof scanTotalsKernel> = /* @__PURE__ */ declared(
  scanTotalsKernel,
  () => ({
    axis: required(number),
    pieces: required(number),
  }),
);
