import type { Scheme } from "./scheme.ts";

/** MobileNet v1, by builder. */
export const mobile: Readonly<Record<string, Scheme>> = {};
