export const losses = "Losses";
export const whatWrongAnswerCostsAnd =
  "What a wrong answer costs and where its gradient pulls: numbers, classes, lines, triplets.";
export const curvesOfFourLossesAnd = "Curves of four losses and of their gradients over the error";
