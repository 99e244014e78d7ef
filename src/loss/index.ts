/** Losses, with PyTorch's equations and reductions. */
export { type CrossEntropyOptions, crossEntropy } from "./cross_entropy.ts";
