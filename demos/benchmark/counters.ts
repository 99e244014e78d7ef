/** Counts the WebGPU calls of a library in this frame. */
export interface Counts {
  dispatches: number;
  submits: number;
  buffers: number;
  bindGroups: number;
  pipelines: number;
  /** Peak bytes of live buffers since the last `countAgain`, without staging buffers for readback. */
  peakBytes: number;
}

const counts: Counts = {
  ...{ dispatches: 0, submits: 0, buffers: 0, bindGroups: 0, pipelines: 0, peakBytes: 0 },
};
let liveBytes = 0;
let compiled = 0;
let queue: GPUQueue | undefined;
let lastSubmit = 0;

/** Resets the counters; the peak begins with the buffers that are live now. */
export function countAgain(): void {
  Object.assign(counts, { dispatches: 0, submits: 0, buffers: 0, bindGroups: 0, pipelines: 0 });
  counts.peakBytes = liveBytes;
}

export function counted(): Counts {
  return { ...counts };
}

/** How many pipelines have been compiled in this frame. */
export function compiledSoFar(): number {
  return compiled;
}

/** Waits until the GPU has finished all work submitted in this frame. */
export async function gpuDone(): Promise<void> {
  await queue?.onSubmittedWorkDone();
}

/** Time at which the last submit returned, by performance.now(). */
export function submittedAt(): number {
  return lastSubmit;
}

/** Bytes of every live buffer; a buffer that is collected without being destroyed is dropped, too. */
const sizes = new WeakMap<GPUBuffer, { bytes: number }>();
const forgotten = new FinalizationRegistry((held: { bytes: number }) => {
  liveBytes -= held.bytes;
  held.bytes = 0;
});

function born(buffer: GPUBuffer): void {
  const held = { bytes: buffer.usage & GPUBufferUsage.MAP_READ ? 0 : buffer.size };
  sizes.set(buffer, held);
  forgotten.register(buffer, held);
  liveBytes += held.bytes;
  counts.peakBytes = Math.max(counts.peakBytes, liveBytes);
}

type Methods = Record<string, (...args: never[]) => unknown>;

/** Wraps a method: `seen` is called with the object and the result of each call. */
function watch<T extends object>(
  { prototype }: { prototype: T },
  name: keyof T & string,
  seen: (self: T, result: unknown) => void,
): void {
  const methods = prototype as object as Methods;
  const original = methods[name];
  if (!original) return;
  methods[name] = function (this: T, ...args: never[]) {
    const result = original.apply(this, args);
    seen(this, result);
    return result;
  };
}

/** Begins to count. Must be called before the library loads. */
export function install(): void {
  const add = (name: keyof Counts) => () => {
    counts[name] += 1;
  };
  watch(GPUDevice, "createBuffer", (_, buffer) => {
    counts.buffers += 1;
    born(buffer as GPUBuffer);
  });
  watch(GPUBuffer, "destroy", (buffer) => {
    const held = sizes.get(buffer);
    liveBytes -= held?.bytes ?? 0;
    if (held) held.bytes = 0;
  });
  watch(GPUDevice, "createBindGroup", add("bindGroups"));
  for (const name of ["createComputePipeline", "createComputePipelineAsync"] as const) {
    watch(GPUDevice, name, (_, pipeline) => {
      counts.pipelines += 1;
      Promise.resolve(pipeline).then(
        () => compiled++,
        () => {}, // the library is told of what does not compile
      );
    });
  }
  watch(GPUComputePassEncoder, "dispatchWorkgroups", add("dispatches"));
  watch(GPUComputePassEncoder, "dispatchWorkgroupsIndirect", add("dispatches"));
  watch(GPUQueue, "submit", (self) => {
    queue = self;
    counts.submits += 1;
    lastSubmit = performance.now();
  });
}
