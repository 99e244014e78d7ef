/** How far a fit is. */
export interface FitProgress {
  /** Rounds done. */
  readonly iteration: number;
  /** The most rounds there will be. */
  readonly maxIterations: number;
  /** The quantity that the fit minimises, where it is known: inertia, duality gap, loss. */
  readonly value?: number;
}

/** What every long `fit` takes. `withRecovery` of wgrad/train has it begin again when the GPU device is lost. */
export interface FitOptions {
  /** Ends the fit between two rounds: it throws the signal's reason, and nothing is left on the GPU. */
  readonly signal?: AbortSignal;
  /** Called between rounds; may be asynchronous, so that a page can draw. */
  readonly onProgress?: (progress: FitProgress) => void | Promise<void>;
}

/** Between two rounds: stops if the caller asked for it, and reports. */
export async function betweenRounds(
  { signal, onProgress }: FitOptions,
  progress: FitProgress,
): Promise<void> {
  signal?.throwIfAborted();
  await onProgress?.(progress);
  signal?.throwIfAborted();
}
