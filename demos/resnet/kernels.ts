import type { KernelTime } from "wgrad";

/** All dispatches of one kernel within a step. */
export interface KernelTotal {
  /** `family/name` */
  readonly kernel: string;
  readonly calls: number;
  readonly milliseconds: number;
  /** Rate of floating-point operations, 0 where the kernel only moves data. */
  readonly gflops: number;
}

/** Sums the dispatches of a step by kernel, slowest first. */
export function byKernel(times: readonly KernelTime[]): KernelTotal[] {
  const totals = new Map<string, { calls: number; milliseconds: number; flops: number }>();
  for (const { kernel, milliseconds, flops } of times) {
    const total = totals.get(kernel) ?? { calls: 0, milliseconds: 0, flops: 0 };
    total.calls++;
    total.milliseconds += milliseconds;
    total.flops += flops;
    totals.set(kernel, total);
  }
  return [...totals]
    .map(([kernel, { calls, milliseconds, flops }]) => ({
      kernel,
      calls,
      milliseconds,
      gflops: milliseconds > 0 ? flops / milliseconds / 1e6 : 0,
    }))
    .sort((a, b) => b.milliseconds - a.milliseconds);
}

/** `conv2d` of `conv2d/forward`. */
export function familyOf(kernel: string): string {
  return kernel.split("/")[0] ?? kernel;
}
