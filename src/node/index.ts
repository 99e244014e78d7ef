/**
 * `import "wgrad/node"` before `init()`: WebGPU in Node, by Dawn, on what Vulkan, Metal or Direct3D of the machine offer. It
 * is the optional peer dependency `webgpu`: `npm install webgpu`. A `navigator.gpu` that is there already stays.
 *
 * Throws `NoAdapterError` if the package is not installed, or has no build for this machine.
 *
 * @module wgrad/node
 */
import { NoAdapterError } from "../core/errors.ts";

async function dawn(): Promise<GPU> {
  const { create, globals } = await import("webgpu").catch((cause: unknown) => {
    const { code, message } = Object(cause) as { code?: string; message?: string };
    const missing = code === "ERR_MODULE_NOT_FOUND" && message?.includes("'webgpu'");
    throw new NoAdapterError(
      missing
        ? "wgrad/node: expected the package webgpu, got none; npm install webgpu"
        : `wgrad/node: expected the package webgpu to load, got ${message}; look whether it has a build for ` +
            `${process.platform} on ${process.arch}`,
      { cause },
    );
  });
  Object.assign(globalThis, globals);
  return create([]);
}

/** Kept here for as long as the program runs: Dawn ends what it gave when nothing refers to it. */
export const gpu: GPU = globalThis.navigator?.gpu ?? (await dawn());

if (!globalThis.navigator) {
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
}
if (!navigator.gpu) {
  Object.defineProperty(navigator, "gpu", { value: gpu, configurable: true, enumerable: true });
}
