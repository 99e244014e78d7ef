import { differentiable } from "../../autograd/node.ts";
import { integer, optional } from "../../core/kinds.ts";
import { checked } from "../../core/signature.ts";
import { columnScan } from "../../kernels/scan/columns.ts";
import { rowScan } from "../../kernels/scan/rows.ts";
import { chooseScan, type ScanOptions } from "../../kernels/scan/scan.ts";
import { scanTotals } from "../../kernels/scan/totals.ts";
import { tensorKind } from "../../tensor/kinds.ts";
import { run } from "../../tensor/run.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/**
 * Reduce, then scan: the sums of pieces are scanned recursively, and each piece starts from the scan of the pieces before
 * it. Linear work, with an order of additions that depends only on sizes. A single pass that waits for the preceding
 * workgroup (decoupled look-back) would need a guarantee of forward progress, which WebGPU does not give.
 */
export function scan(
  x: Tensor,
  options: ScanOptions & { readonly axis: number },
  into?: Tensor,
): Tensor {
  const { axis, reverse = false } = options;
  const { kernel, pieces } = chooseScan(x.shape, axis);
  const last = (sums?: Tensor) => {
    const inputs = { x, sums };
    const target = { y: into };
    if (kernel === "rows") return run(rowScan, inputs, { ...options, pieces }, target).y;
    return run(columnScan, inputs, { ...options, pieces }, target).y;
  };
  if (pieces <= 1) return last();
  using totals = run(scanTotals, { x }, { axis, pieces }).sums;
  using before = scan(totals, { axis: 0, reverse, exclusive: true });
  return last(before);
}

/**
 * Cumulative sums along `axis` (default the last): y[j] = x[0] + … + x[j], torch.cumsum. Linear work, and the same bits
 * every time. Throws `ShapeError` if there is no such axis.
 *
 * @example
 * ```ts
 * import { cumsum, tensor } from "wgrad";
 * console.log(await cumsum(tensor([1, 2, 3])).read()); // [1, 3, 6]
 * ```
 */
export const cumsum = /* @__PURE__ */ checked(
  "cumsum",
  { x: tensorKind, axis: /* @__PURE__ */ optional(integer) },
  (x: Tensor, axis = -1): Tensor => {
    const y = scan(x, { axis });
    return differentiable("cumsum", { x }, y, {}, (dy, _saved, { x: dx }) => {
      dx?.add(scan(dy, { axis, reverse: true }, dx.into));
    });
  },
);
