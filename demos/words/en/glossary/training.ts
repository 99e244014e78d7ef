import type { Term } from "../../term.ts";

/** Words of training networks. */
export const training = {
  loss: {
    text: "One number that says how wrong the answers to a batch are. Training moves the weights so that it falls.",
  },
  gradient: {
    text: "How much the loss rises for a little more of each weight. A training step goes against it.",
    formula: "∇L = (∂L/∂w₁, ∂L/∂w₂, …)",
  },
  "vanishing gradient": {
    text: "Each layer multiplies the gradient on its way back; where the factors are below one, early layers get next to nothing. They then do not learn.",
    formula: "∂L/∂x₀ = ∂L/∂xₙ · ∏ ∂xₖ/∂xₖ₋₁",
  },
  "learning rate": {
    text: "How far a step goes for a gradient of one. Too small takes long; too large jumps over the minimum, and the loss grows.",
    formula: "w ← w − η ∇L",
  },
  epoch: {
    text: "One pass over all pictures there are to learn from. Each has another order.",
  },
  batch: {
    text: "The samples of one training step, which lowers their mean loss. Few samples make steps cheap and noisy.",
  },
  "held-out accuracy": {
    text: "The share of right answers to samples that training never saw. It is what counts: answers to training samples may be memorised.",
    formula: "right answers / answers",
  },
  shortcut: {
    text: "The input of a block is added to what the block computes. Gradients pass the sum unchanged, so that deep networks can be trained (He and others 2016).",
    formula: "y = x + F(x)",
  },
  normalisation: {
    text: "Values are shifted and scaled to mean 0 and deviation 1, then by a learned γ and β. Layers then get inputs of one size, whatever the layers before them do.",
    formula: "y = γ (x − μ) / √(σ² + ε) + β",
  },
  "batch normalisation": {
    text: "The mean μ and the deviation σ of each channel are taken over all samples of the batch. With two samples they are noise, and running means stand in for them when the network is used.",
    formula: "μ = mean over (N, H, W) of each channel",
  },
  "group normalisation": {
    text: "The mean μ and the deviation σ are taken within one sample, over groups of its channels. They do not depend on the size of the batch.",
    formula: "μ = mean over (channels of the group, H, W) of each sample",
  },
  "instance normalisation": {
    text: "The mean μ and the deviation σ are taken over each channel of each sample. It removes how bright or strong a channel is in one picture.",
    formula: "μ = mean over (H, W) of each sample and channel",
  },
  "layer normalisation": {
    text: "The mean μ and the deviation σ are taken over all that a layer makes of one sample. The other samples of the batch do not matter.",
    formula: "μ = mean over (C, H, W) of each sample",
  },
  "RMS normalisation": {
    text: "As layer normalisation without the mean: values are divided by the root of their mean square. It is cheaper, and has no β.",
    formula: "y = γ x / √(mean of x² + ε)",
  },
  "running statistics": {
    text: "Means and variances that batch normalisation gathers while it trains, with a weight of a tenth for each new batch. In evaluation mode they replace those of the batch, and are wrong if the pictures have changed since.",
    formula: "μ̄ ← 0.9 μ̄ + 0.1 μ",
  },
  "activation function": {
    text: "A curve that each value goes through between two layers. Without one, many layers could do no more than a single one.",
    formula: "ReLU(x) = max(0, x)",
  },
  saturation: {
    text: "Where a curve is nearly flat. Hardly any gradient comes back through it, so that the layers before it stop learning.",
    formula: "f′(x) ≈ 0",
  },
  initialisation: {
    text: "How large the initial weights are. Too small and signals fade from layer to layer, too large and they explode; rectifiers need twice the variance, as they make half of their input 0.",
    formula: "Xavier: Var w = 1/n, He: Var w = 2/n",
  },
  "confusion matrix": {
    text: "How often each class was taken for each other one. What is off the diagonal is wrong.",
  },
  softmax: {
    text: "Turns scores into shares that add up to one. The largest score gets the largest share, not necessarily a share that is right as often as it says.",
    formula: "pᵢ = exp(sᵢ) / Σⱼ exp(sⱼ)",
  },
  "transfer learning": {
    text: "The layers of a trained network are kept, and only a new last layer is trained. A few pictures are then enough.",
  },
  "cross-validation": {
    text: "The samples are cut into parts; each part tests a model that was trained on the others. The mean of the scores estimates the score on new samples.",
    formula: "score = mean over parts of score(part | all others)",
  },
  augmentation: {
    text: "Pictures are turned, shifted or changed in colour, and keep their labels. The network never sees the same picture twice, so that it cannot memorise the few there are.",
  },
  "class weights": {
    text: "Mistakes about a rare class count more in the loss. Without them, a network does well by never naming it.",
    formula: "L = Σ w(y) ℓ(x, y) / Σ w(y)",
  },
  precision: {
    text: "Of those that were called rare, the share that is. It falls where common samples are called rare.",
    formula: "TP / (TP + FP)",
  },
  recall: {
    text: "Of those that are rare, the share that was found. Calling everything rare makes it one.",
    formula: "TP / (TP + FN)",
  },
} as const satisfies Readonly<Record<string, Term>>;
