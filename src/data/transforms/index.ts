/**
 * Augmentation on the GPU: transforms of batches of images, with torchvision's names.
 *
 * @module wgrad/data/transforms
 */
export {
  RandAugment,
  type RandAugmentOptions,
  type TrivialAugmentOptions,
  TrivialAugmentWide,
} from "./automatic.ts";
export {
  GaussianBlur,
  type GaussianBlurOptions,
  RandomAdjustSharpness,
  RandomAutocontrast,
  RandomEqualize,
} from "./channels.ts";
export {
  ColorJitter,
  type ColorJitterOptions,
  Cutout,
  type CutoutOptions,
  GaussianNoise,
  type GaussianNoiseOptions,
  Normalize,
  RandomErasing,
  type RandomErasingOptions,
  SaltAndPepperNoise,
  type SaltAndPepperNoiseOptions,
} from "./colours.ts";
export { Compose, OneOf, type OneOfOptions } from "./compose.ts";
export {
  CenterCrop,
  RandomCrop,
  type RandomCropOptions,
  RandomResizedCrop,
  type RandomResizedCropOptions,
  Resize,
  type ResizeOptions,
} from "./crops.ts";
export { CutMix, type MixOptions, MixUp } from "./mixing.ts";
export { RandomGrayscale, RandomInvert, RandomPosterize, RandomSolarize } from "./tones.ts";
export type { Augmented, LabelledImages, Transform } from "./transform.ts";
export {
  type AffineOptions,
  type PerspectiveOptions,
  RandomAffine,
  RandomHorizontalFlip,
  RandomPerspective,
  RandomRotation,
  type RandomRotationOptions,
  RandomVerticalFlip,
  type RotationOptions,
} from "./turns.ts";
