export const pageTitle = "Benchmark · wgrad";
export const description =
  "Training steps and layers timed on your GPU, beside TensorFlow.js and jax-js.";
export const benchmark = "Benchmark";
export const sameStepByEachLibrary =
  "The same step by each library, in turns, on the same adapter.";
export const noGraphicsCardInUse =
  'No graphics card in use but a <span data-term="software adapter">software adapter</span>: these times compare libraries on your CPU, and say nothing about a GPU.';
export const whatToMeasure = "What to measure";
export const measure = "Measure";
export const besideWgrad = "Beside wgrad";
export const run = "Run";
export const saveJson = "Save JSON";
export const saveMarkdown = "Save Markdown";
export const progress = "Progress";
export const results = "Results";
export const nothingMeasuredYetTickWhat =
  "Nothing measured yet. Tick what you want, and press Run.";
export const mediansUntilGpuIsDone =
  '<span data-term="median">Medians</span>, until the GPU is done. × is the time relative to wgrad\'s: above 1, wgrad is faster. Shorter bars are better.';
