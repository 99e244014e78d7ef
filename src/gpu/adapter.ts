import { NoAdapterError } from "../core/errors.ts";

/** The adapter that runs the kernels. Show it next to every timing. */
export interface AdapterName {
  /** Vendor, architecture and device, as the browser reports them. */
  readonly name: string;
  /** True when the CPU emulates a GPU: results count, timings do not. */
  readonly software: boolean;
}

const useful: readonly GPUFeatureName[] = ["timestamp-query", "subgroups", "shader-f16"];
const limits = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupSizeY",
] as const satisfies readonly (keyof GPUSupportedLimits)[];

/** The best adapter, or a `NoAdapterError` that says how to get one. */
export async function requestAdapter(
  options: GPURequestAdapterOptions = { powerPreference: "high-performance" },
): Promise<GPUAdapter> {
  const gpu = (globalThis.navigator as Navigator | undefined)?.gpu as GPU | undefined;
  const adapter = await gpu?.requestAdapter(options);
  if (adapter) return adapter;
  throw new NoAdapterError(
    `wgrad: expected ${gpu ? "a GPU adapter" : "navigator.gpu"}, got none; use Chrome or Edge 113, Safari 26, ` +
      "Firefox 141 or newer on https or localhost (Linux: --enable-unsafe-webgpu --enable-features=Vulkan; " +
      "no GPU: --use-webgpu-adapter=swiftshader; Node: wgrad/node and a Vulkan driver), or init({ device })",
  );
}

/** A device with every feature and limit that the engine can use and the adapter has. */
export async function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  return adapter.requestDevice({
    label: "wgrad",
    requiredFeatures: useful.filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(
      limits
        .filter((name) => adapter.limits[name] !== undefined)
        .map((name) => [name, adapter.limits[name]]),
    ),
  });
}

/** A memory heap of an adapter, as Chrome's developer features report it. */
interface MemoryHeap {
  readonly size: number;
  readonly properties: number;
}

/**
 * Bytes of the adapter's own memory if the browser reports them, else Infinity: WebGPU itself only has limits for single
 * buffers.
 */
export function deviceMemory(
  info: (Partial<GPUAdapterInfo> & { readonly memoryHeaps?: readonly MemoryHeap[] }) | undefined,
): number {
  const DEVICE_LOCAL = 1;
  const sizes = (info?.memoryHeaps ?? []).map(({ size, properties }) =>
    properties & DEVICE_LOCAL ? size : 0,
  );
  return sizes.reduce((sum, size) => sum + size, 0) || Infinity;
}

/** Names the adapter behind a device, and says whether it is a software adapter. */
export function describeAdapter(info: GPUAdapterInfo | undefined): AdapterName {
  const words = [info?.vendor, info?.architecture, info?.device, info?.description].filter(Boolean);
  const name = [...new Set(words)].join(" ") || "unnamed adapter";
  const software =
    !!info?.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render|warp/i.test(name);
  return { name, software };
}
