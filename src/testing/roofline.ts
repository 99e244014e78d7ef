import { describeAdapter } from "../gpu/adapter.ts";
import * as copy from "../kernels/roofline/copy.ts";
import * as multiplyAdd from "../kernels/roofline/multiply_add.ts";
import { type BenchOptions, bench, type Timing } from "./bench.ts";
import { kernelModule } from "./run_case.ts";

/** What an adapter reaches at best, measured on it. */
export interface Roofline {
  /** GB/s of a copy: read and written bytes. */
  readonly bandwidth: number;
  /** GFLOP/s of independent multiply-adds in f32. */
  readonly gflops: number;
  /** How it was timed: by the GPU's timestamps, or by the clock. */
  readonly by: Timing["by"];
}

/**
 * Times a copy and a loop of multiply-adds on a device (Williams, Waterman, Patterson, "Roofline", 2009). `small` takes
 * a sixteenth of the work; it is the default on adapters that compute on the CPU. Throws what `bench` throws.
 */
export async function measureRoofline(
  device: GPUDevice,
  { small, ...options }: BenchOptions & { readonly small?: boolean } = {},
): Promise<Roofline> {
  const shrink = (small ?? describeAdapter(device.adapterInfo).software) ? 16 : 1;
  const modules = { copy: kernelModule(copy), multiplyAdd: kernelModule(multiplyAdd) };
  if (!modules.copy || !modules.multiplyAdd)
    throw new Error("roofline: its kernels lost their cases");
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
 * How much of the roofline a timing reaches: the time its bytes or its operations need at best, whichever is longer,
 * over the time it took. `bound` says which. Above 1 when caches hold what the copy had to fetch.
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
