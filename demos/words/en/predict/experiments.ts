export const pictureOf = (nth: number, list: number) => `picture ${nth} of ${list}`;
export const ofTotal = (right: number, list: number) => `${right} of ${list}`;
export const asManyAreRight = "As many are right";
export const fewerAreRight = "Fewer are right";
export const notEvenHalfAsMany = "Not even half as many";
export const littleAside = "Slightly off centre";
export const everyPieceOfClothing = (aside: number) =>
  `Every piece of clothing it learned from was in the middle. Moved by ${aside} of 28 pixels to the right: how many are still right?`;
export const inMiddle = "In the middle";
export const pixelsAside = (aside: number) => `${aside} pixels off centre`;
export const darkOnWhite = "Dark on white";
export const learnedBrightClothesOn =
  "It learned bright clothes on black. This page normally inverts pictures with a light background. Without that, shown dark clothes on white: how many are right?";
export const brightOnBlack = "Bright on black";
export const whatNeverLearned = "What it never learned";
export const knowsTenKindsOfClothing =
  "It knows ten kinds of clothing and nothing else. Shown twenty handwritten digits, how sure is it of its answers?";
export const unsureBelow30 = "Unsure: below 30 %";
export const lessSureThanOfClothes = "Less sure than of clothes";
export const asSureAsOfClothes = "As sure as of clothes";
export const clothes = "Clothes";
export const digits = "Digits";
export const ofClothesIsSureBy = (leftSure: string, rightSure: string) =>
  `For clothes it is ${leftSure} sure on average, for digits ${rightSure}, and it calls every one of them a piece of clothing.`;
export const picturesTakenForSomethingElse = (pictures: number, known: boolean, wrong: number) =>
  `${pictures} pictures${known ? `, ${wrong} taken for something else` : ""}`;
export const right = "Right";
export const sureOfAnswer = "Sure of its answer, on average";
export const asTheyAreAndChanged = (
  plain: number,
  ofPlain: number,
  surePlain: string,
  changed: number,
  ofChanged: number,
  sureChanged: string,
) =>
  `As they are, ${plain} of ${ofPlain} are right, with a mean probability of ${surePlain}; changed, ${changed} of ${ofChanged}, with ${sureChanged}.`;
