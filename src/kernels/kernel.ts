import { bytesOf, type Shape, size } from "../core/shape.ts";
import type { Binding, BindingDtypes, Shader, Signature } from "../shader/shader.ts";

/** Workgroups to dispatch along x, y and z. */
export type Grid = readonly [x: number, y?: number, z?: number];

/** The names of the properties of a type. */
export type Names<T> = Extract<keyof T, string>;
type None = Record<never, never>;

/** Shapes of the buffers that a caller supplies: those the kernel reads and those it updates in place. */
export type InputShapes<S extends Signature> = Readonly<
  Record<Names<S["reads"]> | Names<S["inouts"]>, Shape>
> &
  Readonly<Partial<Record<Names<S["optional"]>, Shape>>>;

/**
 * Describes a kernel whose single output is elementwise: each element is the function `point` of the elements of the inputs
 * at the same position, in binding order, and of some params. `point` is in another WGSL file than the kernel's own, so a
 * captured step can fuse several such kernels into one dispatch.
 */
export interface Pointwise {
  /** Shape of the result; the inputs broadcast to it. */
  readonly shape: Shape;
  /** Shapes of the inputs, if they differ from those of the buffers. */
  readonly inputs?: Readonly<Record<string, Shape>>;
  /** Params that are the arguments of `point` after the elements. */
  readonly scalars?: readonly string[];
}

/** Everything needed to run a kernel once, as plain data. */
export type Plan<S extends Signature = Signature> = {
  /** Shape of every buffer the kernel creates. */
  readonly outputs: Readonly<Record<Names<S["writes"]>, Shape>>;
  readonly params: Readonly<S["params"]>;
  readonly grid: Grid;
  readonly overrides?: Readonly<Partial<Record<S["overrides"], number>>>;
  /** Floating-point operations; a fused multiply-add counts as two. */
  readonly flops: number;
  /** Bytes that must move. Default: every input and output once. */
  readonly bytes?: number;
  readonly pointwise?: Pointwise;
  /** For a kernel that only copies its input, 4 bytes per element, to these elements of the buffer that it updates. */
  readonly section?: { readonly offset: number; readonly count: number };
} & (keyof S["slots"] extends never
  ? { readonly slots?: Readonly<Record<string, never>> }
  : None extends S["slots"] // a union of kernels, of which some have the slot and some do not
    ? { readonly slots?: Readonly<S["slots"]> }
    : { readonly slots: Readonly<S["slots"]> });

/** A shader and the pure function that says how to run it. */
export interface Kernel<S extends Signature, Options> {
  /** Its linked WGSL, with bindings, parameters and slots. */
  readonly shader: Shader<S>;
  /**
   * Maps shapes of the inputs and options to everything that a dispatch needs; does not use the GPU. Throws `ShapeError`,
   * `ValueError`.
   */
  plan(inputs: InputShapes<S>, options: Options): Plan<S>;
}

/**
 * Combines a shader and its plan. The plan checks shapes and options, throws a `ShapeError` or `ValueError` that says what
 * to do, and does not use the GPU.
 */
export function kernel<S extends Signature, Options>(
  shader: Shader<S>,
  plan: (inputs: NoInfer<InputShapes<S>>, options: Options) => NoInfer<Plan<S>>,
): Kernel<S, Options> {
  return { shader, plan };
}

/** A tensor on the host, as references read it. Float64 data is used for finite differences. */
export interface HostTensor {
  /** Sizes of the axes. */
  readonly shape: Shape;
  /** The elements, row-major. */
  readonly data: ArrayLike<number>;
}

type HostInputs<S extends Signature> = Readonly<
  Record<Names<S["reads"]> | Names<S["inouts"]>, HostTensor>
> &
  Readonly<Partial<Record<Names<S["optional"]>, HostTensor>>>;

type SignatureOf<K> = K extends { readonly shader: Shader<infer S extends Signature> } ? S : never;
/** The options of a kernel's plan. */
export type OptionsOf<K> = K extends { plan(inputs: never, options: infer Options): unknown }
  ? Options
  : never;

/**
 * The specification of a kernel: plain loops with float64 accumulation on the host. It returns every buffer that the kernel
 * writes or updates in place (those of slots included), not rounded to f32.
 */
export type Reference<K> = (
  inputs: HostInputs<SignatureOf<K>>,
  options: OptionsOf<K>,
) => Readonly<
  Record<Names<SignatureOf<K>["writes"]> | Names<SignatureOf<K>["inouts"]>, ArrayLike<number>>
> &
  Readonly<Partial<Record<Names<SignatureOf<K>["optional"]>, ArrayLike<number>>>>;

/** Returns element `i` of an input; `random()` is seeded and uniform in [0, 1). */
export type Fill = (i: number, random: () => number) => number;

/** A shape, filled with values from `fill`. */
export interface FilledInput {
  /** Sizes of the axes. */
  readonly shape: Shape;
  /** Gives each element. */
  readonly fill: Fill;
}

/** A shape filled with uniform numbers in [−2, 2), or with values from `fill`. */
export type InputSpec = Shape | FilledInput;

/** Allowed error of one element: (atol + rtol·|expected|)·√length. */
export interface Tolerance {
  /** Absolute error. Default 1e-6. */
  readonly atol?: number;
  /** Error relative to |expected|. Default 1e-6. */
  readonly rtol?: number;
  /** Number of terms summed for one element; default 1. */
  readonly length?: number;
}

/** A named input that a kernel must handle; tests, benchmarks and the verification page run the same cases. */
export interface Case<K> {
  /** Name of the case in reports. */
  readonly name: string;
  /** Shapes, and optionally contents, of the input buffers, by name. */
  readonly inputs: Readonly<
    Record<Names<SignatureOf<K>["reads"]> | Names<SignatureOf<K>["inouts"]>, InputSpec>
  > &
    Readonly<Partial<Record<Names<SignatureOf<K>["optional"]>, InputSpec>>>;
  /** Options of the plan. */
  readonly options: OptionsOf<K>;
  /** Allowed difference from the reference; "exact" means equal values. */
  readonly tolerance?: Tolerance | "exact";
  /** Plan changes that must not change the result, for example another workgroup size. */
  readonly overrides?: Readonly<Partial<Record<SignatureOf<K>["overrides"], number>>>;
  /** dtypes of elements in memory; f32 by default. f16 requires an adapter that has it. */
  readonly dtypes?: BindingDtypes | undefined;
}

/** A case of whatever kernel. */
export type AnyCase = Case<Kernel<Signature, unknown>>;

/** Exports of a kernel module: one kernel, its reference and its cases. */
export interface KernelModule {
  /** The kernel. */
  readonly kernel: Kernel<Signature, unknown>;
  /** What it computes, in plain loops on the host. */
  readonly reference: Reference<Kernel<Signature, unknown>>;
  /** Inputs that the tests run. */
  readonly cases: readonly Case<Kernel<Signature, unknown>>[];
  /** Cases with f16 storage, for adapters that have `shader-f16`. */
  readonly halfCases?: readonly Case<Kernel<Signature, unknown>>[];
  /** Larger inputs that `npm run bench` times; never run by the tests. */
  readonly benches?: readonly Case<Kernel<Signature, unknown>>[];
}

/** Bytes that a plan must move: given by it, or every input and output once in its binding's dtype. */
export function bytesMoved(
  inputs: Readonly<Record<string, Shape>>,
  plan: Plan,
  bindings: readonly Binding[],
): number {
  const dtypes = new Map(bindings.map(({ name, dtype }) => [name, dtype]));
  const shapes = [...Object.entries(inputs), ...Object.entries<Shape>(plan.outputs)];
  const bytes = ([name, shape]: [string, Shape]) => bytesOf(dtypes.get(name) ?? "f32", size(shape));
  return plan.bytes ?? shapes.reduce((sum, each) => sum + bytes(each), 0);
}

/** Splits a long row of workgroups into two dimensions; a kernel reads it as `id.y * num_workgroups.x + id.x`. */
export function grid1d(workgroups: number): Grid {
  const limit = 65535;
  if (workgroups <= limit) return [workgroups];
  const rows = Math.ceil(workgroups / limit);
  return [Math.ceil(workgroups / rows), rows];
}

/**
 * Workgroup size of kernels that do little work per element: with smaller ones, starting workgroups costs a third more
 * time.
 */
const LANES = 256;

/**
 * The grid for this many lanes, possibly more than fit into one dimension; the shader's default is `override WG: u32 =
 * 256`.
 */
export const grid256 = (lanes: number): Grid => grid1d(Math.ceil(lanes / LANES));
