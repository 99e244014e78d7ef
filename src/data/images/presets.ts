import type { ImageTensorOptions } from "./image_tensor.ts";

const imagenet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

/**
 * Preprocessing of images for networks trained on common data sets: options of `imageTensor`, of which `toImage` takes mean
 * and std. For the builders of wgrad/models, with weights of torchvision (or of the paper's authors, if torchvision has
 * none):
 *
 * - `imagenet`, resize 256, crop 224: alexnet, vgg, squeezenet, resnet, resnext, wideResnet, densenet, googlenet,
 *   mobilenetV2 and V3, shufflenet, mnasnet; convnext and efficientnet with other sizes: `{ ...imagePresets.imagenet,
 *   resize: 236 }` is convnextTiny's, and `{ ...imagePresets.imagenet, interpolation: "bicubic" }` efficientnetB0's.
 * - `inception`, resize 342, crop 299, values in −1..1: inceptionV3, inceptionV4 and inceptionResnetV2; for mobilenetV1 and
 *   inceptionV2, whose input has 224 pixels, `{ ...imagePresets.inception, resize: 256, crop: 224 }`. Torchvision's
 *   inceptionV3 and googlenet built with `transformInput` take `imagenet`'s mean and std instead.
 * - `cifar`: the small forms and resNet, trained on CIFAR-10, whose images have 32 × 32 pixels.
 * - `mnist`: lenet5 with one channel, digits of 28 × 28 pixels.
 */
export const imagePresets = {
  imagenet: { resize: 256, crop: 224, ...imagenet },
  inception: { resize: 342, crop: 299, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  cifar: { resize: [32, 32], mean: [0.4914, 0.4822, 0.4465], std: [0.247, 0.2435, 0.2616] },
  mnist: { resize: [28, 28], channels: 1, mean: 0.1307, std: 0.3081 },
} as const satisfies Readonly<Record<string, ImageTensorOptions>>;
