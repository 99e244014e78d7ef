export const pageTitle = "Augmentation and imbalance · wgrad";
export const description =
  "Turn, mix and erase pictures on your GPU, train with and without, and see what helps where one class is rare.";
export const augmentationAndImbalance = "Augmentation and imbalance";
export const whatToDoWithFew =
  "What to do with few pictures, and with a class that is rare: change the pictures, mix them, weight the classes, resample them – and measure what it gains.";
export const onePictureManyPictures = "One picture, many pictures";
export const thisIsAugmentationEach =
  'This is <span data-term="augmentation">augmentation</span>: each picture is changed by its own random numbers. All moves are combined into one matrix and one resampling. A matrix says where a pixel comes from: the matrix times (x, y, 1) in the new picture is the place in the old one, in pixels from the centre, y downwards. Beside a slider stands the matrix at full strength.';
export const yourOwn = "Your own …";
export const yourOwnPicture = "Your own picture";
export const otherRandomNumbers = "Other random numbers";
export const pressPictureToSeeMatrix = "Press a picture to see its matrix.";
export const whatIsAugmentation = "What is augmentation?";
export const turnedSneakerIsSneaker =
  "A turned sneaker is a sneaker. Training on changed copies tells a network which differences do not matter, and it never sees the same picture twice, so that it cannot memorise the few there are.";
export const helpsOnlyWhereChanged =
  "It helps only where the changed picture keeps its label and looks like pictures that are to come: sneakers upside down are rare.";
export const mixedPicturesMixedLabels = "Mixed pictures, mixed labels";
export const everyPictureOfBatchWith =
  "Every picture of a batch with the one before it; the bars are its label.";
export const anotherBatch = "Another batch";
export const cutoutMixupCutmix = "Cutout, MixUp, CutMix";
export const cutoutMakesSquareBlackSo =
  "<strong>Cutout</strong> makes a square black, so that no single part decides. Labels stay as they are (DeVries and Taylor 2017).";
export const mixupBlendsTwoPicturesAnd =
  "<strong>MixUp</strong> blends two pictures and their labels: x = λ·x₁ + (1 − λ)·x₂, y = λ·y₁ + (1 − λ)·y₂, with λ from Beta(α, α) (Zhang and others 2018). A small α draws λ near 0 and 1.";
export const cutmixPutsBoxOfOther =
  "<strong>CutMix</strong> puts a box of the other picture in; labels are shared by area (Yun and others 2019).";
export const trainedOn500Pictures = "Trained on 500 pictures";
export const sameSmallNetworkSameSteps =
  "The same small network, the same steps, 50 pictures of each kind of clothing. Accuracy is measured on 2,000 held-out pictures. Guess first: which is best?";
export const whatIsDoneToPictures = "What is done to the pictures";
export const train = "Train";
export const stop = "Stop";
export const progress = "Progress";
export const nothingTrainedYetWithout =
  "Nothing trained yet. Without a graphics card it takes some minutes.";
export const pictures = "Pictures";
export const heldOutAccuracy = "Held-out accuracy";
export const seeds = "Seeds";
export const oneInFifty = "One in fifty";
export const from600CommonPointsAnd12 =
  '600 common points and 12 rare ones to learn from; 5,000 and 100 to measure on, by <span data-term="precision">precision</span> and <span data-term="recall">recall</span>. <span data-term="class weights">Class weights</span> are one of the methods. Filled squares are the rare points, rings those that a method synthesised.';
export const pointsOfTwoClasses = "Points of two classes";
export const commonRare =
  '<span class="key blue">common</span> <span class="key orange">rare</span>';
export const bestThresholdOnTraining = "Best threshold on the training points";
export const learning = "Learning …";
export const confusionMatrixOfHeldOut = "Confusion matrix of the held-out points";
export const itIs = "It is";
export const saidCommon = "predicted common";
export const saidRare = "predicted rare";
export const rocCurve = "ROC curve";
export const precisionAndRecall = "Precision and recall";
export const whatMethodsDo = "What the methods do";
export const classWeightsMultiplyLossOf =
  "<strong>Class weights</strong> multiply the loss of a sample by samples / (classes · samples of its class): both classes count the same.";
export const focalLoss1PGamma =
  "<strong>Focal loss</strong>, −(1 − p)<sup>γ</sup> ln p, gives easy samples less weight; at γ = 0 it is cross-entropy (Lin and others 2017).";
export const underSamplingLeavesCommon =
  "<strong>Under-sampling</strong> leaves common samples out, <strong>over-sampling</strong> repeats rare ones, until there are as many of both.";
export const smoteMakesRareSamplesEach =
  "<strong>SMOTE</strong> synthesises rare samples: each lies between one and one of its five nearest of the same class (Chawla and others 2002).";
export const whatNumbersMean = "What the numbers mean";
export const balancedAccuracyIsMeanOf =
  "<strong>Balanced accuracy</strong> is the mean of the shares of either class that are right: 50 % by chance, however rare a class is.";
export const precisionTpTpFpRecall =
  "<strong>Precision</strong> = TP / (TP + FP), <strong>recall</strong> = TP / (TP + FN). <strong>Average precision</strong> is the area under precision over recall. It depends only on how the scores rank the samples, not on the threshold.";
export const rocCurveLooksKindWhere =
  "The <strong>ROC curve</strong> flatters where one class is rare: 2 % of 5,000 false alarms are as many as there are rare points.";
export const sameWithPicturesShirts = "The same with pictures: shirts among T-shirts";
export const from500TShirtsAnd10 =
  "500 T-shirts and 10 shirts, as 16 principal components; 500 held-out pictures of each. Precision is that of one shirt for 50 T-shirts. Every seed draws other shirts.";
export const measureAllMethods = "Measure all methods";
export const notMeasuredYet = "Not measured yet.";
export const method = "Method";
export const balancedAccuracy = "Balanced accuracy";
export const averagePrecision = "Average precision";
export const picturesFashionMnist2017 =
  "Pictures: Fashion-MNIST, © 2017 Zalando SE, MIT licence. Nothing leaves this page.";
export const fetchingPictures = "Fetching pictures of clothing …";
