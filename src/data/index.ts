/**
 * Data sets, on the GPU and on the host, and loaders that visit their samples in batches.
 *
 * @module wgrad/data
 */

export { ArrayDataset, type ArraySample, type HostNumbers } from "./array_dataset.ts";
export {
  type BatchOptions,
  batches,
  type Split,
  type SplitOptions,
  trainTestSplit,
} from "./batches.ts";
export { type Bootstrap, type BootstrapOptions, bagging, bootstrap } from "./bootstrap.ts";
export type { Licence } from "./builtin/about.ts";
export {
  type DatasetName,
  type LoadDatasetOptions,
  loadDataset,
  type PictureSet,
} from "./builtin/load_dataset.ts";
export type { TableSet } from "./builtin/tables.ts";
export { type Collated, type CollatingOptions, defaultCollate } from "./collate.ts";
export { ConcatDataset } from "./concat_dataset.ts";
export type {
  CategoryColumn,
  Column,
  ColumnType,
  NumberColumn,
  StringColumn,
} from "./csv/columns.ts";
export type { NumberMarks } from "./csv/number_marks.ts";
export { type CsvOptions, type CsvParser, readCsv } from "./csv/read_csv.ts";
export type { CsvCell, CsvTable } from "./csv/table.ts";
export type { TextFile } from "./csv/text.ts";
export { ImageDataset, type ImageDatasetOptions } from "./dataset.ts";
export { type Bytes, fetchBytes, parseIdx } from "./idx.ts";
export type { FolderSource, FoundFile } from "./images/folder.ts";
export { type ImageFolder, openImageFolder } from "./images/image_folder.ts";
export {
  type ImageTensorOptions,
  imageTensor,
  type Normalization,
} from "./images/image_tensor.ts";
export {
  type Prediction,
  type PredictionsOptions,
  predictions,
} from "./images/predictions.ts";
export { imagePresets } from "./images/presets.ts";
export type { Drawable, ImageSource, RawPixels } from "./images/sources.ts";
export { toCanvas, toImage } from "./images/to_image.ts";
export { IterableDataset, type SampleStream } from "./iterable_dataset.ts";
export { DataLoader } from "./loader.ts";
export type {
  BatchLoader,
  BatchTransform,
  CollateOptions,
  LoadedBatch,
  LoaderOptions,
  LoaderOrder,
  LoaderPlace,
  LoaderState,
  Taken,
  TransformOptions,
} from "./loader_options.ts";
export { MapDataset } from "./map_dataset.ts";
export { type PartOf, type RandomSplitOptions, randomSplit, Subset } from "./parts.ts";
export type { BatchSampler, Sampler } from "./sampler_kinds.ts";
export {
  BalancedBatchSampler,
  type BalancedBatchSamplerOptions,
  WeightedRandomSampler,
  type WeightedRandomSamplerOptions,
} from "./samplers.ts";
export type { Dataset, SampleDataset, StreamDataset } from "./sets.ts";
export { TensorDataset } from "./tensors.ts";
export { exposeMap, WorkerPool, type WorkerPoolOptions } from "./workers.ts";
