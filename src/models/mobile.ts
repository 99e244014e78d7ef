/** Networks with depthwise convolutions. */
export {
  type ConvNeXt,
  type ConvNeXtExtras,
  convnextBase,
  convnextLarge,
  convnextSmall,
  convnextTiny,
} from "./convnext.ts";
export {
  type EfficientNetExtras,
  efficientnetB0,
  efficientnetB1,
  efficientnetB2,
  efficientnetB3,
  efficientnetB4,
  efficientnetB5,
  efficientnetB6,
  efficientnetB7,
} from "./efficientnet.ts";
export type { ImageClassifier } from "./image_classifier.ts";
export { type MNASNet, mnasnet0_5, mnasnet0_75, mnasnet1_0, mnasnet1_3 } from "./mnasnet.ts";
export { type MobileNetV1, type MobileNetV1Extras, mobilenetV1 } from "./mobilenet_v1.ts";
export { type MobileNetExtras, mobilenetV2 } from "./mobilenet_v2.ts";
export { mobilenetV3Large, mobilenetV3Small } from "./mobilenet_v3.ts";
export {
  type ShuffleNetV2,
  shufflenetV2X0_5,
  shufflenetV2X1_0,
  shufflenetV2X1_5,
  shufflenetV2X2_0,
} from "./shufflenet.ts";
