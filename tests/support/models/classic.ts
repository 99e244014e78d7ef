import type { Scheme } from "./scheme.ts";

/** LeNet and residual networks of the second version, by builder. */
export const classic: Readonly<Record<string, Scheme>> = {};
