export const trousers = "Trousers";
export const pullover = "Pullover";
export const dress = "Dress";
export const coat = "Coat";
export const sandal = "Sandal";
export const shirt = "Shirt";
export const sneaker = "Sneaker";
export const bag = "Bag";
export const boot = "Boot";
export const doneIn = (accuracy: string, seconds: string) => `Done: ${accuracy} in ${seconds}.`;
export const preparingKernels = "Preparing the kernels …";
export const paused = "Paused.";
export const training = "Training …";
export const ready = "Ready.";
export const stepLoss = (losses: number, loss: string) => `step ${losses}, loss ${loss}`;
export const lossIsNoLongerNumber = "The loss is no longer a number: try a smaller learning rate.";
export const pressRestartToUseThese = "Press Restart to use these choices.";
export const seesAfterFirstLayer = (side: number, batch: string) =>
  `It sees ${side} × ${side} after its first layer, ${batch} pictures a step.`;
export const smallOnPurposeThereIs = (size: string) =>
  `${size} Small on purpose: there is no GPU here, your CPU does the work.`;
export const goOn = "Go on";
export const trainAgain = "Train again";
export const start = "Start";
export const restart = "Restart";
export const reset = "Reset";
export const resnetLab = "ResNet lab";
export const trainResidualNetworkOn =
  "Train a residual network on pictures of clothing, change its parts, and watch it learn on your GPU.";
export const labAfterTrainingFalling =
  "The lab after a training: falling loss, rising accuracy, pictures with their predictions";
export const basicTwo33 = "Basic: two 3×3";
export const bottleneck1133 = "Bottleneck: 1×1, 3×3, 1×1";
export const preActivationV2 = "Pre-activation (v2)";
export const preActivationBottleneck = "Pre-activation bottleneck";
export const resnext4Groups = "ResNeXt: 4 groups";
export const batch = "Batch";
export const group = "Group";
export const instance = "Instance";
export const layer = "Layer";
export const adam = "Adam";
export const adamw = "AdamW";
export const nesterovMomentum = "Nesterov momentum";
export const relu = "ReLU";
export const leakyRelu = "Leaky ReLU";
export const siluSwish = "SiLU (swish)";
export const mish = "Mish";
export const softplus = "Softplus";
export const tanh = "Tanh";
export const sigmoid = "Sigmoid";
export const expectedPositiveWhole = (name: string, value: number) =>
  `?${name}=${value}: expected a positive whole number`;
export const expectedOneOf = (name: string, value: string, choices: string) =>
  `?${name}=${value}: expected one of ${choices}`;
export const tShirt = "T-shirt";
