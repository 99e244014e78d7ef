import type { Kernel } from "../kernels/kernel.ts";
import type { RowsOf, Shader, Signature, Values } from "../shader/shader.ts";
import type { ArenaInputs, Initial, Memory } from "./groups.ts";

type Buffers<Names extends string> = Readonly<Record<Names, unknown>>;

/** The kernel of an optimiser: it updates an arena by rows of numbers. */
export type ArenaKernel = Kernel<
  Signature & {
    readonly reads: Buffers<Exclude<keyof ArenaInputs, "p" | "clip">>;
    readonly inouts: Buffers<"p">;
    readonly optional: Buffers<string>;
    readonly rows: { readonly rows: Values };
  },
  unknown
>;

type RowOf<K> = K extends { readonly shader: Shader<infer S> }
  ? RowsOf<S> extends { readonly rows: infer Row }
    ? Row
    : never
  : never;

/** What an optimiser does, beside keeping parameters, moments and step counts. */
export interface Rule<Options, Name extends string, K = ArenaKernel> {
  readonly kernel: K;
  /** The moments of a group's parameters, and what their elements start as. */
  initial(options: Options): Initial<Name>;
  /** What the kernel reads of a group for a parameter's step t (from 1). Throws `ValueError` for options that cannot be. */
  row(options: Options, t: number, memory: Memory): RowOf<K>;
  /** A parameter's memory before its first step; default {}. */
  readonly start?: Memory;
  /** The memory in step t, from that of the step before; `row` is given it. Default: the same. */
  advance?(options: Options, t: number, memory: Memory): Memory;
}
