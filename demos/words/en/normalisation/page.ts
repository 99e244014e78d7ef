export const normalisation = "Normalisation";
export const whichNumbersOfBatchShare =
  "Which numbers of a batch share their mean, one network with each norm at batches of 2 to 64, and pictures that changed since.";
export const batchOfFourSamplesAnd =
  "A batch of four samples and four channels as blocks of colour, before and after batch norm";
export const batchNorm = "Batch norm";
export const oneChannelOfAllSamples = "one channel of all samples";
export const groupNorm = "Group norm";
export const groupOfChannelsOfOne = "a group of channels of one sample";
export const instanceNorm = "Instance norm";
export const oneChannelOfOneSample = "one channel of one sample";
export const layerNorm = "Layer norm";
export const allChannelsOfOneSample = "all channels of one sample";
export const rmsNorm = "RMS norm";
export const allChannelsWithoutMean = "all channels of one sample, without a mean";
export const beforeActivation = "before the activation";
export const afterActivation = "after the activation";
export const groupsExpected12Or = (groups: number) => `?groups=${groups}: expected 1, 2 or 4`;
export const batchExpectedOneOf = (batch: number, batchSizes: string) =>
  `?batch=${batch}: expected one of ${batchSizes}`;
