import { describeAdapter } from "../gpu/adapter.ts";
import * as copy from "../kernels/roofline/copy.ts";
import * as multiplyAdd from "../kernels/roofline/multiply_add.ts";
import { type BenchOptions, bench, type Timing } from "./bench.ts";
import { kernelModule } from "./run_case.ts";

/** Peak rates of an adapter, measured on it. */
export interface Roofline {
  /** GB/s of a copy, counting read and written bytes. */
  readonly bandwidth: number;
  /** GFLOP/s of independent multiply-adds in f32. */
  readonly gflops: number;
  /** How it was timed: by "timestamps" of the GPU, or by the "clock". */
  readonly by: Timing["by"];
}

/**
 * Measures memory bandwidth with a copy and arithmetic throughput with a loop of multiply-adds (Williams, Waterman,
 * Patterson, "Roofline", 2009). `small` does a sixteenth of the work; it is the default on software adapters. Throws the
 * errors of `bench`.
 */
export async function measureRoofline(
  device: GPUDevice,
  { small, ...options }: BenchOptions & { readonly small?: boolean } = {},
): Promise<Roofline> {
  const shrink = (small ?? describeAdapter(device.adapterInfo).software) ? 16 : 1;
  const modules = { copy: kernelModule(copy), multiplyAdd: kernelModule(multiplyAdd) };
  if (!modules.copy || !modules.multiplyAdd) throw new Error("roofline: its kernels have no cases");
  const [memory, arithmetic] = await bench(
    device,
    [
      {
        name: "copy",
        module: modules.copy,
        case: { name: "copy", inputs: { x: [(1 << 24) / shrink] }, options: undefined },
      },
      {
        name: "multiply-add",
        module: modules.multiplyAdd,
        case: {
          name: "multiply-add",
          inputs: { x: [(1 << 20) / shrink] },
          options: { rounds: 512, scale: 0.999, shift: 0.001 },
        },
      },
    ],
    options,
  );
  return {
    bandwidth: memory?.bandwidth ?? 0,
    gflops: arithmetic?.gflops ?? 0,
    by: memory?.by ?? "clock",
  };
}

/**
 * The fraction of the roofline that a timing reaches: the minimum time for its bytes or its operations, whichever is
 * longer, divided by the measured time. `bound` says which one is longer. Above 1 if caches hold data that the copy had to
 * fetch from memory.
 */
export function shareOfRoofline(
  { gflops, bandwidth }: Pick<Timing, "gflops" | "bandwidth">,
  roofline: Roofline,
): { readonly share: number; readonly bound: "memory" | "arithmetic" } {
  const memory = bandwidth / roofline.bandwidth;
  const arithmetic = gflops / roofline.gflops;
  return memory >= arithmetic
    ? { share: memory, bound: "memory" }
    : { share: arithmetic, bound: "arithmetic" };
}
