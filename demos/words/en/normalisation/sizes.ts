export const heldOutAccuracyByDigits = "Held-out accuracy by digits per step";
export const digitsOfStepAsPower = "digits per step, as a power of 2";
export const heldOutAccuracy = "held-out accuracy";
export const digitsStep = (between: string, batch: number) => `${between}, ${batch} digits a step`;
export const trainingOf = (done: number, total: number, which: string) =>
  `Training ${done} of ${total}: ${which} …`;
export const isBestWith = (between: string, share: string) => `${between} is best with ${share}`;
export const afterStepsWith2Digits = (
  steps: number,
  best: string,
  last: string,
  firstBatch: string,
  batch: string,
) =>
  `After ${steps} steps with 2 digits each ${best}, with 64 ${last}; batch norm goes from ${firstBatch} to ${batch}.`;
export const heldOutAccuracyAtBatches = (best: string) =>
  `Held-out accuracy at batches of 2, 4, 8, … digits: ${best}`;
