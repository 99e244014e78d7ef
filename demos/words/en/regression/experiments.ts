export const polynomialOf2 = (nth: number) => `polynomial ${nth} of 2`;
export const errsByOnOwnPoints = (own: string, held: string) =>
  `Error ${own} on its training points, ${held} on held-out points`;
export const polynomialOfDegree = (degree: number, said: string) =>
  `A polynomial of degree ${degree}. ${said}`;
export const placeOf2 = (nth: number) => `place ${nth} of 2`;
export const wrongSideLinearRegression = (
  linearMistakes: number,
  logisticMistakes: number,
  svmMistakes: number,
) =>
  `Wrong side: linear regression ${linearMistakes}, logistic ${logisticMistakes}, SVM ${svmMistakes}`;
export const threeBorders = (said: string) => `Three borders. ${said}`;
export const learnedByHeart = "Memorised points";
export const fourteenPointsOnceWith =
  "Fourteen points, once with a polynomial of degree 4 and once of degree 12, which comes nearer to each of them. How does degree 12 do on held-out points?";
export const better = "Better";
export const aboutAsWell = "About as well";
export const worse = "Worse";
export const degree4 = "Degree 4";
export const degree12 = "Degree 12";
export const degree12ErrsByOn = (
  rightOwn: string,
  rightHeld: string,
  leftOwn: string,
  leftHeld: string,
) =>
  `Degree 12 has an error of ${rightOwn} on its training points and ${rightHeld} on held-out points, degree 4 of ${leftOwn} and ${leftHeld}.`;
export const largeCoefficientsCost = "Large coefficients cost";
export const degree12TwiceWithout =
  "Degree 12 twice: without a penalty and as ridge regression with α = 0.001. How does the penalised one do on held-out points?";
export const noPenalty = "No penalty";
export const ridgeAlpha0001 = "Ridge, α = 0.001";
export const withoutPenaltyHeldOut = (
  leftHeld: string,
  rightHeld: string,
  rightOwn: string,
  leftOwn: string,
) =>
  `Without a penalty the error on held-out points is ${leftHeld}, with it ${rightHeld}, although on the training points it is ${rightOwn} instead of ${leftOwn}.`;
export const pointThatIsRightAlready = "A point that is right already";
export const orangePointIsMovedFar =
  "An orange point is moved far away, on its own side. Which border turns more: that of linear regression or that of logistic regression?";
export const linearRegressions = "Linear regression's";
export const logisticRegressions = "Logistic regression's";
export const pointIsNear = "The point is near";
export const pointIsFar = "The point is far";
export const linearRegressionsBorder = (linear: string, logistic: string, svm: string) =>
  `Linear regression's border turned by ${linear}°, logistic regression's by ${logistic}°, that of the SVM by ${svm}°.`;
