/**
 * Reading networks from ONNX files, and writing them.
 *
 * @module wgrad/onnx
 */
export type { ElementType } from "./elements.ts";
export { type LoadOnnxOptions, loadOnnx } from "./load.ts";
export type { NamedTensors, OnnxInput, OnnxModel, OnnxPort } from "./model.ts";
export { type ExportOnnxOptions, exportOnnx, type OnnxExample } from "./out/export.ts";
export type { ExternalData } from "./tensor_proto.ts";
