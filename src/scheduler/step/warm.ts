import type { PipelineCache } from "../../gpu/pipelines.ts";
import type { Program } from "./program.ts";

/** Progress of compiling a step's pipelines. */
export interface WarmProgress {
  /** Number of compiled pipelines, including those compiled before. */
  readonly done: number;
  /** Number of pipelines that the step dispatches. */
  readonly total: number;
}

/** Options of `prepare` of a captured step. */
export interface WarmOptions {
  /** Called before the first pipeline is compiled and after each one. */
  readonly onProgress?: (progress: WarmProgress) => void;
  /** Ends the wait; compilations in progress are finished and kept. */
  readonly signal?: AbortSignal;
}

/**
 * Compiles all pipelines of a program, in parallel and off the main thread. Rejects with `ShaderError`, and with the
 * signal's reason if it is aborted.
 */
export async function warm(
  cache: PipelineCache,
  program: Program,
  { onProgress, signal }: WarmOptions = {},
): Promise<void> {
  signal?.throwIfAborted();
  const pipelines = new Set(program.pipelines);
  const total = pipelines.size;
  let done = [...pipelines].filter(({ compiled }) => compiled).length;
  const report = () => {
    if (!signal?.aborted) onProgress?.({ done, total });
  };
  report();
  signal?.throwIfAborted();
  const compiled = cache.compile(pipelines, () => {
    done++;
    report();
  });
  if (!signal) return compiled;
  const listening = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const options = { signal: listening.signal };
    signal.addEventListener("abort", () => reject(signal.reason as Error), options);
  });
  await Promise.race([compiled, aborted]).finally(() => listening.abort());
}
