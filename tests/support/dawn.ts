// WebGPU for tests that run in Node: Dawn, on whatever adapter its Vulkan, Metal or Direct3D finds.
import { create, globals } from "webgpu";

Object.assign(globalThis, globals);
Object.defineProperty(globalThis, "navigator", { value: { gpu: create([]) }, configurable: true });
