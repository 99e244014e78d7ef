/**
 * Complete networks for image classification.
 *
 * @module wgrad/models
 */
export { alexnet } from "./alexnet.ts";
export {
  type DenseNetExtras,
  densenet121,
  densenet161,
  densenet169,
  densenet201,
} from "./densenet.ts";
export { type AuxiliaryExtras, type GoogLeNetOutputs, googlenet } from "./googlenet.ts";
export { type InceptionOutputs, inceptionV2, inceptionV3 } from "./inception.ts";
export { inceptionResnetV2 } from "./inception_resnet.ts";
export { inceptionV4 } from "./inception_v4.ts";
export { lenet5 } from "./lenet.ts";
export * from "./mobile.ts";
export type { Builder, ModelOptions } from "./options.ts";
export { type BlockKind, ResNet, type ResNetOptions, resNet } from "./resnet.ts";
export {
  preActResnet18,
  preActResnet34,
  preActResnet50,
  preActResnet101,
  preActResnet152,
  preActResnet200,
  type ResNetExtras,
  resnet18,
  resnet34,
  resnet50,
  resnet101,
  resnet152,
  resnext50_32x4d,
  resnext101_32x8d,
  resnext101_64x4d,
  wideResnet50_2,
  wideResnet101_2,
} from "./resnets.ts";
export { squeezenet1_0, squeezenet1_1 } from "./squeezenet.ts";
export { vgg11, vgg11Bn, vgg13, vgg13Bn, vgg16, vgg16Bn, vgg19, vgg19Bn } from "./vgg.ts";
