import type { Shape, TypedArray } from "../core/shape.ts";
import type { Pipeline } from "../gpu/pipelines.ts";
import type { Plan } from "../kernels/kernel.ts";
import type { SlotFill, Values } from "../shader/shader.ts";
import type { Place } from "./observe/place.ts";
import type { Storage } from "./storage.ts";

/** Values of a kernel's uniform parameters. */
export type Params = Values;

/** What fusion needs to know of a dispatch that works element by element; see `Pointwise`. */
export interface PointDispatch {
  readonly slots: SlotFill;
  readonly overrides: Readonly<Record<string, number>>;
  readonly shape: Shape;
  /** Shapes of what is read or updated, by binding. */
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly scalars: readonly string[];
}

/** What fusion needs to know of a dispatch of this plan; undefined for one that does not work element by element. */
export function pointOf(
  { slots, overrides }: Pipeline,
  { pointwise }: Plan,
  inputs: Readonly<Record<string, Shape>>,
): PointDispatch | undefined {
  if (!pointwise) return undefined;
  const { shape, scalars = [] } = pointwise;
  return { slots, overrides, shape, inputs: { ...inputs, ...pointwise.inputs }, scalars };
}

/** The kernel call that made a dispatch; kept only where commands are inspected. */
export interface KernelCall {
  /** Shapes of what the kernel is given, by binding. */
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly options: unknown;
  /** Options of every replay, where they change from step to step. */
  readonly refresh?: (() => unknown) | undefined;
  /** The tensors that are bound, by binding. */
  readonly tensors: Readonly<Record<string, { readonly name: string; readonly shape: Shape }>>;
}

/** A command that may be refused. */
interface Refusable {
  /** Functions that undo changes of host state (step counts, random streams) if the command is refused. */
  readonly undos?: readonly (() => void)[] | undefined;
}

/** One dispatch, planned and bound, waiting for its flush. */
export interface Dispatch extends Refusable {
  readonly kind: "dispatch";
  readonly pipeline: Pipeline;
  /** In binding order, as `pipeline.bindings`. */
  readonly storages: readonly Storage[];
  readonly params: Params;
  /** Parameters of every replay, where they change from step to step. */
  readonly refresh?: (() => Params) | undefined;
  readonly grid: readonly [number, number, number];
  readonly flops: number;
  readonly bytes: number;
  /** Part of the step that asked for it, and the layer. */
  readonly place: Place;
  readonly point?: PointDispatch | undefined;
  /** For a kernel that only copies what it reads into a section of what it updates: that section, in elements. */
  readonly section?: { readonly offset: number; readonly count: number } | undefined;
  readonly call?: KernelCall | undefined;
  /** Number of fences before it: dispatches are fused only with dispatches of the same number. */
  readonly fences: number;
  /** Names of the kernel calls that were fused into it, for `explain()`. */
  readonly fused?: readonly string[];
}

/** Host data for a storage nothing has used yet or, `ordered`, for one that the commands before it may use. */
export interface Upload extends Refusable {
  readonly kind: "upload";
  readonly storages: readonly [to: Storage];
  readonly data: TypedArray;
  /** Content of every replay, where it changes from step to step. */
  readonly refresh?: (() => TypedArray) | undefined;
  readonly ordered?: boolean;
}

/** Content of one storage into another, same size. */
export interface Copy extends Refusable {
  readonly kind: "copy";
  readonly storages: readonly [from: Storage, to: Storage];
}

/** Content of a storage into a buffer that can be mapped. */
export interface Readback extends Refusable {
  readonly kind: "readback";
  readonly storages: readonly [from: Storage];
  readonly staging: GPUBuffer;
  /** Set as it is submitted: why WebGPU refused that, if it did. */
  verdict?: Promise<Error | null>;
}
