import { afterAll, vi } from "vitest";
import { requestAdapter, requestDevice } from "../../src/gpu/adapter.ts";
import { type Engine, init } from "../../src/scheduler/engine.ts";
import type { InitOptions } from "../../src/scheduler/options.ts";

let shared: Promise<GPUDevice> | undefined;

/** Programs that were compiled on it: Dawn compiles an equal one again once the first was collected. */
const kept: unknown[] = [];

/**
 * The device that the test files of a page share. A browser compiles a program once for each device, and compiling is most of
 * what a short test takes. A test that loses its device, takes its place or refuses its buffers asks for one of its own.
 */
export function sharedDevice(): Promise<GPUDevice> {
  shared ??= make();
  return shared;
}

async function make(): Promise<GPUDevice> {
  const device = await requestDevice(await requestAdapter());
  const create = device.createComputePipelineAsync.bind(device);
  device.createComputePipelineAsync = async (descriptor) => {
    const pipeline = await create(descriptor);
    kept.push(pipeline);
    return pipeline;
  };
  const lost = () => {
    shared = undefined; // the process of the GPU may have been killed
    kept.length = 0;
  };
  void device.lost.then(lost);
  return device;
}

/** A new engine, with counters and buffers of its own, on the device that the test files of a page share. */
export const initShared = async (options: Omit<InitOptions, "device"> = {}): Promise<Engine> =>
  init({ ...options, device: await sharedDevice() });

/**
 * Until the end of the file the device of the page is what `init()` finds in programs of users, which know of no shared one. A
 * program that asks an adapter by itself gets a device of its own.
 */
export async function lendSharedDevice(): Promise<void> {
  const device = await sharedDevice();
  const request = GPUAdapter.prototype.requestDevice;
  const spy = vi.spyOn(GPUAdapter.prototype, "requestDevice");
  spy.mockImplementation(function (this: GPUAdapter, descriptor) {
    return descriptor?.label === device.label
      ? Promise.resolve(device)
      : request.call(this, descriptor);
  });
  afterAll(() => spy.mockRestore());
}
