/** What the engine has done so far on one device. Read it before and after, and subtract. */
export interface Counters {
  /** Kernels run. */
  dispatches: number;
  /** Command buffers given to the GPU's queue. */
  submits: number;
  /** GPU buffers made; those reused from the pool do not count. */
  buffersCreated: number;
  /** Compute pipelines compiled; later uses of the same one do not count. */
  pipelinesCompiled: number;
  /** Bind groups made; later uses of the same one do not count. */
  bindGroupsCreated: number;
  /** Bytes of GPU buffers held by tensors right now. */
  liveBytes: number;
  /** Maximum of `liveBytes` so far. */
  peakBytes: number;
  /** Bytes of GPU buffers allocated, free ones in the pool included. */
  allocatedBytes: number;
  /** Bytes written from the host. */
  bytesUploaded: number;
  /** Bytes read back to the host. */
  bytesRead: number;
}

export function newCounters(): Counters {
  return {
    dispatches: 0,
    submits: 0,
    buffersCreated: 0,
    pipelinesCompiled: 0,
    bindGroupsCreated: 0,
    liveBytes: 0,
    peakBytes: 0,
    allocatedBytes: 0,
    bytesUploaded: 0,
    bytesRead: 0,
  };
}
