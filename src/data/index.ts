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
export {
  DataLoader,
  type Dataset,
  type LoaderOptions,
  type LoaderOrder,
  type LoaderState,
} from "./loader.ts";
export { TensorDataset } from "./tensors.ts";
