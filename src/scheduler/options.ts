import { anything, boolean, callback, count, gpuDevice, type Kind } from "../core/kinds.ts";
import { options } from "../core/signature.ts";
import type { Inspector } from "./observe/inspect.ts";

/** How to start the engine. */
export interface InitOptions {
  /** Your own device; the engine adds to it and never destroys it. Default: the best adapter's. */
  readonly device?: GPUDevice;
  /** Passed to `navigator.gpu.requestAdapter`. Default: high performance. */
  readonly adapter?: GPURequestAdapterOptions;
  /** Commands that may gather before they are submitted unasked. Default 4,096. */
  readonly maxQueued?: number;
  /** Whether captured steps fuse elementwise kernels; false shows every kernel by itself. Default true. */
  readonly fuse?: boolean;
  /**
   * Bytes that tensors may take on the GPU together. A captured step that needs more, or a tensor, is refused with
   * `MemoryLimitError` before it is allocated. Default: the adapter's memory where the browser tells it, else no limit.
   */
  readonly maxBytes?: number;
  /**
   * Looks for faults in all that runs: `stepwise()` for what WebGPU refuses, `verifier()` for kernels that differ from their
   * references, `detectAnomaly()` for NaN and ±∞, all of wgrad/testing. Slow, and nothing is fused. Default none.
   */
  readonly inspect?: Inspector;
}

const device: Kind = {
  ...gpuDevice,
  advice: "await requestDevice(), or leave it out",
};

const positive: Kind = {
  expected: "a number > 0",
  advice: "leave it out for no limit",
  accepts: (value) => typeof value === "number" && value > 0,
};

/** What `init()` takes. */
export const initOptions = /* @__PURE__ */ options<InitOptions>({
  ...{ device, adapter: anything, maxQueued: count, fuse: boolean },
  ...{ maxBytes: positive, inspect: callback },
});
