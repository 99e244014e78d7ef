import type { Kernel } from "../kernels/kernel.ts";
import type { RowsOf, Shader, Signature, Values } from "../shader/shader.ts";
import type { ArenaInputs, Initial, Memory } from "./groups.ts";

type NamedBuffers<Names extends string> = Readonly<Record<Names, unknown>>;

/** The kernel of an optimiser: it updates an arena, with one row of numbers per group and step count. */
export type ArenaKernel = Kernel<
  Signature & {
    readonly reads: NamedBuffers<Exclude<keyof ArenaInputs, "p" | "clip">>;
    readonly inouts: NamedBuffers<"p">;
    readonly optional: NamedBuffers<string>;
    readonly rows: { readonly rows: Values };
  },
  unknown
>;

type RowOf<K> = K extends { readonly shader: Shader<infer S> }
  ? RowsOf<S> extends { readonly rows: infer Row }
    ? Row
    : never
  : never;

/** What distinguishes an optimiser: its moments and its update. The base class keeps parameters, moments and step counts. */
export interface Rule<Options, Name extends string, K = ArenaKernel> {
  readonly kernel: K;
  /** The moments of a group's parameters, with the initial value of their elements. */
  initial(options: Options): Initial<Name>;
  /** The row that the kernel reads for a group's parameters at step t (from 1). Throws `ValueError` for invalid options. */
  row(options: Options, t: number, memory: Memory): RowOf<K>;
  /** A parameter's memory before its first step; default {}. */
  readonly start?: Memory;
  /** The memory for step t, from the memory of the step before; passed to `row`. Default: unchanged. */
  advance?(options: Options, t: number, memory: Memory): Memory;
}
