export const stepOf = (step: number, steps: number) => `step ${step} of ${steps}`;
export const rightOfRareOnesFound = (accuracy: string, recall: string) =>
  `${accuracy} right, ${recall} of the rare ones found`;
export const fiftyToOne = "Fifty to one";
export const onePointIn51Is =
  "One point in 51 is rare. A network learns from the points as they are, another counts both classes the same by class weights. Which is right about more of all the points?";
export const asTheyAre = "As they are";
export const withClassWeights = "With class weights";
export const classWeights = "Class weights";
export const asTheyAreOfAll = (
  leftAccuracy: string,
  leftRecall: string,
  rightAccuracy: string,
  rightRecall: string,
) =>
  `As they are, ${leftAccuracy} of all points are right and ${leftRecall} of the rare ones are found; with class weights ${rightAccuracy} and ${rightRecall}.`;
export const newPointsOrAnother = "New points, or another threshold?";
export const smoteMakesRarePointsUntil =
  "SMOTE makes rare points until there are as many of both classes. Or nothing is made, and only the threshold moves to where the training points are told apart best. Whose balanced accuracy is higher?";
export const bothAlikeWithinPoint = "Both alike, within a point";
export const theThreshold = "The threshold";
export const smoteAt = "SMOTE, at ½";
export const asTheyAreThresholdMoved = "As they are, threshold moved";
export const smoteComesToBalanced = (leftBalanced: string, rightBalanced: string) =>
  `SMOTE comes to a balanced accuracy of ${leftBalanced}, another threshold to ${rightBalanced}.`;
export const harderLesson = "A harder lesson";
export const oneNetworkSeesSamePictures = (pictures: number, epochs: number) =>
  `One network sees the same ${pictures} pictures for ${epochs} epochs, the other sees them moved, mirrored and partly erased, otherwise every time. Whose loss on what it was shown is lower at the end?`;
export const movedMirroredErased = "Moved, mirrored, erased";
export const lastEpochsLossIsAs = (
  leftLoss: string,
  rightLoss: string,
  leftAccuracy: string,
  rightAccuracy: string,
) =>
  `The last epoch's loss is ${leftLoss} as they are and ${rightLoss} when they are changed; of the held-out pictures ${leftAccuracy} and ${rightAccuracy} are right.`;
export const lossByStepAtEnd = (loss: string) => `Loss by step, ${loss} at the end`;
