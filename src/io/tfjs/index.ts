/** Networks from layers models of TensorFlow.js. */
export { type LayersFiles, loadLayersModel } from "./load.ts";
export type { LayerPort, LayersModel, LayerTensors } from "./model.ts";
