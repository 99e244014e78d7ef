/** Optimisers: one dispatch updates every parameter. PyTorch's names, equations and defaults. */
export { Adam, type AdamOptions, AdamW } from "./adam.ts";
export { Optimizer, type ParameterGroup, type Parameters } from "./optimizer.ts";
export { RMSprop, type RMSpropOptions } from "./rmsprop.ts";
export { SGD, type SgdOptions } from "./sgd.ts";
