/**
 * Simulates a device that refuses some buffers, as one that is short of memory would, and records what was asked of it.
 */
export interface Short {
  /** Whether to refuse a buffer: called for each. */
  refuse: (descriptor: GPUBufferDescriptor) => boolean;
  /** Whether to refuse a submit, as if it used a destroyed buffer: called for each. */
  refuseSubmit: () => boolean;
  /** Number of open error scopes. */
  scopes: number;
  /** Submits made before the device had reported for every buffer whether it exists. */
  early: number;
}

/** Replaces a device's `createBuffer`, `pushErrorScope`, `popErrorScope` and `submit`. */
export function shortOfMemory(device: GPUDevice): Short {
  const short: Short = { refuse: () => false, refuseSubmit: () => false, scopes: 0, early: 0 };
  const create = device.createBuffer.bind(device);
  const [push, pop] = [device.pushErrorScope.bind(device), device.popErrorScope.bind(device)];
  const submit = device.queue.submit.bind(device.queue);
  const filters: GPUErrorFilter[] = [];
  let refused = false;
  let unknown = 0;
  device.createBuffer = (descriptor) => {
    refused = short.refuse(descriptor);
    return create(descriptor);
  };
  device.pushErrorScope = (filter) => {
    filters.push(filter);
    short.scopes++;
    push(filter);
  };
  device.popErrorScope = async () => {
    short.scopes--;
    const memory = filters.pop() === "out-of-memory";
    const error = memory && refused ? new GPUOutOfMemoryError("no memory left") : null;
    if (memory) [refused, unknown] = [false, unknown + 1];
    const real = await pop();
    if (memory) await new Promise((resolve) => setTimeout(resolve, 2)); // a device may answer late
    if (memory) unknown--;
    return error ?? real;
  };
  device.queue.submit = (buffers) => {
    if (unknown > 0) short.early++;
    submit(short.refuseSubmit() ? [usesDestroyed(device, create), ...buffers] : buffers);
  };
  return short;
}

/** A command buffer whose submission fails. */
function usesDestroyed(device: GPUDevice, create: GPUDevice["createBuffer"]): GPUCommandBuffer {
  const { COPY_SRC, COPY_DST } = GPUBufferUsage;
  const [from, to] = [COPY_SRC, COPY_DST].map((usage) => create({ size: 4, usage }));
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(from as GPUBuffer, 0, to as GPUBuffer, 0, 4);
  const commands = encoder.finish();
  from?.destroy();
  return commands;
}
