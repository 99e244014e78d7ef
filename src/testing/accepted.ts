/** Ends an error scope of validation. Throws what WebGPU refused in it. */
export async function accepted(device: GPUDevice): Promise<void> {
  const error = await device.popErrorScope();
  if (!error) return;
  throw new Error(
    `expected WebGPU to accept the dispatch, got: ${error.message}; correct the plan or the shader`,
  );
}
