import type { Scheme } from "./scheme.ts";

/** Inception v2, v4 and Inception-ResNet v2, by builder. */
export const inception: Readonly<Record<string, Scheme>> = {};
