/** Whole networks. */
export type { Builder, ModelOptions } from "./options.ts";
export { type BlockKind, ResNet, type ResNetOptions, resNet } from "./resnet.ts";
export {
  type ResNetExtras,
  resnet18,
  resnet34,
  resnet50,
  resnet101,
  resnet152,
} from "./resnets.ts";
