/** Classical learning on the GPU, with scikit-learn's names and defaults. */
export type { FitOptions, FitProgress } from "./fit_options.ts";
export type { Matrix, Samples, Targets } from "./samples.ts";
export type { Saved } from "./saved.ts";
