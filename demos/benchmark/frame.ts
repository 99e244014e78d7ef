import {
  type Counts,
  compiledSoFar,
  countAgain,
  counted,
  gpuDone,
  install,
  submittedAt,
} from "./counters.ts";
import { type Library, type Running, run } from "./library.ts";
import type { Spec } from "./workloads.ts";

/** Libraries that a visitor can compare; "old" is another commit of this one. */
export type LibraryName = "wgrad" | "jax" | "tfjs" | "old";

/** One timing of some steps. */
export interface Sample {
  /** Milliseconds a step, until the GPU has finished it. */
  readonly ms: number;
  /** Milliseconds of JavaScript until a step is submitted. */
  readonly js: number;
  /** WebGPU calls of one step. */
  readonly counts: Counts;
}

/** The interface of a frame to the page that contains it. */
export interface Frame {
  readonly name: string;
  readonly version: string;
  /**
   * Sets a workload up, runs it once and returns fingerprints of its results: for each result the mean of |x| and the
   * root of the mean of x², which do not depend on the order of elements in a library; for a training the losses.
   */
  begin(spec: Spec): Promise<{ readonly ms: number; readonly fingerprints: readonly number[] }>;
  /** Runs this many steps. */
  time(steps: number): Promise<Sample>;
  /** How many pipelines the library has compiled. */
  compiled(): number;
}

declare global {
  interface Window {
    /** Set when the frame is ready, or has failed to start. */
    wgradFrame?: Promise<Frame>;
    /**
     * Where `npm run bench -- steps --since` serves another commit. Set by it before the page loads, never from an
     * address.
     */
    wgradOtherCommit?: string;
  }
}

const loaders: Readonly<Partial<Record<LibraryName, () => Promise<{ library: Library }>>>> = {
  wgrad: () => import("./libraries/wgrad.ts"),
  jax: () => import("./libraries/jax.ts"),
  tfjs: () => import("./libraries/tfjs.ts"),
  // libraries that are not part of the site are loaded in development only; the built site has no such import
  ...(import.meta.env.DEV
    ? {
        old: () =>
          import(/* @vite-ignore */ `${window.wgradOtherCommit}demos/benchmark/libraries/wgrad.ts`),
      }
    : {}),
};

export function isLibrary(name: string | null): name is LibraryName {
  if (name === "old") return import.meta.env.DEV && window.wgradOtherCommit !== undefined;
  return name !== null && Object.hasOwn(loaders, name);
}

/** Makes this window the frame of one library. */
export async function openFrame(name: LibraryName): Promise<Frame> {
  install();
  const load = loaders[name];
  if (!load) throw new Error(`openFrame: expected a library of this site, got '${name}'`);
  const { library } = await load();
  await library.start();
  let running: Running | undefined;
  return {
    compiled: compiledSoFar,
    name: library.name,
    version: library.version,
    async begin(spec) {
      const start = performance.now();
      running = run(library, spec);
      const results = await running.results();
      const ms = performance.now() - start;
      const training = spec.kind === "train";
      return { ms, fingerprints: results.flatMap((all) => (training ? [...all] : sizesOf(all))) };
    },
    async time(steps) {
      if (!running) throw new Error("time: expected begin() before it");
      const js = await submitting(running);
      countAgain();
      const start = performance.now();
      for (let i = 0; i < steps; i++) running.step();
      await running.submitted?.();
      await gpuDone();
      const ms = (performance.now() - start) / steps;
      return { ms, js, counts: perStep(counted(), steps) };
    },
  };
}

/** Milliseconds until one step is submitted, while the GPU is idle. */
async function submitting(running: Running): Promise<number> {
  await gpuDone();
  const start = performance.now();
  running.step();
  await running.submitted?.();
  const ms = submittedAt() - start;
  await gpuDone();
  return ms;
}

function sizesOf(values: Float32Array): [mean: number, root: number] {
  let [sum, squares] = [0, 0];
  for (const v of values) {
    sum += Math.abs(v);
    squares += v * v;
  }
  return [sum / values.length, Math.sqrt(squares / values.length)];
}

function perStep(counts: Counts, steps: number): Counts {
  const { peakBytes, ...rest } = counts;
  const each = Object.entries(rest).map(([name, count]) => [name, count / steps]);
  return { ...(Object.fromEntries(each) as typeof rest), peakBytes };
}
