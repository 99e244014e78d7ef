import type { TypedArray } from "../core/shape.ts";
import type { Pipeline } from "../gpu/pipelines.ts";
import type { Storage } from "./storage.ts";

/** One dispatch, planned and bound, waiting for its flush. */
export interface Dispatch {
  readonly kind: "dispatch";
  readonly pipeline: Pipeline;
  /** In binding order, as `pipeline.bindings`. */
  readonly storages: readonly Storage[];
  readonly params: Readonly<Record<string, number | readonly number[]>>;
  readonly grid: readonly [number, number, number];
  readonly flops: number;
  readonly bytes: number;
}

/** Host data for a storage nothing has used yet. */
export interface Upload {
  readonly kind: "upload";
  readonly storages: readonly [to: Storage];
  readonly data: TypedArray;
}

/** Content of one storage into another, same size. */
export interface Copy {
  readonly kind: "copy";
  readonly storages: readonly [from: Storage, to: Storage];
}

/** Content of a storage into a buffer that can be mapped. */
export interface Readback {
  readonly kind: "readback";
  readonly storages: readonly [from: Storage];
  readonly staging: GPUBuffer;
}

export type Command = Dispatch | Upload | Copy | Readback;
