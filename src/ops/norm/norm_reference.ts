import type { Act } from "../../kernels/elementwise/activations.ts";
import type { HostTensor } from "../../kernels/kernel.ts";
import type { NormGrouping } from "../../kernels/norm/geometry.ts";
import { normMerge as merge, reference as mergeReference } from "../../kernels/norm/merge.ts";
import { reference as normalizeReference } from "../../kernels/norm/normalize.ts";
import { normStats as stats, reference as statsReference } from "../../kernels/norm/stats.ts";

/** The inputs besides x, on the host. */
interface HostOptions {
  readonly weight?: HostTensor;
  readonly bias?: HostTensor;
  readonly residual?: HostTensor;
  readonly act?: Act;
  readonly eps?: number;
}

/** Statistics of every row; where the kernel computes them by pieces of rows, those of a row's pieces are merged. */
export function statsOf(x: HostTensor, norm: NormGrouping, eps: number): HostTensor {
  const shape = stats.plan({ x: x.shape }, { norm, eps }).outputs.stats;
  const found = { shape, data: statsReference({ x }, { norm, eps }).stats };
  if (shape.length === 2) return found;
  const options = { eps, centred: norm.kind !== "rms" };
  const merged = mergeReference({ pieces: found }, options).stats;
  return { shape: merge.plan({ pieces: shape }, options).outputs.stats, data: merged };
}

/** act(norm(x) + residual) with these statistics. */
export function follow(x: HostTensor, rows: HostTensor, norm: NormGrouping, options: HostOptions) {
  const { weight: gamma, bias: beta, residual, act } = options;
  const given = { ...(gamma && { gamma }), ...(beta && { beta }), ...(residual && { residual }) };
  return normalizeReference({ x, stats: rows, ...given }, { norm, act }).y;
}

/** act(norm(x) + residual) with the statistics of x itself. */
export const byOwn = (x: HostTensor, norm: NormGrouping, options: HostOptions = {}) =>
  follow(
    x,
    statsOf(x, norm, options.eps ?? (norm.kind === "rms" ? 2 ** -23 : 1e-5)),
    norm,
    options,
  );
