export const stepOf = (step: number, steps: number) => `step ${step} of ${steps}`;
export const rightOfRareOnesFound = (accuracy: string, recall: string) =>
  `${accuracy} right, ${recall} of the rare ones found`;
export const fiftyToOne = "Fifty to one";
export const onePointIn51Is =
  "One point in 51 is rare. One network learns from the points as they are, another with class weights that make both classes count the same. Which classifies more of all the points correctly?";
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
  "SMOTE synthesises rare points until both classes have the same number. Or no points are added, and only the threshold moves to where it separates the training points best. Whose balanced accuracy is higher?";
export const bothAlikeWithinPoint = "Both alike, within a point";
export const theThreshold = "The threshold";
export const smoteAt = "SMOTE, at ½";
export const asTheyAreThresholdMoved = "As they are, threshold moved";
export const smoteComesToBalanced = (leftBalanced: string, rightBalanced: string) =>
  `SMOTE reaches a balanced accuracy of ${leftBalanced}, moving the threshold ${rightBalanced}.`;
export const harderLesson = "A harder lesson";
export const oneNetworkSeesSamePictures = (pictures: number, epochs: number) =>
  `One network sees the same ${pictures} pictures for ${epochs} epochs, the other sees them moved, mirrored and partly erased, differently every time. Whose training loss is lower at the end?`;
export const movedMirroredErased = "Moved, mirrored, erased";
export const lastEpochsLossIsAs = (
  leftLoss: string,
  rightLoss: string,
  leftAccuracy: string,
  rightAccuracy: string,
) =>
  `The last epoch's loss is ${leftLoss} with the pictures as they are and ${rightLoss} with changed ones; held-out accuracy is ${leftAccuracy} and ${rightAccuracy}.`;
export const lossByStepAtEnd = (loss: string) => `Loss by step, ${loss} at the end`;
