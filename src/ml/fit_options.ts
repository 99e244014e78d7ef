/** Progress of a fit. */
export interface FitProgress {
  /** Number of completed rounds. */
  readonly iteration: number;
  /** Maximum number of rounds. */
  readonly maxIterations: number;
  /** The quantity that the fit minimises, if it is known: inertia, duality gap, loss. */
  readonly value?: number;
}

/** Aborts a long `fit` and follows it: options of each of them. `withRecovery` of wgrad/train restarts it when the GPU device is lost. */
export interface FitControl {
  /** Aborts the fit between two rounds: it throws the signal's reason and leaves nothing on the GPU. */
  readonly signal?: AbortSignal;
  /** Called between rounds; may be asynchronous, so that a page can draw. */
  readonly onProgress?: (progress: FitProgress) => void | Promise<void>;
}

/** Called between two rounds: throws if the signal was aborted, and reports progress. */
export async function betweenRounds(
  { signal, onProgress }: FitControl,
  progress: FitProgress,
): Promise<void> {
  signal?.throwIfAborted();
  await onProgress?.(progress);
  signal?.throwIfAborted();
}
