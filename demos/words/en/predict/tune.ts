export const pictures = "Pictures …";
export const snapshot = "Snapshot";
export const classWithoutName = "a class without a name";
export const nameOfClass = "Name of the class";
export const samplePicturesGoTo = (name: string) => `Sample pictures go to ${name}`;
export const remove = (name: string) => `Remove ${name}`;
export const picturesFor = (name: string) => `Pictures … for ${name}`;
export const snapshotFor = (name: string) => `Snapshot for ${name}`;
export const noPictureYetDropSome = "No picture yet: drop some here.";
export const handwrittenDigitsOfThree = (count: number) =>
  `${count} handwritten digits of three kinds, which the network has never seen. Now press Train.`;
export const pictureIsRemoved = (what: string) => `${what} is removed.`;
export const numberedClass = (nth: number) => `Class ${nth}`;
export const unnamedClass = "Class";
export const classIsRemoved = (name: string) => `${name} is removed.`;
export const isBack = "It is back.";
export const classHoldsPicturesMoreWere = (mostPictures: number, tooMany: number) =>
  `A class holds ${mostPictures} pictures; ${tooMany} more were left out.`;
export const has = (name: string, pictures: string) => `${name} has ${pictures}.`;
export const addPicturesOf = (aFew: number, name: string) => `Add ${aFew} pictures of ${name}`;
export const samplePicturesCouldNotBe =
  "The sample pictures could not be fetched. Are you offline? Try again.";
export const classHasNoNameYet = (blank: number) => `Class ${blank} has no name yet. Give it one.`;
export const twoClassesAreCalledGive = (twice: string) =>
  `Two classes are called ${twice}. Give each a name of its own.`;
export const and = " and ";
export const noPictureYetOfAdd = (empty: string) =>
  `No picture yet of ${empty}. Add at least one to every class; ten or more are better.`;
export const rightBefore = "Right before";
export const rightNow = "Right now";
export const lossByStepNoStep = "Loss by step: no step yet";
export const accuracyByStepNoStep = "Accuracy by step: no step yet";
export const accuracy = "accuracy";
export const picturesIsMeasuredOn = "Pictures it is measured on";
export const accuracyOnHeldOutPictures = "Accuracy on held-out pictures, by step";
export const accuracyOnTrainingPictures = "Accuracy on the training pictures, by step";
export const everyFourthPictureIsHeld =
  "Every fourth picture is held out: the training never sees it, so this says how the network does on new ones.";
export const withFewerThanFourPictures =
  "With fewer than four pictures in a class none is held out. This accuracy is of the pictures it learns from: it says little about new ones.";
export const ofTotal = (step: number, steps: number) => `${step} of ${steps}`;
export const heldOutPictures = "held-out pictures";
export const picturesLearnedFrom = "pictures it learned from";
export const ofAreRight = (right: number, guesses: number, which: string) =>
  `${right} of ${guesses} ${which} are right`;
export const whichIs = (label: string) => `, which is ${label}`;
export const no = (kind: string, from: number) => `${kind}, no. ${from}`;
export const digit = (kind: number) => `Digit ${kind}`;
export const stepLoss = (step: number, loss: string) => `step ${step}, loss ${loss}`;
export const stopped = "Stopped";
export const done = "Done";
export const afterStepsAndOfAre = (
  how: string,
  steps: number,
  seconds: string,
  after: string,
  which: string,
  before: string,
) =>
  `${how} after ${steps} steps and ${seconds}: ${after} of the ${which} are right, ` +
  `${before} with the fresh head. The network above now answers with your classes.`;
export const oldHeadIsBackYour = "The old head is back. Your pictures are still here.";
export const tunedIsInYourDownloads = (kind: string) =>
  `tuned.${kind} is in your downloads. “Your network …” below opens it again.`;
export const networkCannotBeWrittenTo = (error: string) =>
  `The network cannot be written to this kind of file: ${error}`;
export const trainingSteps = "Training steps";
export const compilingKernels = "Compiling its kernels …";
export const training = "Training …";
export const lossIsNoNumberAny = "The loss is no longer a number. Nothing was changed.";
export const preparingPictureOf = (made: number, pictures: number) =>
  `Preparing picture ${made} of ${pictures} …`;
export const lossAfter = (loss: string, steps: number) => `Loss ${loss} after ${steps} steps`;
export const accuracyAfter = (accuracy: string, steps: number) =>
  `Accuracy ${accuracy} after ${steps} steps`;
export const refused = (first: string, others: number) =>
  `${first}${others > 0 ? ` The same is true of ${others} more files.` : ""}`;
export const howMany = (pictures: number) =>
  `${pictures} ${pictures === 1 ? "picture" : "pictures"}`;
