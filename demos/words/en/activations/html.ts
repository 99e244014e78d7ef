export const pageTitle = "Activations · wgrad";
export const description =
  "Activation functions and their slopes, signals and gradients through twenty layers, one network trained with two of them.";
export const activations = "Activations";
export const activationFunctionBends =
  'An <span data-term="activation function">activation function</span> bends what a layer computes. Its slope decides how much gradient passes back through it when a network learns.';
export const twoCurvesAndTheirSlopes = "Two curves and their slopes";
export const whereCurveIsShadedIs =
  'Where a curve is shaded it is <span data-term="saturation">saturated</span>: its slope is smaller than 0.05. Drag in a chart to choose x.';
export const whereYouLookAndOf = "At the chosen x, and over normal inputs";
export const activation = "Activation";
export const fX = "f(x)";
export const fXInText = "f′(x)";
export const mean = "Mean";
export const deviation = "Deviation";
export const meanSlope = "Mean slope";
export const flat = "Flat";
export const computing = "Computing …";
export const throughManyLayers = "Through many layers";
export const normalNumbersGoInNormal =
  'Normal numbers go in, a normal gradient comes back: <span data-term="vanishing gradient">does it vanish</span>? That depends on the activation and on the <span data-term="initialisation">variance of the initial weights</span>.';
export const otherWeights = "Other weights";
export const sameNetworkWithEach = "The same network with each";
export const fourLayersOf24Units =
  "Four layers of 24 units learn to tell two spirals apart, from the same initial weights and in the same number of steps.";
export const trainAgain = "Train again";
export const stop = "Stop";
export const compiling = "Compiling …";
export const everyValueAndEverySlope =
  "Every value and every slope here is computed by wgrad and its backward pass. Nothing leaves this page.";
