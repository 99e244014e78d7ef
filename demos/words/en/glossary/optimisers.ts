import type { Term } from "../../term.ts";

/** The update rules of the race: g is the gradient, η the learning rate, all by element. */
export const optimisers = {
  SGD: {
    text: "A step against the gradient. In a long valley it goes to and fro between the walls.",
    formula: "w ← w − η g",
  },
  Momentum: {
    text: "Steps add up like the speed of a ball, and friction takes a tenth away. It runs through flat stretches and past the minimum.",
    formula: "v ← 0.9 v + g;  w ← w − η v",
  },
  Nesterov: {
    text: "Momentum with the gradient taken ahead of the present place. It brakes before it has gone too far.",
    formula: "v ← 0.9 v + g;  w ← w − η (g + 0.9 v)",
  },
  Adagrad: {
    text: "Each direction has a step of its own, smaller the more it has moved. It never takes larger steps again.",
    formula: "s ← s + g²;  w ← w − η g / (√s + ε)",
  },
  Adadelta: {
    text: "Steps are scaled by the size of the steps before them. It needs hardly any learning rate.",
    formula: "Δ = g √(u + ε) / √(s + ε), s and u: means of g² and Δ²",
  },
  RMSprop: {
    text: "Each direction is divided by the recent size of its gradient. It moves alike in steep and in flat directions.",
    formula: "s ← 0.99 s + 0.01 g²;  w ← w − η g / (√s + ε)",
  },
  Adam: {
    text: "Momentum over RMSprop, both corrected for their start at zero. It needs little tuning, hence its popularity.",
    formula: "w ← w − η m̂ / (√v̂ + ε), m, v: means of g, g²",
  },
  AMSGrad: {
    text: "Adam with the largest mean of g² so far. Its steps cannot grow again after a rare large gradient.",
    formula: "w ← w − η m̂ / (√max v̂ + ε)",
  },
  AdamW: {
    text: "Adam that shrinks weights directly, not by way of the gradient. On these surfaces it is Adam with a pull to (0, 0).",
    formula: "w ← (1 − ηλ) w − η m̂ / (√v̂ + ε)",
  },
  Adamax: {
    text: "Adam with the largest recent gradient in place of the mean of squares. Large gradients are forgotten slowly.",
    formula: "u ← max(0.999 u, |g|);  w ← w − η m̂ / u",
  },
  NAdam: {
    text: "Adam with Nesterov's look ahead. The newest gradient counts twice.",
    formula: "w ← w − η (μ m̂ + (1 − μ) ĝ) / (√v̂ + ε)",
  },
  RAdam: {
    text: "Adam that waits until it has seen enough gradients to trust their mean square. Its first steps are those of momentum.",
    formula: "w ← w − η r m̂ / (√v̂ + ε), r: rectification",
  },
  Lion: {
    text: "Only the sign of a mean of gradients counts: every step has the same size. It has half of Adam's memory.",
    formula: "w ← w − η sign(0.9 m + 0.1 g)",
  },
  Newton: {
    text: "Goes to the minimum of the parabola that has the present gradient and curvature. A few steps are enough near a minimum, each with a matrix to solve.",
    formula: "w ← w − t H⁻¹ g",
  },
  BFGS: {
    text: "Newton with a curvature that it gathers from the gradients it meets. It needs no second derivatives.",
    formula: "w ← w − t B⁻¹ g, B (wₖ₊₁ − wₖ) = gₖ₊₁ − gₖ",
  },
  "L-BFGS": {
    text: "BFGS that keeps its last ten steps in place of a matrix. It is the one that large problems can afford.",
    formula: "w ← w − t (B⁻¹ from 10 pairs) g",
  },
  "Conjugate gradients": {
    text: "Each direction leaves intact what the ones before it have done. It needs no more memory than momentum, and a line search.",
    formula: "d ← −g + β d;  w ← w + t d",
  },
  "CG, Fletcher–Reeves": {
    text: "Conjugate gradients with the oldest formula for β. It can get stuck in small steps, which newer formulas restart.",
    formula: "β = ‖g‖² / ‖g before‖²",
  },
  "function evaluation": {
    text: "One computation of the loss with its gradient: what costs time in training. A step of a second-order method takes several while it looks for a step length.",
  },
  saddle: {
    text: "A place with no slope that is a minimum along one line and a maximum along another. In many dimensions there are far more of these than of minima.",
  },
} as const satisfies Readonly<Record<string, Term>>;
