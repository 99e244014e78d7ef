import type { Term } from "../../term.ts";

/** Words of support vector machines, of K-Means, and of running on a GPU. */
export const machines = {
  "support vector": {
    text: "A sample on the margin, within it or on the wrong side. Only these decide where the border is; without the others it would be the same.",
  },
  margin: {
    text: "The strip on both sides of the border that the machine keeps free of samples as far as C lets it. A wide one is right for more new samples.",
    formula: "|f(x)| ≤ 1",
  },
  kernel: {
    text: "How alike two samples are, as if they were compared in a space of many more dimensions. A straight border there is a curved one here.",
    formula: "k(x, y) = φ(x)·φ(y)",
  },
  C: {
    text: "What a sample on the wrong side costs. A large C bends the border around every sample; a small one lets some be wrong for a wider margin.",
    formula: "min ½‖w‖² + C Σ ξᵢ",
  },
  γ: {
    text: "How fast likeness falls with distance. A large γ lets every sample count only close to itself: the machine memorises its samples and learns nothing in between.",
    formula: "k(x, y) = exp(−γ‖x − y‖²)",
  },
  tube: {
    text: "Errors up to ε cost nothing. Only points on the tube or outside it determine the curve.",
    formula: "max(0, |y − f(x)| − ε)",
  },
  "dual objective": {
    text: "What the machine maximises to find how much each sample counts. At its maximum there is no better border for this C.",
    formula: "Σ αᵢ − ½ Σ αᵢ αⱼ yᵢ yⱼ k(xᵢ, xⱼ)",
  },
  centroid: {
    text: "The mean of the points of a cluster. Every point belongs to the nearest one.",
    formula: "cₖ = mean of the points with label k",
  },
  inertia: {
    text: "The sum of the squared distances from points to their centroids. K-Means makes it smaller with every step, but may end in a local minimum.",
    formula: "Σᵢ ‖xᵢ − c(xᵢ)‖²",
  },
  "nearest neighbours": {
    text: "All samples are kept, and the k that are nearest to a new one vote on what it is. Few neighbours follow every sample, many blur the borders.",
    formula: "ŷ = the label that most of the k nearest have",
  },
  distance: {
    text: "How unlike two samples are. Euclidean and Manhattan distance compare number by number; cosine distance compares directions alone.",
    formula: "‖a − b‖₂, ‖a − b‖₁, 1 − a·b / ‖a‖‖b‖",
  },
  "principal component": {
    text: "The direction in which samples vary most, the next one at a right angle to it, and so on. The first few explain most of the variance.",
    formula: "max Var(w·x), ‖w‖ = 1",
  },
  "k-means++": {
    text: "Centroids start at points, each drawn with a probability that grows with the square of its distance from those drawn before. Two in one group become rare (Arthur and Vassilvitskii 2007).",
    formula: "P(x) ∝ minₖ ‖x − cₖ‖²",
  },
  elbow: {
    text: "The number of clusters after which inertia falls little. There may be none: a smooth curve has no bend.",
  },
  silhouette: {
    text: "How much nearer a point is to its own cluster than to the next one, from −1 to 1. The mean is greatest where clusters are compact and apart.",
    formula: "s = (b − a) / max(a, b)",
  },
  "compute kernel": {
    text: "A small program that a graphics card runs for many elements at once. Here each is a file of WGSL.",
  },
  tolerance: {
    text: "How far a 32-bit result may be from the reference in 64 bits. It follows from the arithmetic: the longer the sum, the more rounding.",
    formula: "(atol + rtol · |expected|) · √terms",
  },
  dispatch: {
    text: "One run of a compute kernel on the graphics card. Each costs some microseconds, however little it computes.",
  },
  submit: {
    text: "Handing a list of dispatches to the graphics card. One for a whole training step keeps the card from waiting for the page.",
  },
  median: {
    text: "The middle of the measured times. A pause of the system moves it less than the mean.",
  },
  "software adapter": {
    text: "WebGPU computed by the processor where there is no graphics card. Results are the same; times say nothing about graphics cards.",
  },
} as const satisfies Readonly<Record<string, Term>>;
