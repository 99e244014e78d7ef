import { afterAll, vi } from "vitest";
import { requestAdapter, requestDevice } from "../../src/gpu/adapter.ts";
import { type Engine, init } from "../../src/scheduler/engine.ts";
import type { InitOptions } from "../../src/scheduler/options.ts";

let shared: Promise<GPUDevice> | undefined;

/**
 * The device that all test files of a page share. A browser compiles a shader once per device, and compilation takes
 * most of the time of a short test. A test that loses or replaces its device, or refuses its buffers, must request one
 * of its own.
 */
export function sharedDevice(): Promise<GPUDevice> {
  shared ??= make();
  return shared;
}

async function make(): Promise<GPUDevice> {
  const device = await requestDevice(await requestAdapter());
  return keepingPipelines(device, () => {
    shared = undefined; // the GPU process may have been killed
  });
}

/** Keeps pipelines compiled on the device alive until it is lost: Dawn would compile an equal one again after the first was collected. */
function keepingPipelines(device: GPUDevice, onLost: () => void): GPUDevice {
  const kept: unknown[] = [];
  const create = device.createComputePipelineAsync.bind(device);
  device.createComputePipelineAsync = async (descriptor) => {
    const pipeline = await create(descriptor);
    kept.push(pipeline);
    return pipeline;
  };
  void device.lost.then(() => {
    kept.length = 0;
    onLost();
  });
  return device;
}

/** A new engine, with its own counters and buffers, on the device that the test files of a page share. */
export const initShared = async (options: Omit<InitOptions, "device"> = {}): Promise<Engine> =>
  init({ ...options, device: await sharedDevice() });

/**
 * Until the end of the file `init()` gets the page's shared device, also in users' programs, which do not know of it. A
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

/**
 * Until the end of the file, `init()` gets the device that the last `init()` or recovery got, unless that device is lost. For
 * tests that each lose a device: the device that one test ends with has the pipelines of the next one compiled.
 */
export function lendUntilLost(): void {
  let last: GPUDevice | undefined;
  const request = GPUAdapter.prototype.requestDevice;
  const spy = vi.spyOn(GPUAdapter.prototype, "requestDevice");
  spy.mockImplementation(async function (this: GPUAdapter, descriptor) {
    if (last) return last;
    const made = await request.call(this, descriptor);
    const forget = () => {
      if (last === made) last = undefined;
    };
    const destroy = made.destroy.bind(made);
    made.destroy = () => {
      forget(); // the device is lost from now on, before its `lost` promise resolves
      destroy();
    };
    last = keepingPipelines(made, forget);
    return made;
  });
  afterAll(() => spy.mockRestore());
}
