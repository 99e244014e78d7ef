/**
 * Generators of samples from a seed, with the names and parameters of scikit-learn's. The numbers differ from
 * scikit-learn's.
 */
export { type ClassificationOptions, makeClassification } from "./classification.ts";
export {
  type Blobs,
  type BlobsOptions,
  type GaussianQuantilesOptions,
  makeBlobs,
  makeGaussianQuantiles,
} from "./clouds.ts";
export type { DrawOptions, Made, ShuffleOptions } from "./draws.ts";
export {
  type FriedmanOptions,
  makeFriedman1,
  makeRegression,
  type Regression,
  type RegressionOptions,
} from "./regressions.ts";
export {
  type CirclesOptions,
  type Curve,
  type CurveOptions,
  type MoonsOptions,
  makeCircles,
  makeMoons,
  makeSCurve,
  makeSwissRoll,
} from "./shapes.ts";
