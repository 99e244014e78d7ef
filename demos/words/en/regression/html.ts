export const pageTitle = "Regression · wgrad";
export const description =
  "Polynomials through points you draw, ridge, lasso and elastic net, logistic regression beside a linear SVM.";
export const regression = "Regression";
export const curveThatMeetsEveryPoint =
  'A curve that meets every point it has seen need not meet the next one: <span data-term="overfitting">overfitting</span>. Draw points, raise the degree, and hold the coefficients down.';
export const polynomialThroughPoints = "A polynomial through points";
export const learnsFromRoundPoints =
  'It learns from the round points; the squares are <span data-term="held-out error">held out</span>. Click or touch the picture to add a training point, or use the arrow keys and Enter. <span data-term="ridge">Ridge</span>, <span data-term="lasso">lasso</span> and the elastic net make large coefficients cost.';
export const takeLastOneBack = "Remove the last point";
export const otherPoints = "Other points";
export const computing = "Computing …";
export const errorByDegree = "Error by degree";
export const coefficientsByWeightOf = "Coefficients by the weight of the penalty";
export const coefficients = "Coefficients";
export const ofPowersThatWereBrought = "Of powers of x, standardised to mean 0 and deviation 1";
export const whichSide = "Which side?";
export const twoClassesAndThreeStraight =
  'Two classes and three straight borders: of linear regression on labels 0 and 1, of <span data-term="logistic regression">logistic regression</span>, and of a linear SVM. Drag the ring, a point of the orange class, far away on its own side: it is right already, yet it moves one of the borders. The slider moves the others after it, one by one.';
export const border = "Border";
export const wrongSide = "Wrong side";
export const w = "‖w‖";
export const leansBy = "Leans by";
export const threeWaysToOneLine = "Three ways to one line";
export const squaredErrorOfLineIs =
  'The <span data-term="squared error">squared error</span> of a line is a bowl: the <span data-term="normal equations">normal equations</span> name its bottom, a Newton step leads there, gradient descent walks. Move x away from 0 and the bowl becomes a ravine.';
export const fitsAreThoseOfWgrad =
  "Fits are those of wgrad/ml, gradients and steps those of wgrad. Nothing leaves this page.";
