/**
 * Reading networks from layers models of TensorFlow.js.
 *
 * @module wgrad/tfjs
 */
export { type LayersFiles, loadLayersModel } from "./load.ts";
export type { LayerPort, LayersModel, LayerTensors } from "./model.ts";
