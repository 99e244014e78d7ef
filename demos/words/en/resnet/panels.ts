export const takenFor = (truth: string | undefined, said: string | undefined, share: number) =>
  `${truth} taken for ${said}: ${share} %`;
export const block = "Block";
export const normalisation = "Normalisation";
export const activation = "Activation";
export const shortcut = "Shortcut";
export const depth = "Depth";
export const width = "Width";
export const optimiser = "Optimiser";
export const learningRate = "Learning rate";
export const epochs = "Epochs";
export const seed = "Seed";
export const submitsToGpu = "submits to the GPU";
export const kernelDispatches = "kernel dispatches";
export const buffersCreated = "buffers created";
export const pipelinesCompiled = "pipelines compiled";
export const bindGroupsCreated = "bind groups created";
export const growthOfMemory = "growth of memory";
export const sentToGpu = "sent to the GPU";
export const readBack = "read back";
export const runBefore = "run before";
export const eachStep = "each step";
export const smoothed = "smoothed";
export const heldOutAccuracyByStep = "Held-out accuracy by step";
export const thisRun = "this run";
export const before = (label: string) => `before: ${label}`;
export const pictures = (heldOut: string) => `${heldOut} pictures`;
export const ofAtEndOf = (glance: number, all: string) =>
  `measured on ${glance}, at the end on ${all}`;
export const ofTotal = (all: string) => `of ${all}`;
export const timeOfOneTrainingStep = "Time of one training step by phase, layer, kernel";
export const oneStep = "one step";
export const gradientNormByLayer = "Gradient norm by layer";
export const gradientNormByLayerAt = (firstNorm: string, lastNorm: string) =>
  `Gradient norm by layer: ${firstNorm} at the input, ${lastNorm} at the output`;
export const noMistakesAmongPicturesWas = "No mistakes among these pictures.";
export const itIs = (truth: string | undefined) => `it is: ${truth}`;
export const sure = (said: string, confidence: string, truth: string) =>
  `${said}, ${confidence} sure: ${truth}`;
export const isTruth = (truth: string | undefined) => `is ${truth}`;
export const epoch = "Epoch";
export const imagesS = "Pictures / s";
export const progress = "Progress";
export const stepsOfTotal = (done: number, total: number) => `${done} of ${total}`;
export const clickBoxToLookInto = "Click a box to look into it, and one above it to go back.";
export const fileForUiPerfettoDev = "A file for ui.perfetto.dev or chrome://tracing";
export const thisBrowserOrAdapterDoes =
  "This browser or adapter does not time kernels (it lacks timestamp-query).";
export const softwareAdapterTheseAre =
  "A software adapter: these are times of your CPU, not of a GPU.";
export const msOfStep = (milliseconds: string, all: string) =>
  `${milliseconds} ms, ${all} of the step`;
export const noLayer = "no layer";
export const size = (depth: string, width: number) => `${depth}width ${width}`;
export const noNorm = "no norm";
export const noShortcut = "no shortcut";
export const lossByStepNow = (loss: string | undefined) =>
  `Loss by step${loss === undefined ? "" : `: now ${loss}`}`;
export const heldOutAccuracyByStepNow = (accuracy: string | undefined) =>
  `Held-out accuracy by step${accuracy === undefined ? "" : `: now ${accuracy}`}`;
export const right = "right";
export const dispatches = (calls: number) => `${calls} ${calls === 1 ? "dispatch" : "dispatches"}`;
export const calls = "calls";
export const forward = "forward";
export const backward = "backward";
export const share = "share";
export const input = "input";
export const layer = "layer";
export const output = "output";
export const kernel = "kernel";
/** The displayed name of a phase of training, by its name in a profile. */
export const phase = (name: string): string => name;
