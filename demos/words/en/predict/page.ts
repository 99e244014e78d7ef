export const cameraNeedsHttpsOr = "A camera needs https:// or localhost. Choose a picture instead.";
export const browserDoesNotLetThis =
  "The browser does not let this page use the camera. Allow it beside the address";
export const noCameraWasFoundOr = "No camera was found, or another program uses it. Plug one in";
export const orChoosePicture = (why: string) => `${why}, or choose a picture.`;
export const snapshot = "Snapshot";
export const cameraIsOnPressSnapshot =
  "The camera is on. Press Snapshot again when the picture is right.";
export const camera = "Camera";
export const stopCamera = "Stop the camera";
export const whatCameraSees = "What the camera sees";
export const classWord = (index: number) => `class ${index}`;
export const mostLikely = (label: string | undefined, probability: string) =>
  `Most likely ${label}, ${probability}.`;
export const dataSetCalls = (shows: string) => ` Its data set calls it ${shows}.`;
export const groundIsLightSoLight =
  " Its background is light, so it was inverted: the network learned bright clothes on black.";
export const timeForPicture = "Time for a picture";
export const dispatchesPicture = "Dispatches a picture";
export const builtInNetwork = "the built-in network";
export const pictureOf = (nth: number, known: number) => `picture ${nth} of ${known}`;
export const reading = (name: string) => `Reading ${name} …`;
export const compilingKernelsOf = (done: number, total: number) =>
  `Compiling its kernels: ${done} of ${total}`;
export const cannotBeUsedStays = (name: string, error: string, title: string) =>
  `${name} cannot be used: ${error} ${title} stays.`;
export const milliseconds = (ms: string) => `${ms} ms`;
export const ofTotal = (right: number, total: number) => `${right} of ${total}`;
export const whatIsInPicture = "What is in the picture?";
export const smallNetworkOrYourOwn =
  "A small network, or your own ONNX file, says what it sees in your pictures or before your camera, and learns classes of your own. Nothing is sent anywhere.";
export const handwritten0WhatNetwork =
  "A handwritten 0, what the network sees of it, and bars that say how sure it is of three digits it has just learned";
export const expectedNetworkThatGives = (got: string) =>
  `Expected a network that gives one row of scores for a picture, got ${got}. Choose one that classifies pictures.`;
export const tuned = (labels: string) => `Tuned: ${labels}`;
export const layersOfAsTheyWere = (title: string, labels: string) =>
  `The layers of ${title} as they were, with a new head for ${labels}.`;
export const expectedBuiltInNetworkGot = (clothesUrl: string, status: number) =>
  `${clothesUrl}: expected the built-in network, got status ${status}`;
export const builtInClothes = "Built-in: clothes";
export const residualNetworkForPictures = (labels: string) =>
  `A residual network for pictures of 28 × 28 grey values: ${labels}.`;
export const expectedWeightsOfPagesOwn =
  "Expected weights of the page's own kind of network, with a head called fc, got a file without it. " +
  "A safetensors file holds numbers but no network: for other networks, choose an ONNX file.";
export const classNumber = (nth: number) => `class ${nth}`;
export const notKnown = "not known";
export const catDog = "cat\ndog\n…";
export const layersWithWeights = "Layers with weights";
export const parameters = "Parameters";
export const multiplyAddsPicture = "Multiply-adds a picture";
export const file = "File";
export const rightHeldOut = "Right, held out";
export const notSaved = "not saved";
export const picturesArePrepared = "Pictures are prepared";
export const namesOfClassesOneLine = "Names of its classes, one a line";
export const onnxFileDoesNotSay =
  "An ONNX file does not say how its pictures were prepared nor what its classes mean: whoever made it does. Prepared wrongly, a good network guesses badly.";
export const namesOf = (length: number, classes: number | undefined) =>
  `${length} names of ${classes}`;
export const fromFileWhoseInputIs = (input: string | undefined, output: string | undefined) =>
  `From a file, whose input is called ${input} and whose output ${output}.`;
export const and = " and ";
export const expectedNetworkOfOneInput = (got: string) =>
  "Expected a network of one input, float pictures [N, C, H, W] with 1, 3 or 4 channels, got " +
  `${got || "none"}. Choose one that classifies pictures, channels first.`;
export const palace = "Palace";
export const flower = "Flower";
export const isNoPictureThisBrowser = (name: string) =>
  `${name} is no picture this browser can read; try a JPEG or a PNG.`;
export const asForImagenetInPytorch = "As for ImageNet, in PyTorch";
export const valuesFrom1To1 = "Values from −1 to 1";
export const valuesFrom0To255 = "Values from 0 to 255";
export const asForCifar10 = "As for CIFAR-10";
export const asForMnist = "As for MNIST";
export const asForBuiltInNetwork = "As for the built-in network";
export const expectedWholeNumberFromTo = (
  name: string,
  value: number,
  least: number,
  most: number,
) => `?${name}=${value}: expected a whole number from ${least} to ${most}`;
export const stepOfLoss = (done: number, totalSteps: number, loss: string) =>
  `step ${done} of ${totalSteps}, loss ${loss}`;
export const ofHeldOutPicturesAre = (right: number, heldOut: number) =>
  `${right} of ${heldOut} held-out pictures are right`;
export const valuesFrom0To1 = "Values from 0 to 1";
export const aboutNetwork = (
  side: readonly [width: number, height: number],
  grey: boolean,
  classes: string,
  trainedOn: string | undefined,
  heldOut: readonly [right: string, of: string] | undefined,
) =>
  `It takes pictures of ${side[0]} × ${side[1]} in ${grey ? "grey" : "colour"} and knows ${classes} classes.${trainedOn ? ` It was trained on ${trainedOn} pictures.` : ""}${heldOut ? ` Of ${heldOut[1]} others it gets ${heldOut[0]} right.` : ""}`;
