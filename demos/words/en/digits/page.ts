export const neighboursThatVote = "Neighbours that vote";
export const distance = "Distance";
export const digitsAndNeighbours = "Digits and neighbours";
export const drawDigitNearestNeighbours =
  "Draw a digit: its nearest neighbours, its place on a map of 1,797, and what four kinds of learning say.";
export const drawnDigitBesideFiveDigits =
  "A drawn digit beside the five digits that are nearest to it";
export const drawDigitFirst = "Draw a digit first.";
export const digitsAreAsManyAs = (mostOwn: number) => `${mostOwn} digits are as many as fit.`;
export const yourDigit = (nth: number, label: number) => `Your digit ${nth}: ${label}`;
export const noneYet = "None yet.";
export const ofYoursTheyCountAs = (own: number) =>
  `${own} of yours: they count as neighbours at once, and for the others when they learn again.`;
export const ownExpectedAtMostDigits = (mostOwn: number) =>
  `?own: expected at most ${mostOwn} digits as this page writes them`;
export const euclidean = "Euclidean";
export const manhattan = "Manhattan";
export const cosine = "Cosine";
