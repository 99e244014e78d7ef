export const findingPrincipalComponents = "Finding principal components …";
export const seed = (method: string, seed: number) => `${method}, seed ${seed}`;
export const ofTrainings = (done: number, total: number, which: string) =>
  `${done} of ${total} trainings: ${which} …`;
export const tShirtsAndShirts = (which: string) => `T-shirts and shirts: ${which}`;
export const stoppedAfterOfTrainings = (runs: number, total: number) =>
  `Stopped after ${runs} of ${total} trainings.`;
export const atThresholdHasGreatest = (
  method: string,
  balancedAccuracyMean: string,
  method2: string,
  averagePrecisionMean: string,
) =>
  `At the threshold ½, “${method}” has the greatest balanced accuracy, ` +
  `${balancedAccuracyMean}; “${method2}” orders the pictures best, with an average ` +
  `precision of ${averagePrecisionMean}.`;
export const rocCurve = "ROC curve";
export const falsePositiveRate = "False positive rate";
export const truePositiveRate = "True positive rate";
export const chance = "chance";
export const truePositives = "true positives";
export const threshold = "threshold";
export const precisionByRecall = "Precision by recall";
export const recall = "Recall";
export const precision = "Precision";
export const precisionOfCurve = "precision";
export const nothing = "Nothing";
export const classWeights = "Class weights";
export const focalLoss = "Focal loss";
export const underSampling = "Under-sampling";
export const overSampling = "Over-sampling";
export const balancedAccuracy = "Balanced accuracy";
export const averagePrecision = "Average precision";
export const whatIsDoneAbout = "Method";
export const gammaOfFocalLoss = "γ of the focal loss";
export const thresholdLabel = "Threshold";
export const probability = (odds: string) => `probability ${odds}`;
export const learning = "Learning …";
export const learningStepOf = (step: number, steps: number) =>
  `Learning, step ${step} of ${steps} …`;
export const twoClassesStep = (step: number) => `two classes, step ${step}`;
export const noneSaid = "none predicted";
export const pointsOfTwoClassesAnd = (said: string) =>
  `Points of two classes and where the rare one is predicted. ${said}`;
export const ofRarePointsThatWere = (
  tp: number,
  tp2: number,
  fn: number,
  fp: string,
  tn: string,
  tn2: string,
) =>
  `Of ${tp} held-out rare points ${tp2} are found, ${fn} are missed; ${fp} of ${tn} common ones are ` +
  `taken for rare. Predicting “common” for every point would be right for ${tn2}.`;
export const rocCurveSaid = (area: string, truePositives: string, falsePositives: string) =>
  `ROC curve with an area of ${area}; the threshold has ${truePositives} true and ${falsePositives} false positives`;
export const precisionByRecallSaid = (average: string, chance: string) =>
  `Precision by recall with an average of ${average}; chance has ${chance}`;
export const commonClass = "common";
export const rareClass = "rare";
