/** Whole networks. */
export { type BlockKind, ResNet, type ResNetOptions, resNet } from "./resnet.ts";
