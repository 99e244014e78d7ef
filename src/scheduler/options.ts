import { anything, boolean, callback, count, gpuDevice, type Kind } from "../core/kinds.ts";
import { options } from "../core/signature.ts";
import type { Inspector } from "./observe/inspect.ts";

/** How to start the engine. */
export interface InitOptions {
  /** Your own device; the engine allocates on it and never destroys it. Default: one of the best adapter. */
  readonly device?: GPUDevice;
  /** Passed to `navigator.gpu.requestAdapter`. Default: high performance. */
  readonly adapter?: GPURequestAdapterOptions;
  /** Maximum number of queued commands: beyond it they are submitted automatically. Default 4,096. */
  readonly maxQueued?: number;
  /** Whether captured steps fuse elementwise kernels; with false every kernel is dispatched separately. Default true. */
  readonly fuse?: boolean;
  /**
   * Maximum bytes of all tensors on the GPU together. A tensor or a captured step that needs more is refused with
   * `MemoryLimitError` before it is allocated. Default: the adapter's memory if the browser reports it, else no limit.
   */
  readonly maxBytes?: number;
  /**
   * Checks everything that runs: `stepwise()` finds what WebGPU refuses, `verifier()` kernels that differ from their
   * references, `detectAnomaly()` NaN and ±∞; all are in wgrad/testing. Slow, and disables fusion. Default none.
   */
  readonly inspect?: Inspector;
}

const device: Kind = {
  ...gpuDevice,
  advice: "await requestDevice()",
};

/** Options for WebGPU's requestAdapter, which ignores unknown names. */
const adapter = /* @__PURE__ */ options<GPURequestAdapterOptions>({
  powerPreference: {
    expected: '"low-power" or "high-performance"',
    accepts: (value) => value === "low-power" || value === "high-performance",
  },
  forceFallbackAdapter: boolean,
  featureLevel: anything,
  xrCompatible: boolean,
});

const positive: Kind = {
  expected: "a number > 0",
  advice: "leave it out",
  accepts: (value) => typeof value === "number" && value > 0,
};

/** What `init()` takes. */
export const initOptions = /* @__PURE__ */ options<InitOptions>({
  ...{ device, adapter, maxQueued: count, fuse: boolean },
  ...{ maxBytes: positive, inspect: callback },
});
