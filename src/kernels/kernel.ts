import { bytesOf, type Shape, size } from "../core/shape.ts";
import type { Binding, BindingDtypes, Shader, Signature } from "../shader/shader.ts";

/** Workgroups to dispatch along x, y and z. */
export type Grid = readonly [x: number, y?: number, z?: number];

type Names<T> = Extract<keyof T, string>;
type None = Record<never, never>;

/** Shapes of the buffers a caller brings: what the kernel reads and what it updates in place. */
export type InputShapes<S extends Signature> = Readonly<
  Record<Names<S["reads"]> | Names<S["inouts"]>, Shape>
> &
  Readonly<Partial<Record<Names<S["optional"]>, Shape>>>;

/**
 * Says of a kernel that writes or updates one buffer that each element of it is `point` of the elements at the same place
 * of what the kernel reads, in binding order, and of some params. `point` is a function of the kernel's WGSL outside of
 * its own file, so a captured step can make one dispatch of several such kernels.
 */
export interface Pointwise {
  /** Shape of the result; what is read broadcasts to it. */
  readonly shape: Shape;
  /** Shapes of what is read, where they are not those of the buffers. */
  readonly inputs?: Readonly<Record<string, Shape>>;
  /** Params that `point` takes after the elements. */
  readonly scalars?: readonly string[];
}

/** Everything needed to run a kernel once, as plain data. */
export type Plan<S extends Signature = Signature> = {
  /** Shape of every buffer the kernel creates. */
  readonly outputs: Readonly<Record<Names<S["writes"]>, Shape>>;
  readonly params: Readonly<S["params"]>;
  readonly grid: Grid;
  readonly overrides?: Readonly<Partial<Record<S["overrides"], number>>>;
  /** Floating-point operations; a fused multiply-add counts two. */
  readonly flops: number;
  /** Bytes that must move; every input and output once unless given. */
  readonly bytes?: number;
  readonly pointwise?: Pointwise;
  /** Of a kernel that only copies what it reads, 4 bytes an element, into these elements of what it updates. */
  readonly section?: { readonly offset: number; readonly count: number };
} & (keyof S["slots"] extends never
  ? { readonly slots?: Readonly<Record<string, never>> }
  : None extends S["slots"] // kernels of one purpose, some with the slot and some without
    ? { readonly slots?: Readonly<S["slots"]> }
    : { readonly slots: Readonly<S["slots"]> });

/** A WGSL program and the pure function that says how to run it. */
export interface Kernel<S extends Signature, Options> {
  /** The linked WGSL program. */
  readonly shader: Shader<S>;
  /** Shapes of the inputs and options to everything that a dispatch needs; touches no GPU. Throws `ShapeError`, `ValueError`. */
  plan(inputs: InputShapes<S>, options: Options): Plan<S>;
}

/**
 * Pairs a shader with its plan. The plan checks shapes and options, throws a `ShapeError` or `ValueError` that says
 * what to do, and touches no GPU.
 */
export function kernel<S extends Signature, Options>(
  shader: Shader<S>,
  plan: (inputs: NoInfer<InputShapes<S>>, options: Options) => NoInfer<Plan<S>>,
): Kernel<S, Options> {
  return { shader, plan };
}

/** A tensor on the host: what references read. Float64 data serves finite differences. */
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
 * The specification of a kernel: plain loops, float64 accumulation, no GPU. It returns every buffer the kernel writes,
 * those updated in place included (a slot's too), not rounded to f32.
 */
export type Reference<K> = (
  inputs: HostInputs<SignatureOf<K>>,
  options: OptionsOf<K>,
) => Readonly<
  Record<Names<SignatureOf<K>["writes"]> | Names<SignatureOf<K>["inouts"]>, ArrayLike<number>>
> &
  Readonly<Partial<Record<Names<SignatureOf<K>["optional"]>, ArrayLike<number>>>>;

/** Makes element `i` of an input; `random()` is seeded and uniform in [0, 1). */
export type Fill = (i: number, random: () => number) => number;

/** A shape filled with uniform numbers in [−2, 2), or with what `fill` says. */
export type InputSpec = Shape | { readonly shape: Shape; readonly fill: Fill };

/** Allowed error of one element: (atol + rtol·|expected|)·√length. */
export interface Tolerance {
  /** Allowed whatever the size. Default 1e-6. */
  readonly atol?: number;
  /** Allowed as a share of |expected|. Default 1e-6. */
  readonly rtol?: number;
  /** Number of terms summed for one element; default 1. */
  readonly length?: number;
}

/** A named input a kernel must handle; tests, benchmarks and the verification page all run the same cases. */
export interface Case<K> {
  /** What the case is about, in reports. */
  readonly name: string;
  /** Shapes of the buffers it reads, by name, and what fills them. */
  readonly inputs: Readonly<
    Record<Names<SignatureOf<K>["reads"]> | Names<SignatureOf<K>["inouts"]>, InputSpec>
  > &
    Readonly<Partial<Record<Names<SignatureOf<K>["optional"]>, InputSpec>>>;
  /** Options of the plan. */
  readonly options: OptionsOf<K>;
  /** How far from the reference; "exact" means the same value. */
  readonly tolerance?: Tolerance | "exact";
  /** Plan changes that must not change the result, for example another workgroup size. */
  readonly overrides?: Readonly<Partial<Record<SignatureOf<K>["overrides"], number>>>;
  /** As what elements lie in memory; f32 unless given. f16 takes an adapter that has it. */
  readonly dtypes?: BindingDtypes | undefined;
}

/** What a kernel module exports: one kernel, its reference and its cases. */
export interface KernelModule {
  /** The kernel. */
  readonly kernel: Kernel<Signature, unknown>;
  /** What it computes, in plain loops on the host. */
  readonly reference: Reference<Kernel<Signature, unknown>>;
  /** Inputs that the tests run. */
  readonly cases: readonly Case<Kernel<Signature, unknown>>[];
  /** Cases with f16 in memory, for adapters that have `shader-f16`. */
  readonly halfCases?: readonly Case<Kernel<Signature, unknown>>[];
  /** Larger inputs that `npm run bench` times; never run by the tests. */
  readonly benches?: readonly Case<Kernel<Signature, unknown>>[];
}

/** Bytes that must move for a plan: given by it, or every input and output once, as the bindings hold them. */
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

/** Folds a long row of workgroups into two dimensions; a kernel reads it as `id.y * num_workgroups.x + id.x`. */
export function grid1d(workgroups: number): Grid {
  const limit = 65535;
  if (workgroups <= limit) return [workgroups];
  const rows = Math.ceil(workgroups / limit);
  return [Math.ceil(workgroups / rows), rows];
}

/** Lanes of a workgroup of the kernels that do little for each element: with fewer, starting workgroups costs a third more. */
const LANES = 256;

/** The grid for so many lanes, in a row that may be long; the shader's default is `override WG: u32 = 256`. */
export const grid256 = (lanes: number): Grid => grid1d(Math.ceil(lanes / LANES));
