import type { Spec, SpecOf } from "./workloads.ts";

/** One workload of one library, on the GPU. */
export interface Running {
  /** Submits one step to the GPU. */
  step(): void;
  /** Waits until all steps are submitted, if `step` of a library does not do so. */
  submitted?(): Promise<void>;
  /** Results of a step, in any order of elements; for a training, the losses of its first three steps. */
  results(): Promise<readonly Float32Array[]>;
}

/** The export of a library's module. */
export interface Library {
  readonly name: string;
  readonly version: string;
  start(): Promise<void>;
  readonly makers: { readonly [Kind in Spec["kind"]]: (spec: SpecOf<Kind>) => Running };
}

/** Starts the workload of any spec. */
export function run({ makers }: Library, spec: Spec): Running {
  const maker = makers[spec.kind] as (spec: Spec) => Running; // the maker under `spec.kind` takes specs of that kind
  return maker(spec);
}
