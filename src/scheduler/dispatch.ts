import type { Shape, TypedArray } from "../core/shape.ts";
import type { Pipeline } from "../gpu/pipelines.ts";
import type { Plan } from "../kernels/kernel.ts";
import type { SlotFill, Values } from "../shader/shader.ts";
import type { Place } from "./observe/place.ts";
import type { Storage } from "./storage.ts";

/** Values of a kernel's uniform parameters. */
export type ParamValues = Values;

/** What fusion needs to know about an elementwise dispatch; see `Pointwise`. */
export interface PointDispatch {
  readonly slots: SlotFill;
  readonly overrides: Readonly<Record<string, number>>;
  readonly shape: Shape;
  /** Shapes of the bindings that are read or updated. */
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly scalars: readonly string[];
}

/** What fusion needs to know about this plan's dispatch; undefined if it is not elementwise. */
export function pointOf(
  { slots, overrides }: Pipeline,
  { pointwise }: Plan,
  inputs: Readonly<Record<string, Shape>>,
): PointDispatch | undefined {
  if (!pointwise) return undefined;
  const { shape, scalars = [] } = pointwise;
  return { slots, overrides, shape, inputs: { ...inputs, ...pointwise.inputs }, scalars };
}

/** The kernel call that made a dispatch; kept only while commands are inspected. */
export interface KernelCall {
  /** Shapes of the kernel's inputs, by binding. */
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly options: unknown;
  /** Returns the options for each replay, if they change from step to step. */
  readonly refresh?: (() => unknown) | undefined;
  /** The bound tensors, by binding. */
  readonly tensors: Readonly<Record<string, { readonly name: string; readonly shape: Shape }>>;
}

/** A command that may be refused. */
interface Refusable {
  /** Undo changes of host state (step counts, random streams) if the command is refused. */
  readonly undos?: readonly (() => void)[] | undefined;
}

/** One dispatch, planned and bound, waiting for its flush. */
export interface Dispatch extends Refusable {
  readonly kind: "dispatch";
  readonly pipeline: Pipeline;
  /** In the order of `pipeline.bindings`. */
  readonly storages: readonly Storage[];
  readonly params: ParamValues;
  /** Returns the parameters for each replay, if they change from step to step. */
  readonly refresh?: (() => ParamValues) | undefined;
  readonly grid: readonly [number, number, number];
  readonly flops: number;
  readonly bytes: number;
  /** The part of the training step and the layer that it belongs to. */
  readonly place: Place;
  readonly point?: PointDispatch | undefined;
  /** For a kernel that only copies its input into a section of the binding it updates: that section, in elements. */
  readonly section?: { readonly offset: number; readonly count: number } | undefined;
  readonly call?: KernelCall | undefined;
  /** Number of fences before it: dispatches are fused only with dispatches of the same number. */
  readonly fences: number;
  /** Names of the kernel calls that were fused into it, for `explain()`. */
  readonly fused?: readonly string[];
}

/** Host data for a storage that nothing has used yet or, if `ordered`, for one that earlier commands may use. */
export interface Upload extends Refusable {
  readonly kind: "upload";
  readonly storages: readonly [to: Storage];
  readonly data: TypedArray;
  /** Returns the content for each replay, if it changes from step to step. */
  readonly refresh?: (() => TypedArray) | undefined;
  readonly ordered?: boolean;
}

/** Copies one storage into another of the same size. */
export interface Copy extends Refusable {
  readonly kind: "copy";
  readonly storages: readonly [from: Storage, to: Storage];
}

/** Copies a storage into a buffer that the host can map. */
export interface Readback extends Refusable {
  readonly kind: "readback";
  readonly storages: readonly [from: Storage];
  readonly staging: GPUBuffer;
  /** Called when it is submitted, to map the buffer; or with the reason why it never will be. */
  map(refusal?: Error): void;
}
