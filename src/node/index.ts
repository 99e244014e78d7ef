/**
 * WebGPU in Node: `import "wgrad/node"` before `init()`. It uses Dawn on the machine's Vulkan, Metal or Direct3D, from the
 * optional peer dependency `webgpu`: `npm install webgpu`. An existing `navigator.gpu` is kept.
 *
 * Throws `NoAdapterError` if the package is not installed, or has no build for this machine.
 *
 * @module wgrad/node
 */
import { NoAdapterError } from "../core/errors.ts";

export { saveFile } from "./save_file.ts";

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

/** Referenced for the lifetime of the program: Dawn destroys the GPU object once nothing refers to it. */
export const gpu: GPU = globalThis.navigator?.gpu ?? (await dawn());

if (!globalThis.navigator) {
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
}
if (!navigator.gpu) {
  Object.defineProperty(navigator, "gpu", { value: gpu, configurable: true, enumerable: true });
}
