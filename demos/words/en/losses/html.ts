export const pageTitle = "Losses · wgrad";
export const description =
  "Losses and their gradients, computed on your GPU: squared error, L1, Huber, cross-entropy, focal, hinge, triplets.";
export const losses = "Losses";
export const lossSaysWhatWrongAnswer =
  'A <span data-term="loss">loss</span> says what a wrong answer costs. What trains a network is its <span data-term="gradient">gradient</span>: how hard it pulls, and where.';
export const whatAnswerCostsAndHow = "What an answer costs, and how hard it is pulled";
export const dragInChartOrMove =
  'Drag in a chart, or move the first slider, to look at one answer. For numbers: <span data-term="squared error">squared error</span>, <span data-term="smooth L1">smooth L1</span> and Huber. For yes or no: <span data-term="cross-entropy">cross-entropy</span>, the <span data-term="focal loss">focal loss</span> and the <span data-term="hinge">hinge</span>.';
export const whatIsPredicted = "What is predicted";
export const loss = "Loss";
export const formula = "Formula";
export const value = "Value";
export const gradient = "Gradient";
export const computing = "Computing …";
export const oneWrongPointAmongFourteen = "One wrong point among fourteen";
export const fourLinesLearnSamePoints =
  "Four lines learn the same points, each by its own loss. Drag the ring: it is a training point, too. β and δ are set above.";
export const trainFromStart = "Train from the start";
export const stop = "Stop";
export const compiling = "Compiling …";
export const slope = "Slope";
export const intercept = "Intercept";
export const meanLoss = "Mean loss";
export const wrongAndSureOf = "Wrong, and sure of it";
export const oneScoreForEachLoss =
  "One score for each loss, the truth is yes. Squared error of a probability is flat where the answer is most wrong: sigmoid′ is nearly 0 there. Cross-entropy pulls with p − 1.";
export const oneSoftmaxOrThreeSigmoids = "One softmax or three sigmoids";
export const softmaxShares100Among =
  'A <span data-term="softmax">softmax</span> shares 100 % among classes of which one is true; sigmoids decide on each class by itself, for pictures that show both a cat and a dog. See what <span data-term="label smoothing">label smoothing</span> does to the gradients.';
export const softmaxLoss = 'Softmax, loss <output id="softmax-loss">–</output>';
export const classWord = "Class";
export const probability = "Probability";
export const sigmoidsLoss = 'Sigmoids, loss <output id="sigmoids-loss">–</output>';
export const tripletInPlane = "A triplet in the plane";
export const noLabelSaysWherePoint =
  'No label says where a point belongs. The positive should be nearer to the anchor than the negative is, by a margin: the <span data-term="triplet loss">triplet loss</span>. Drag the points.';
export const descend = "Descend";
export const everyValueAndEveryGradient =
  "Every value and every gradient here is computed by wgrad/loss and its backward pass. Nothing leaves this page.";
