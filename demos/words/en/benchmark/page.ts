export const doneOfTotal = (done: number, total: number, said: string) =>
  `${done} of ${total}: ${said}`;
export const stop = "Stop";
export const runAgain = "Run again";
export const run = "Run";
export const benchmark = "Benchmark";
export const trainingStepsAndSingle =
  "Training steps and single layers on your GPU, beside TensorFlow.js and jax-js in the same browser, in turns.";
export const tableOfTrainingStepsAnd =
  "A table of training steps and layers with the time of three libraries and how they compare";
export const megabytes = (peakBytes: string) => `${peakBytes} MB`;
export const oneStepOf = (names: string) => `| one step of | ${names} |`;
export const besideExpectedJaxTfjsOr = (beside: string, name: string) =>
  `?beside=${beside}: expected jax, tfjs or both, got '${name}'`;
export const onlyExpectedRegular = (only: string) => `?only=${only}: expected a regular expression`;
export const expectedPositiveWhole = (name: string, setting: number) =>
  `?${name}=${setting}: expected a positive whole number`;
export const oneStepOfHeading = "One step of";
export const failed = "failed";
export const msJs = (js: string) => `${js} ms JS`;
export const milliseconds = (ms: string, beside: string) => `${ms} ms${beside}`;
export const resultDiffers = "its result differs";
export const batch = (title: string, batch: number) => `${title}, batch ${batch}`;
export const trainingSteps = "Training steps";
export const perceptron78425612810 = "Perceptron 784–256–128–10, Adam";
export const lenetAdam = "LeNet, Adam";
export const resnet8WithBatchNorm = "ResNet-8 with batch norm, SGD";
export const k = (m: number, n: number, k: number) => `${m} × ${n}, K = ${k}`;
export const matrixProducts = "Matrix products";
export const convolutions = "Convolutions";
export const bothGradients = (title: string) => `${title}, both gradients`;
export const batchNorm86432 = "Batch norm 8×64×32×32, forward and backward";
export const restOfNetwork = "The rest of a network";
export const layerNorm512768Forward = "Layer norm 512×768, forward and backward";
export const softmaxCrossEntropy5121000 = "Softmax cross-entropy 512×1000, forward and backward";
export const geluXB1M = "gelu(x · a + b), 1 M";
export const sumOf4M = "Sum of 4 M";
export const adam1MParametersIn = "Adam, 1 M parameters in 50 tensors";
export const depthwise33832 = "Depthwise 3×3, 8×32×32×32";
export const differs = " (differs)";
export const dispatches = (count: string, one: boolean) =>
  `${count} ${one ? "dispatch" : "dispatches"}`;
export const submits = (count: string, one: boolean) => `${count} ${one ? "submit" : "submits"}`;
export const frameDidNotLoad = (library: string) =>
  `the frame for ${library} did not load; reload the page`;
export const medianTimeOfStep = (adapter: string, software: boolean) =>
  `Median time of a step (× wgrad's) · dispatches · submits · peak bytes on ${adapter}${software ? ", a software adapter: these are not GPU timings" : ""}.`;
export const done = "done";
export const stopped = "stopped";
export const measuredFirstRow =
  "This row was measured by itself. Run measures everything that is ticked.";
export const before = "before";
