export const pageTitle = "Optimiser race · wgrad";
export const description =
  "First and second order optimisers race down the same surface on your GPU.";
export const optimiserRace = "Optimiser race";
export const sameStartSameSlopeWho =
  'Same start, same slope. Who finds the bottom, how often must they look (each look is a <span data-term="function evaluation">function evaluation</span>), and who is caught by a <span data-term="saddle">saddle</span>?';
export const surface = "Surface";
export const start = "Start";
export const dragRingToStartElsewhere = "· drag the ring to start elsewhere.";
export const race = "Race";
export const step = "Step";
export const reset = "Reset";
export const racers = "Racers";
export const show = "Show";
export const learningRate = "Learning rate";
export const distanceLeft = "Distance left";
export const stepsTo0001 = "Steps to 0.001";
export const loss = "Loss";
export const against = "against";
export const steps = "steps";
export const functionEvaluations = "function evaluations";
export const computingSurface = "Computing the surface …";
