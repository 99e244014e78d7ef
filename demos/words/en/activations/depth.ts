export const layer = "layer";
export const deviationOfOutputs = "deviation of outputs";
export const deviationOfGradients = "deviation of gradients";
export const shareOfDeadUnits = "Share of dead units";
export const unitsThatAreAlways0 = "units that are always 0";
export const weightsBeginAs = "Initial weights";
export const layersOf64Units = "Layers of 64 units";
export const afterLayersOutputsDeviate = (
  name: string,
  signal: number,
  last: string,
  first: string,
  dead: string,
) =>
  `${name}: after ${signal} layers the outputs have a standard deviation of ${last}; the first layer's gradient is ${first} of the last one's; ${dead} of the last units are always 0.`;
export const xavierVariance1N = "Xavier: variance 1/n";
export const heVariance2N = "He: variance 2/n";
export const pytorchsLayersVariance13n = "PyTorch's layers: variance 1/3n";
export const lsuvScaledByBatch = "LSUV: scaled by a batch";
