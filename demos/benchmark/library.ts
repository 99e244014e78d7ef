import type { Spec, SpecOf } from "./workloads.ts";

/** One workload of one library, on the GPU. */
export interface Running {
  /** Hands one step to the GPU. */
  step(): void;
  /** Waits until all steps are submitted, where a library does not do that within `step`. */
  submitted?(): Promise<void>;
  /** What a step gives, in any order of elements; of a training, the losses of its first three steps. */
  results(): Promise<readonly Float32Array[]>;
}

/** What a library's module exports. */
export interface Library {
  readonly name: string;
  readonly version: string;
  start(): Promise<void>;
  readonly makers: { readonly [Kind in Spec["kind"]]: (spec: SpecOf<Kind>) => Running };
}

/** The running workload of any spec. */
export function run({ makers }: Library, spec: Spec): Running {
  const maker = makers[spec.kind] as (spec: Spec) => Running; // the maker of this very kind
  return maker(spec);
}
