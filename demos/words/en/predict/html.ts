export const pageTitle = "What is in the picture? · wgrad";
export const description =
  "Image classification on your GPU: a small network or your own ONNX file, pictures of yours or the camera. Nothing is sent anywhere.";
export const whatIsInPicture = "What is in the picture?";
export const networkLooksAtPictureAnd =
  "A network looks at a picture and says what it shows. Everything happens on this page: no picture and no file is sent anywhere.";
export const picture = "Picture";
export const chooseOneDropOrPaste = "Choose one, drop or paste one here, or turn on the camera.";
export const asIs = "As it is";
export const pictureAsIs = "The picture as it is";
export const whatNetworkSees = "What the network sees";
export const fetchingNetwork = "Fetching the network …";
export const yourPicture = "Your picture …";
export const yourPictureFile = "Your picture";
export const camera = "Camera";
export const picturesOfThisPage = "Pictures of this page";
export const whatTakesFor = "Classes";
export const networkScoresEveryClass =
  'The network scores every class it knows; the <span data-term="softmax">softmax</span> of these scores adds up to 100 %. A network always answers, also to what it never learned.';
export const timeFromPreparedPictureOn =
  "Time: from the prepared picture on the GPU until its scores are read back, the median of some runs. A dispatch is one run of a compute shader.";
export const teachClassesOfYourOwn = "Teach it classes of your own";
export const makeTwoToFiveClasses =
  'Make two to five classes and give each some pictures. Only the last layer learns: a fresh one takes the place of the old. This is called <span data-term="transfer learning">fine-tuning</span>, and needs few pictures, because the layers below already find edges and shapes.';
export const noPicturesAtHand = "No pictures at hand? Handwritten digits, for the chosen class:";
export const fillInDigits04 = "Fill in digits 0, 4 and 7";
export const addClass = "Add a class";
export const undo = "Undo";
export const train = "Train";
export const stop = "Stop";
export const backToOldHead = "Back to the old head";
export const saveWeightsSafetensors = "Save weights (.safetensors)";
export const saveNetworkOnnx = "Save network (.onnx)";
export const addPicturesToEveryClass =
  "Add pictures to every class, or fill in the digits; then press Train.";
export const stepsDone = "Steps done";
export const lossByStep = "Loss, by step";
export const crossEntropyLogOf =
  "The cross-entropy: −log of the probability that the right class was given, averaged over the 16 pictures of a step. 0 would be certain and right.";
export const accuracyByStep = "Accuracy, by step";
export const picturesIsMeasuredOn = "Pictures it is measured on";
export const whatWordsMean = "What the words mean";
export const features = "Features";
export const whatLayersBelowLastMake =
  "What the layers below the last make of a picture: 64 numbers in the built-in network. They are frozen: the training leaves these layers as they are.";
export const head = "Head";
export const lastLayerForEveryClass =
  "The last layer. For every class it weighs the features and adds them up: score = w · features + b. A network from an ONNX file keeps its own last layer, and the head reads its scores.";
export const step = "Step";
export const from16PicturesAreScoredAnd =
  "16 pictures are scored, and each weight of the head moves a little against the gradient of the loss (AdamW, learning rate 0.01).";
export const heldOut = "Held out";
export const picturesKeptAwayFrom =
  "Pictures kept away from the training to measure by. Snapshots taken one after the other look alike, so held-out ones among them flatter the network.";
export const network = "Network";
export const builtIn = "Built-in";
export const yourNetwork = "Your network …";
export const yourNetworkFile = "Your network";
export const allLayers = "All layers";
export const clothesFashionMnistMit =
  'Clothes: <a href="https://github.com/zalandoresearch/fashion-mnist">Fashion-MNIST</a>, MIT licence, of those pictures that the built-in network was not trained on. Photographs: <a href="https://www.flickr.com/photos/danielbuechele/">danielbuechele</a> (palace) and <a href="https://www.flickr.com/photos/vultilion/">vultilion</a> (flower), <a href="https://creativecommons.org/licenses/by/2.0/">CC BY 2.0</a>. Digits: <a href="https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits">UCI</a>, as scikit-learn has them, BSD licence.';
