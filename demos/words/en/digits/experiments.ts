export const askingAboutDigitsOf2 = (rows: number, nth: number) =>
  `asking about ${rows} digits, ${nth} of 2`;
export const said = (label: number | undefined, said: number | undefined) =>
  `${label}, said ${said}`;
export const aMistake = (said: string) => `A mistake: ${said}`;
export const rightMistakes = (right: string, wrong: number, tiles: number) =>
  `${right} right; ${wrong} mistakes${tiles > 0 ? ", among them:" : ""}`;
export const oneNeighbourOrHundred = "One neighbour or a hundred";
export const nearestDigitAloneDecidesOr =
  "The nearest digit alone decides, or the hundred nearest vote, out of about 150 samples of each digit. Which classifies more held-out digits correctly?";
export const one = "One";
export const oneNeighbourIsRightAbout = (left: string, right: string) =>
  `One neighbour classifies ${left} of the held-out digits correctly, the vote of a hundred ${right}.`;
export const faintInk = "Faint ink";
export const heldOutDigitsAreWritten =
  "Held-out digits are written with a quarter of the ink. Euclidean distance compares pixels, cosine distance directions: which still finds the right neighbours?";
export const euclidean = "Euclidean";
export const cosine = "Cosine";
export const withQuarterOfInkAre = (left: string, right: string) =>
  `With a quarter of the ink ${left} are right by Euclidean distance and ${right} by cosine distance, which ignores how dark a digit is.`;
export const tenGroupsForTenDigits = "Ten groups for ten digits";
export const kMeansLooksForGroups =
  "K-Means looks for groups without knowing any label; then each group gets the label that most of its members have. Are ten groups, one for each digit, more accurate than fifty?";
export const tenGroups = "Ten groups";
export const fiftyGroups = "Fifty groups";
export const tenGroupsNameOfHeld = (left: string, right: string) =>
  `Ten groups classify ${left} of the held-out digits correctly, fifty ${right}: there are several ways to write a digit.`;
export const aHundred = "A hundred";
export const oneNeighbour = "1 neighbour";
export const hundredNeighbours = "100 neighbours";
export const tenGroupsSide = "10 groups";
export const fiftyGroupsSide = "50 groups";
