/** Ends an error scope of validation. Throws what WebGPU refused in it. */
export async function accepted(device: GPUDevice): Promise<void> {
  checkAccepted(await device.popErrorScope());
}

/** Throws what WebGPU said about a dispatch that it refused. */
export function checkAccepted(error: GPUError | null): void {
  if (!error) return;
  throw new Error(
    `expected WebGPU to accept the dispatch, got: ${error.message}; correct the plan or the shader`,
  );
}
