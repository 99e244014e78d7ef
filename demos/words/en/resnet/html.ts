export const pageTitle = "ResNet lab · wgrad";
export const description =
  "Train a residual network on pictures of clothing, change its parts, and watch it learn on your GPU.";
export const resnetLab = "ResNet lab";
export const trainResidualNetworkOn8 =
  "Train a residual network on 8,000 pictures of clothing. Change its parts, and see what that does to its accuracy on 2,000 held-out ones.";
export const yourNetwork = "Your network";
export const settings = "Settings";
export const start = "Start";
export const reset = "Reset";
export const fetching10000Pictures = "Fetching 10,000 pictures …";
export const whatWordsMeanNormalisation =
  'What the words mean: <span data-term="normalisation">normalisation</span> over a <span data-term="batch normalisation">batch</span> or in <span data-term="group normalisation">groups</span>, <span data-term="activation function">activation</span>, <span data-term="shortcut">shortcut</span>, <span data-term="learning rate">learning rate</span>, <span data-term="batch">batch</span>, <span data-term="epoch">epoch</span>.';
export const progress = "Progress";
export const loss = "Loss";
export const heldOutAccuracy = "Held-out accuracy";
export const whatSeesInPicturesHas = "Predictions for held-out pictures";
export const onlySurestMistakes = "Only its surest mistakes";
export const confusionMatrix = "Confusion matrix";
export const rowsWhatIsColumnsWhat =
  "Rows: what it is. Columns: what the network says. In per cent of a row.";
export const gradientByLayer = '<span data-term="gradient">Gradient</span> by layer';
export const howStronglyEachLayerIs =
  'How strongly the weights of each layer are changed, ‖dW‖, from input to output. It can <span data-term="vanishing gradient">vanish</span>: the first experiment below shows where.';
export const whereTrainingStepSpends = "Where a training step spends its time";
export const downloadTrace = "Download trace";
export const appearsAfterFirstSteps = "Appears after the first steps.";
export const whatStepCosts = "What a step costs";
export const perTrainingStepOnceWarm =
  'Per training step, once warm: <span data-term="submit">submits</span>, <span data-term="dispatch">dispatches</span>, and what they move.';
export const picturesFashionMnist2017 =
  "Pictures: Fashion-MNIST, © 2017 Zalando SE, MIT licence. Nothing leaves this page.";
