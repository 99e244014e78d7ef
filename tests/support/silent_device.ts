/** WebGPU's flag constants, which Node does not have. */
const flags = {
  GPUShaderStage: { VERTEX: 1, FRAGMENT: 2, COMPUTE: 4 },
  GPUMapMode: { READ: 1, WRITE: 2 },
  GPUBufferUsage: {
    ...{ MAP_READ: 1, MAP_WRITE: 2, COPY_SRC: 4, COPY_DST: 8, INDEX: 16, VERTEX: 32, UNIFORM: 64 },
    ...{ STORAGE: 128, INDIRECT: 256, QUERY_RESOLVE: 512 },
  },
};

/** Limits of a good graphics card. */
const limits = {
  ...{ maxBufferSize: 2 ** 32, maxStorageBufferBindingSize: 2 ** 31 },
  ...{ maxUniformBufferBindingSize: 65536, maxDynamicUniformBuffersPerPipelineLayout: 8 },
  ...{ minUniformBufferOffsetAlignment: 256, minStorageBufferOffsetAlignment: 256 },
  ...{ maxBindGroups: 4, maxBindingsPerBindGroup: 1000, maxStorageBuffersPerShaderStage: 10 },
  ...{ maxComputeWorkgroupsPerDimension: 65535, maxComputeWorkgroupStorageSize: 32768 },
  ...{ maxComputeInvocationsPerWorkgroup: 1024 },
  ...{
    maxComputeWorkgroupSizeX: 1024,
    maxComputeWorkgroupSizeY: 1024,
    maxComputeWorkgroupSizeZ: 64,
  },
};

const nothing = () => undefined;

/** A buffer with a size and no memory; mapped, it reads as zeros. */
const buffer = ({ size, usage }: GPUBufferDescriptor) => ({
  ...{ size, usage, mapState: "unmapped", destroy: nothing, unmap: nothing },
  mapAsync: async () => undefined,
  getMappedRange: (_offset = 0, bytes = size) => new ArrayBuffer(bytes),
});

const pass = {
  ...{ setPipeline: nothing, setBindGroup: nothing, dispatchWorkgroups: nothing, end: nothing },
};
const encoder = {
  ...{ beginComputePass: () => pass, copyBufferToBuffer: nothing, clearBuffer: nothing },
  ...{ resolveQuerySet: nothing, finish: () => ({}) },
};

/**
 * A device that accepts everything and does nothing, so that Node can build and record whole networks without a GPU,
 * compilation, or memory for weights. Readbacks give zeros. Defines WebGPU's flags. Kernels are chosen for a graphics
 * card, or for a GPU of this `architecture`.
 */
export function silentDevice(architecture = ""): GPUDevice {
  for (const [name, value] of Object.entries(flags)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  const device = {
    ...{ features: new Set<string>(), limits, lost: new Promise(nothing) },
    adapterInfo: { vendor: "silent", architecture, device: "", description: "" },
    queue: { submit: nothing, writeBuffer: nothing, onSubmittedWorkDone: async () => undefined },
    createBuffer: buffer,
    createShaderModule: () => ({ getCompilationInfo: async () => ({ messages: [] }) }),
    ...{ createBindGroupLayout: () => ({}), createPipelineLayout: () => ({}) },
    ...{ createComputePipelineAsync: async () => ({}), createComputePipeline: () => ({}) },
    ...{ createBindGroup: () => ({}), createCommandEncoder: () => encoder },
    ...{ pushErrorScope: nothing, popErrorScope: async () => null, addEventListener: nothing },
    ...{ destroy: nothing, createQuerySet: () => ({ destroy: nothing }) },
  };
  return device as unknown as GPUDevice;
}
