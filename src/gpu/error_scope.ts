/**
 * Runs `work` in an error scope, which is closed within this call. Returns its result, and a promise of the error that the
 * device reports: null if there is none, or if the device was lost, which `device.lost` reports.
 */
export function inErrorScope<T>(
  device: GPUDevice,
  filter: GPUErrorFilter,
  work: () => T,
): readonly [result: T, error: Promise<GPUError | null>] {
  device.pushErrorScope(filter);
  let result: T;
  let error: Promise<GPUError | null>;
  try {
    result = work();
  } finally {
    error = device.popErrorScope().catch(() => null);
  }
  return [result, error];
}
