export const askingAboutDigitsOf2 = (rows: number, nth: number) =>
  `asking about ${rows} digits, ${nth} of 2`;
export const said = (label: number | undefined, said: number | undefined) =>
  `${label}, said ${said}`;
export const aMistake = (said: string) => `A mistake: ${said}`;
export const rightMistakes = (right: string, wrong: number, tiles: number) =>
  `${right} right; ${wrong} mistakes${tiles > 0 ? ", among them:" : ""}`;
export const oneNeighbourOrHundred = "One neighbour or a hundred";
export const nearestDigitAloneDecidesOr =
  "The nearest digit alone decides, or the hundred nearest vote, of about 150 there are of each digit. Who is right about more held-out digits?";
export const one = "One";
export const oneNeighbourIsRightAbout = (left: string, right: string) =>
  `One neighbour is right about ${left} of the held-out digits, the vote of a hundred about ${right}.`;
export const faintInk = "Faint ink";
export const heldOutDigitsAreWritten =
  "Held-out digits are written with a quarter of the ink. Euclidean distance compares pixels, cosine distance directions: which still finds the right neighbours?";
export const euclidean = "Euclidean";
export const cosine = "Cosine";
export const withQuarterOfInkAre = (left: string, right: string) =>
  `With a quarter of the ink ${left} are right by Euclidean distance and ${right} by cosine distance, which does not ask how dark a digit is.`;
export const tenGroupsForTenDigits = "Ten groups for ten digits";
export const kMeansLooksForGroups =
  "K-Means looks for groups without knowing any label; then each group gets the name that most of its members have. Are ten groups, one for each digit, right more often than fifty?";
export const tenGroups = "Ten groups";
export const fiftyGroups = "Fifty groups";
export const tenGroupsNameOfHeld = (left: string, right: string) =>
  `Ten groups name ${left} of the held-out digits rightly, fifty ${right}: a digit is written in more ways than one.`;
export const aHundred = "A hundred";
export const oneNeighbour = "1 neighbour";
export const hundredNeighbours = "100 neighbours";
export const tenGroupsSide = "10 groups";
export const fiftyGroupsSide = "50 groups";
