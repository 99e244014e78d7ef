export const elementsThatShare = "Elements that share";
export const theirMean = "Their mean";
export const theirDeviation = "Their deviation";
export const batchX = "The batch x";
export const normalisedY = "Normalised: y";
export const whatMovesMarkedYY = "Gradient of the marked y: ∂y/∂x";
export const groupsOfFourChannels = "Groups of the four channels";
export const betaWhatIsAdded = "β: added at the end";
export const gammaWhatNormalisedIs = "γ: factor after normalising";
export const arrowKeysChooseAnother = (what: string, said: string) =>
  `${what} ${said} Arrow keys choose another element.`;
export const notUsed = "not used";
export const batchOfFourSamplesAnd = "A batch of four samples and four channels.";
export const batchNormalised = "The batch, normalised.";
export const howMuchMarkedElementOf =
  "How much the marked element of y rises with each element of x.";
export const rootMeanSquare = (size: string) => `root mean square ${size}`;
export const deviation = (size: string) => `deviation ${size}`;
export const markedElementOfSampleAnd = (
  n: number,
  c: number,
  shared: number,
  shared2: string,
  value: string,
  formula: string,
  y: string,
  moving: number,
) =>
  `The marked element, of sample ${n} and channel ${c}, shares its statistics with ${shared} others: ${shared2}, ${value}. y = ${formula} = ${y}; it depends on ${moving} elements of x.`;
