import type { Tensor } from "../tensor/tensor.ts";

/** Parameters that share options; `lr` and the others may be changed between steps. */
export type ParameterGroup<Options> = Options & { parameters: readonly Tensor[] };

/** What an update kernel binds beside the optimiser's own moments. */
export interface ArenaInputs {
  readonly p: Tensor;
  readonly grads: Tensor;
  readonly block_row: Tensor;
  readonly rows: Tensor;
  /** What multiplies every gradient, one number. */
  readonly clip?: Tensor | undefined;
}

/** An optimiser's moments for one arena, by name. */
export type Moments<Name extends string> = Readonly<Record<Name, Tensor>>;

/** What every element of a group's moments starts as; a group has only those named here. */
export type Initial<Name extends string> = Readonly<Partial<Record<Name, number>>>;

/** Numbers that an optimiser accumulates on the host for each parameter, by name. */
export type Memory = Readonly<Record<string, number>>;

/** Parameters, or groups of them with options of their own. */
export type Parameters<Options> =
  | readonly Tensor[]
  | readonly (Partial<Options> & { readonly parameters: readonly Tensor[] })[];

/** Options that may be changed between steps. */
export type Writable<Options> = { -readonly [Name in keyof Options]: Options[Name] };

/** Whether groups were given, or parameters alone. */
export function isGroups<G extends { parameters: readonly Tensor[] }>(
  list: readonly Tensor[] | readonly G[],
): list is readonly G[] {
  return list[0] !== undefined && "parameters" in list[0];
}
