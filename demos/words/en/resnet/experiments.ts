export const gradientWithoutShortcut = "The gradient without a shortcut";
export const twelvePreActivationBlocks =
  "Twelve pre-activation blocks with sigmoids and no normalisation. By which factor is the gradient of the first layer smaller without shortcuts?";
export const below10 = "Below 10";
export const moreThan1000 = "More than 1,000";
export const withShortcuts = "With shortcuts";
export const withoutShortcuts = "Without shortcuts";
export const gradientOf2 = (nth: number) => `gradient ${nth} of 2`;
export const gradientOfFirstLayerIs = (withShortcut: string, without: string) =>
  `The gradient of the first layer is ${withShortcut} long with shortcuts and ${without} without.`;
export const networkOf2StepOf = (nth: number, done: number, total: number) =>
  `network ${nth} of 2, step ${done} of ${total}`;
export const heldOutAccuracy = (accuracy: string) => `Held-out accuracy ${accuracy}`;
export const twoPicturesStep = "Two pictures a step";
export const batchNormalisationTakes =
  "Batch normalisation takes mean and deviation over the batch, group normalisation within each picture. With 2 pictures a step, which network has the higher held-out accuracy?";
export const batchNormalisation = "Batch normalisation";
export const neitherBy5Points = "Neither by 5 points";
export const groupNormalisation = "Group normalisation";
export const afterStepsOf2Pictures = (steps: number, batch: string, group: string) =>
  `After ${steps} steps of 2 pictures, held-out accuracy is ${batch} with batch normalisation and ${group} with group normalisation.`;
export const learningRateTooLarge = "A learning rate too large";
export const sameNetworkByAdamOnce =
  "The same network by Adam, once with a learning rate of 0.005 and once of 1. Guessing has a loss of 2.3. Where does the large one end?";
export const belowSmallOne = "Below the small one";
export const betweenSmallOneAnd2 = "Between the small one and 2.3";
export const above23 = "Above 2.3";
export const afterStepsLossIsWith = (steps: number, slow: string, finite: boolean, large: string) =>
  `After ${steps} steps the loss is ${slow} with η = 0.005 and ${finite ? large : "no longer a number"} with η = 1; guessing has 2.30.`;
export const lossByStepAtLast = (loss: string) => `Loss by step, ${loss} at the end`;
export const from10To1000 = "10 to 1,000";
