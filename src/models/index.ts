/** Whole networks. */
export {
  type BlockKind,
  type ImageNetOptions,
  ResNet,
  type ResNetOptions,
  resNet,
  resnet18,
  resnet34,
  resnet50,
  resnet101,
  resnet152,
} from "./resnet.ts";
