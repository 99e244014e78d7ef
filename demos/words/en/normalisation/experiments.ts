export const stepOf = (step: number, steps: number) => `step ${step} of ${steps}`;
export const twoDigitsStep = "Two digits a step";
export const batchNormTakesMeanAnd =
  "Batch norm takes the mean and deviation of a channel over the batch, group norm within each sample. With two digits a step, which network has the higher held-out accuracy?";
export const withBatchNorm = "With batch norm";
export const withGroupNorm = "With group norm";
export const batchNorm = "Batch norm";
export const groupNorm = "Group norm";
export const right = (plain: string) => `${plain} right`;
export const afterStepsOfTwo = (steps: number, leftPlain: string, rightPlain: string) =>
  `After ${steps} steps of two digits held-out accuracy is ${leftPlain} with batch norm and ${rightPlain} with group norm.`;
export const anotherCamera = "Another camera";
export const networkWithBatchNormHas =
  "A network with batch norm has learned, and now every pixel is brighter by 1.5 deviations. With which statistics does it classify more digits correctly: those it gathered in training, or those of the bright pictures themselves?";
export const runningOnes = "The running ones";
export const picturesOwn = "The pictures' own";
export const runningStatistics = "Running statistics";
export const rightBrighter = (plain: string, asked: string) => `${plain} right, brighter ${asked}`;
export const ofDigitsAsTheyWere = (plain: string, leftAsked: string, rightAsked: string) =>
  `Of the digits as they were ${plain} are right. Brighter, ${leftAsked} are right by running statistics and ${rightAsked} by the pictures' own.`;
export const sixLayersWithoutNorm = "Six layers without a norm";
export const sameSixConvolutionsSame = (steps: number) =>
  `The same six convolutions, the same learning rate: without any norm, and with batch norm. Whose loss is lower after ${steps} steps of 32 digits?`;
export const withoutNorm = "Without a norm";
export const noNorm = "No norm";
export const lossAtEnd = (loss: string) => `loss ${loss} at the end`;
export const afterStepsLossIs = (
  steps: number,
  leftLoss: string,
  rightLoss: string,
  leftPlain: string,
  rightPlain: string,
) =>
  `After ${steps} steps the loss is ${leftLoss} without a norm and ${rightLoss} with batch norm; held-out accuracy is ${leftPlain} and ${rightPlain}.`;
export const lossAnd = (said: string) => `Loss. ${said}`;
