import type { Kind, Kinds } from "../core/kinds.ts";
import type { OptionsOf } from "./kernel.ts";

/** A kernel as wgrad/kernels exports it, with the kinds of its options, which `prepare` checks. */
export type Declared<K> = K & { readonly options: () => Kinds };

/**
 * Adds the kinds of a kernel's options, one for every option; as a function that only `prepare` calls, so that bundles
 * without it do not contain them.
 */
export const declared = <K extends { plan(inputs: never, options: never): unknown }>(
  kernel: K,
  options: () => { readonly [Name in keyof OptionsOf<K>]-?: Kind },
): Declared<K> => ({ ...kernel, options: options as () => Kinds });
