/** The kernels of this folder, with the kinds of their options. Written by `node scripts/types.mjs`; do not edit. */
import { type Declared, declared } from "../declared.ts";
import { columnScan as columnScanKernel, kinds as columnScanKinds } from "./columns.ts";
import { scanCounts as scanCountsKernel } from "./counts.ts";
import { scanProducts as scanProductsKernel, kinds as scanProductsKinds } from "./product.ts";
import { scanProductsGrad as scanProductsGradKernel, kinds as scanProductsGradKinds } from "./product_grad.ts";
import { rowScan as rowScanKernel, kinds as rowScanKinds } from "./rows.ts";
import { scanTotals as scanTotalsKernel, kinds as scanTotalsKinds } from "./totals.ts";

export const columnScan: Declared<typeof columnScanKernel> = /* @__PURE__ */ declared(columnScanKernel, columnScanKinds);
export const scanCounts: Declared<typeof scanCountsKernel> = /* @__PURE__ */ declared(scanCountsKernel, () => ({}));
export const scanProducts: Declared<typeof scanProductsKernel> = /* @__PURE__ */ declared(scanProductsKernel, scanProductsKinds);
export const scanProductsGrad: Declared<typeof scanProductsGradKernel> = /* @__PURE__ */ declared(scanProductsGradKernel, scanProductsGradKinds);
export const rowScan: Declared<typeof rowScanKernel> = /* @__PURE__ */ declared(rowScanKernel, rowScanKinds);
export const scanTotals: Declared<typeof scanTotalsKernel> = /* @__PURE__ */ declared(scanTotalsKernel, scanTotalsKinds);
