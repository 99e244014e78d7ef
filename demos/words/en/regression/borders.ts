export const farPoint = "Far point";
export const pointsMovedFarAway = "Orange points that are moved far away, one by one";
export const weightOfLossesBeside = "Weight of the losses beside the penalty, C";
export const logisticRegressionWith = "Logistic regression with its penalty ½‖w‖²";
export const pointsOfTwoClassesAnd = (said: string) =>
  `Points of two classes and three boundaries. ${said}`;
export const whereLogisticRegression = (losses: string, whole: string) =>
  `Where logistic regression stops, the gradient of its losses is still ${losses}; with the penalty's gradient ${whole} is left.`;
export const withoutPenaltyLogistic = (losses: string) =>
  `Without a penalty logistic regression goes on until the gradient of its losses vanishes: ${losses} is left.`;
export const pointsOnWrongSide = (counts: string, pull: string) =>
  `Points on the wrong side: ${counts}. ${pull}`;
export const linearRegression = "Linear regression";
export const logisticRegression = "Logistic regression";
export const linearSvm = "Linear SVM";
