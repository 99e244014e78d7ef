import type { Kind, Kinds } from "../core/kinds.ts";
import type { OptionsOf } from "./kernel.ts";

/** A kernel as wgrad/kernels exports it: with the kinds of its options, which `prepare` checks. */
export type Declared<K> = K & { readonly options: () => Kinds };

/** Names every option of a kernel; made when `prepare` asks, so that it costs nothing elsewhere. */
export const declared = <K extends { plan(inputs: never, options: never): unknown }>(
  kernel: K,
  options: () => { readonly [Name in keyof OptionsOf<K>]-?: Kind },
): Declared<K> => ({ ...kernel, options: options as () => Kinds });
