import type { Tensor } from "../tensor/tensor.ts";

/** Parameters that share options; `lr` and the others may be changed between steps. */
export type ParameterGroup<Options> = Options & { parameters: readonly Tensor[] };

/** Bindings of an update kernel besides the optimiser's moments. */
export interface ArenaInputs {
  readonly p: Tensor;
  readonly grads: Tensor;
  readonly block_row: Tensor;
  readonly rows: Tensor;
  /** A factor for every gradient, one number. */
  readonly clip?: Tensor | undefined;
}

/** An optimiser's moments for one arena, by name. */
export type Moments<Name extends string> = Readonly<Record<Name, Tensor>>;

/** Initial values of a group's moments, by name; a group has only the moments named here. */
export type Initial<Name extends string> = Readonly<Partial<Record<Name, number>>>;

/** Numbers that an optimiser accumulates on the host for each parameter, by name. */
export type Memory = Readonly<Record<string, number>>;

/** Parameters, or groups of them with their own options. */
export type Parameters<Options> =
  | readonly Tensor[]
  | readonly (Partial<Options> & { readonly parameters: readonly Tensor[] })[];

/** Options that may be changed between steps. */
export type Mutable<Options> = { -readonly [Name in keyof Options]: Options[Name] };

/** Whether parameter groups were given, rather than a list of parameters. */
export function isGroups<G extends { parameters: readonly Tensor[] }>(
  list: readonly Tensor[] | readonly G[],
): list is readonly G[] {
  return list[0] !== undefined && "parameters" in list[0];
}
