/**
 * Reading and writing files of tensors.
 *
 * @module wgrad/io
 */
export type { HostArray } from "../core/host_array.ts";
export type { LoadOptions, LoadReport, Mismatch } from "../nn/module/load_plan.ts";
export type { FileDType, FileTensor, FloatDType, TensorInfo } from "./elements.ts";
export { loadStateDict } from "./load_state_dict.ts";
export { type NpyOptions, readNpy, writeNpy } from "./npy.ts";
export { type NpzOptions, openNpz, writeNpz } from "./npz.ts";
export type { TensorReader } from "./reader.ts";
export { openSafetensors, type ShardOptions } from "./safetensors_open.ts";
export {
  type SafetensorsOptions,
  type Writable,
  type WriteOptions,
  writeSafetensors,
} from "./safetensors_write.ts";
export type { FileSource } from "./source.ts";
export { openTorch, type TorchOptions } from "./torch.ts";
