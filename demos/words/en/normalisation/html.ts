export const pageTitle = "Normalisation · wgrad";
export const description =
  "Batch, group, instance, layer and RMS norm: which numbers share a mean, one network with each at batches of 2 to 64, and pictures that changed since.";
export const normalisation = "Normalisation";
export const normsDifferInWhichNumbers =
  '<span data-term="normalisation">Norms</span> differ in which numbers share a mean and a deviation. That decides how well a network learns from two samples at a time, and how well it classifies pictures that have changed.';
export const whoSharesStatistics = "Who shares statistics";
export const batchOfFourSamplesRows =
  'A batch of four samples (rows) and four channels (columns) of 3 × 3 numbers, orange above 0 and blue below. Press a number: those that are normalised with it are outlined. <span data-term="batch normalisation">Batch</span>, <span data-term="group normalisation">group</span>, <span data-term="instance normalisation">instance</span>, <span data-term="layer normalisation">layer</span> or <span data-term="RMS normalisation">RMS</span>?';
export const norm = "Norm";
export const otherNumbers = "Other numbers";
export const computing = "Computing …";
export const sameNetworkWithEach = "The same network with each";
export const sixConvolutionsLearnToRead =
  'Six convolutions learn to read digits of 8 × 8 pixels, from the same first weights and the same digits. Beside the loss: what each layer computes, and the <span data-term="gradient">gradients</span> of its weights, the first layer at the top (heights are square roots).';
export const trainAgain = "Train again";
export const stop = "Stop";
export const compiling = "Compiling …";
export const picturesThatChangedSince = "Pictures that changed since";
export const inUseBatchNormGoes =
  'In evaluation mode, batch norm uses the <span data-term="running statistics">running statistics</span> of training. Make the held-out digits brighter or paler: do they still fit? The other norms have no separate evaluation mode.';
export const heldOutDigitsThatAre = "Held-out accuracy";
export const network = "Network";
export const asTheyWere = "As they were";
export const changed = "Changed";
export const afterTraining = "After the training …";
export const batchesOf2To64 = "Batches of 2 to 64";
export const everyNormAndNoneAt =
  'Every norm and none, at six sizes of the <span data-term="batch">batch</span>: 36 short trainings at the learning rate above, each of the same number of steps.';
export const trainAll36 = "Train all 36";
export const progressOfTrainings = "Progress of the trainings";
export const heldOutDigitsThatAreTitle = "Held-out accuracy in %, by digits per step";
export const notTrainedYet = "Not trained yet.";
export const everyMeanEveryGradientAnd =
  "Every mean, every gradient and every training here is computed by wgrad. Nothing leaves this page.";
