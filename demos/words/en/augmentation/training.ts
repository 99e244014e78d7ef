export const heldOutAccuracyByEpoch = "Held-out accuracy by epoch: nothing trained yet";
export const epoch = "Epoch";
export const heldOutAccuracy = "Held-out accuracy";
export const at = (name: string, last: string, epoch: number | undefined) =>
  `${name} ${last} at ${epoch}`;
export const nothingTrainedYet = "nothing trained yet";
export const training = "Training";
export const epochs = "Epochs";
export const seedsEach = "Seeds each";
export const sameSeedsOnceMoreFor = "The same seeds once more, for the bits …";
export const stopped = (seen: string) => `Stopped. ${seen}`;
export const compilingKernels = "Compiling its kernels …";
export const seed = (name: string, seed: number) => `${name}, seed ${seed}`;
export const ofTotal = (done: number, total: number) => `${done} of ${total}`;
export const trainingOf = (which: string) => `Training: ${which} …`;
export const stepLoss = (which: string, step: number, loss: string) =>
  `${which}: step ${step}, loss ${loss}`;
export const nothingWasTrainedToEnd = "Nothing was trained to its end.";
export const getsMostOfHeldOut = (name: string, mean: string, rest: string, few: boolean) =>
  `${name} has the highest held-out accuracy, ${mean}${rest}.${few ? " One seed says little: other seeds differ by a point or two." : ""}`;
export const asTheyAre = "As they are";
export const movedMirroredErased = "Moved, mirrored, erased";
export const mixup = "MixUp";
export const cutmix = "CutMix";
export const heldOutAccuracyByEpochOf = (said: string) => `Held-out accuracy by epoch: ${said}`;
