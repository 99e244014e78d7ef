/** Optimisers: one dispatch updates every parameter. PyTorch's names, equations and defaults. */
export { Adam, type AdamOptions, AdamW } from "./adam.ts";
export type { ParameterGroup, Parameters } from "./groups.ts";
export { Optimizer } from "./optimizer.ts";
export { RMSprop, type RMSpropOptions } from "./rmsprop.ts";
export { SGD, type SgdOptions } from "./sgd.ts";
export type { GroupState, OptimizerState, ParameterState, PlainOption } from "./state.ts";
