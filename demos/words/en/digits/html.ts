export const pageTitle = "Digits and neighbours · wgrad";
export const description =
  "Draw a digit: its nearest neighbours with their distances and votes, its place on a map of 1,797 digits, and what K-Means, an SVM and a small network say.";
export const digitsAndNeighbours = "Digits and neighbours";
export const simplestWayToLearnIs =
  'The simplest way to learn is to keep all samples and to ask the <span data-term="nearest neighbours">nearest ones</span>. Draw a digit and see which they are.';
export const drawDigit = "Draw a digit";
export const withMouseOrFingerBy =
  "With a mouse or a finger; by keyboard: arrow keys move the pen, Space puts it down and up.";
export const sheet = "Sheet";
export const undo = "Undo";
export const clear = "Clear";
export const drawingAs88Pixels = "The drawing as 8 × 8 pixels";
export const moveToMiddleAndEnlarge = "Move to the middle and enlarge";
export const nearestOf1497Digits =
  'The nearest of 1,497 digits, with their <span data-term="distance">distances</span>';
export const theirVotes = "Their votes";
export const loadingDigits = "Loading the digits …";
export const mapOfAllDigits = "A map of all digits";
export const from64PixelsBecomeTwoNumbers =
  '64 pixels become two numbers: the <span data-term="principal component">principal components</span>. The drawing is the diamond, with lines to its neighbours.';
export const computing = "Computing …";
export const fourWaysToLearn = "Four ways to learn";
export const fromSameDigitsAskedAbout =
  "From the same digits, asked about the same drawing; 300 digits are held out.";
export const model = "Model";
export const says = "Says";
export const howSure = "How sure";
export const heldOutRight = "Held-out accuracy";
export const learnAgain = "Learn again";
export const stop = "Stop";
export const notLearnedYet = "Not learned yet.";
export const digitsOfYourOwn = "Digits of your own";
export const drawingIs = "The drawing is a";
export const add = "Add it";
export const forgetMine = "Forget mine";
export const digitsOpticalRecognitionOf =
  "The digits: Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak (1998), UCI. Your drawing does not leave this page.";
