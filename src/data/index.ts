/** Data sets that live on the GPU, and the order samples are visited in. */
export { type BatchOptions, batches, trainTestSplit } from "./batches.ts";
export { ImageDataset, type ImageDatasetOptions } from "./dataset.ts";
export { type Bytes, fetchBytes, parseIdx } from "./idx.ts";
