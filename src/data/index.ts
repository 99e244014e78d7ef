/** Data sets that live on the GPU, and the order samples are visited in. */
export {
  type BatchOptions,
  batches,
  type Split,
  type SplitOptions,
  trainTestSplit,
} from "./batches.ts";
export { type Bootstrap, type BootstrapOptions, bagging, bootstrap } from "./bootstrap.ts";
export { ImageDataset, type ImageDatasetOptions } from "./dataset.ts";
export { type Bytes, fetchBytes, parseIdx } from "./idx.ts";
export {
  DataLoader,
  type Dataset,
  type LoaderOptions,
  type LoaderOrder,
  type LoaderState,
} from "./loader.ts";
export { TensorDataset } from "./tensors.ts";
