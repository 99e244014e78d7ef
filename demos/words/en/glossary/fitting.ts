import type { Term } from "../../term.ts";

/** Words of losses and of fitting curves. */
export const fitting = {
  "squared error": {
    text: "The difference from the truth, squared. An error twice as large costs four times as much, so that one point far off moves a whole line.",
    formula: "L = (ŷ − y)²",
  },
  "smooth L1": {
    text: "A parabola for small errors, a straight line for large ones. Far points then pull no harder than near ones.",
    formula: "L = e² / 2β for |e| < β, else |e| − β/2",
  },
  "cross-entropy": {
    text: "Minus the logarithm of the probability of the true class. Its gradient with respect to the score is the probability minus the target, largest where the answer is most wrong.",
    formula: "L = −ln p(y), ∂L/∂z = p − y",
  },
  "focal loss": {
    text: "Cross-entropy times a factor that fades where the answer is right already. Easy samples then count less than hard ones.",
    formula: "L = −(1 − p)^γ · ln p",
  },
  hinge: {
    text: "Costs nothing once a score is on the right side by one. It is the loss of support vector machines.",
    formula: "L = max(0, 1 − y z)",
  },
  "label smoothing": {
    text: "A part ε of the truth is shared among all classes. Scores then stop growing at a finite distance.",
    formula: "t = (1 − ε) · truth + ε / classes",
  },
  "triplet loss": {
    text: "The positive should be nearer to the anchor than the negative is, by a margin. Faces are learned this way: two pictures of one person against one of another.",
    formula: "L = max(0, m + ‖a − p‖ − ‖a − n‖)",
  },
  overfitting: {
    text: "A model fits its training points, noise included, and fails on others. It shows in the error on held-out points.",
  },
  "held-out error": {
    text: "The error on points that were not used for training. It estimates the error on new points.",
    formula: "√(mean of (ŷ − y)² over held-out points)",
  },
  ridge: {
    text: "Squared error plus the squares of the coefficients. It makes all of them smaller, none of them 0.",
    formula: "Σ (ŷ − y)² + α ‖w‖²",
  },
  lasso: {
    text: "Squared error plus the sizes of the coefficients. Many of them become exactly 0.",
    formula: "½ mean of (ŷ − y)² + α ‖w‖₁",
  },
  "logistic regression": {
    text: "A probability from a weighted sum, fitted by cross-entropy. Points far on the right side hardly count.",
    formula: "p = 1 / (1 + exp(−w·x − b))",
  },
  "normal equations": {
    text: "Where the gradient of the squared error is 0, the weights solve a linear system. One solution replaces all steps of a descent.",
    formula: "XᵀX w = Xᵀy",
  },
} as const satisfies Readonly<Record<string, Term>>;
