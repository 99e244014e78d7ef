export const priceOfMistakeC = "Price of a mistake, C";
export const byVariance = "by variance";
export const degreeD = "Degree, d";
export const constantC = "Constant, c";
export const tubeEpsilon = "Tube, ε";
export const kernel = "Kernel";
export const across = "Across";
export const up = "Up";
export const trainingAccuracy = "Training accuracy";
export const heldOut = "Held out";
export const supportVectors = "Support vectors";
export const dualObjective = "Dual objective";
export const iterations = "Iterations";
export const time = "Time";
export const ofTotal = (support: number, samples: number) => `${support} of ${samples}`;
export const seconds = (seconds: string) => `${seconds} s`;
export const point = "Point";
export const learning = "Learning …";
export const steps = (iteration: number) => `${iteration} steps`;
export const learningSteps = (iteration: string) => `Learning, ${iteration} steps …`;
export const learnedAskingAboutPoints = "Fitted; cross-validating on held-out points …";
export const stopped = (learned: boolean) =>
  `Stopped.${learned ? " The picture shows the previous settings." : ""}`;
export const thereIsNoPointHere = "There is no point here: tap a point to remove it.";
export const pointsNotLoaded = (reason: string) =>
  `The table could not be loaded: ${reason} Choose other points, or reload the page.`;
export const noMorePointsFitClear = "No more points fit: remove some.";
export const supportVectorMachines = "Support vector machines";
export const drawPointsOrLoadTable =
  "Draw points, or load a table: see the border, its margins and its support vectors change with the kernel.";
export const twoClassesOfPointsIn =
  "Two classes of points in the shape of moons, the border between them, its margins, and rings around support vectors";
export const erase = "Erase";
export const clickOnPlaneTwoPoints = "Click on the plane: two points make a curve.";
export const clickOnPlanePointsOf = "Click on the plane: points of two classes make a border.";
export const tellClassesApart = "Separate classes";
export const followCurve = "Follow a curve";
export const twoMoons = "Two moons";
export const threeGroups = "Three groups";
export const ringAroundDisc = "A ring around a disc";
export const exclusiveOr = "Exclusive or";
export const iris = "Iris";
export const wine = "Wine";
export const breastCancer = "Breast cancer";
export const nothingDrawYourOwn = "Nothing: draw your own";
export const sineAndNoise = "A sine and noise";
export const lineAndOutliers = "A line and outliers";
export const diabetesByBodyMass = "Diabetes by body mass";
export const linearXY = "Linear: x·y";
export const polynomialGammaXYC = "Polynomial: (γ x·y + c)^d";
export const gaussianExpGammaXY = "Gaussian: exp(−γ‖x − y‖²)";
export const sigmoidTanhGammaXY = "Sigmoid: tanh(γ x·y + c)";
export const twoFeatures = "Two features";
export const twoPrincipalComponents = "Two principal components";
export const degreeExpectedWholeNumber = (degree: number) =>
  `?degree=${degree}: expected a whole number`;
export const sepalLength = "sepal length";
export const sepalWidth = "sepal width";
export const petalLength = "petal length";
export const petalWidth = "petal width";
export const malicAcid = "malic acid";
export const alcalinityOfAsh = "alcalinity of ash";
export const otherPhenols = "other phenols";
export const colourIntensity = "colour intensity";
export const errorOf = "error of";
export const concavePoints = "concave points";
export const fractalDimension = "fractal dimension";
export const component = (j: number) => `component ${j}`;
export const standardised = (name: string | undefined) => `${name}, standardised`;
export const bodyMassIndexStandardised = "body mass index, standardised";
export const progressAfterYear = "progress after a year, standardised";
export const points = "Points";
export const plane = "Plane";
export const jump = "A jump";
export const pointsHoldUp = (
  points: number | undefined,
  supportVectors: number,
  curve: boolean,
  converged: boolean,
) =>
  `${points} points, ${supportVectors} of which are support vectors of ${curve ? "the curve" : "the border"}.${converged ? "" : " Stopped before the optimum: lower C, or choose another kernel."}`;
