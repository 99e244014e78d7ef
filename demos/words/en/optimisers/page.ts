export const stepsOrEvaluations = "Steps or evaluations";
export const optimiserRace = "Optimiser race";
export const firstAndSecondOrderMethods =
  "First and second order methods run down the same slope from the same start: drag it, and see who gets stuck.";
export const pathsOfSevenOptimisersOver =
  "Paths of seven optimisers over the contours of Himmelblau's function, and a table of how far each has come";
export const step = (title: string, steps: number) => `${title}, step ${steps}`;
export const startAt = (start: string) => `Start at ${start}`;
export const stepOf = (raceSteps: string, steps: string) => `Step ${raceSteps} of ${steps}`;
export const goOn = "Go on";
export const raceAgain = "Race again";
export const race = "Race";
export const surfaceExpectedOneOf = (surface: string, surfaceNames: string) =>
  `?surface=${surface}: expected one of ${surfaceNames}`;
export const fromExpectedTwoNumbersWith = (from: string) =>
  `?from=${from}: expected two numbers with a comma between them`;
export const stepsExpectedWholeNumber = (steps: number) =>
  `?steps=${steps}: expected a whole number from 1 to 5000`;
export const rosenbrock = "Rosenbrock";
export const reachingCurvedValleyIsEasy =
  "Reaching the curved valley is easy; following its flat floor is not.";
export const beale = "Beale";
export const flatPlainsBetweenSteep =
  "Flat plains between steep walls: the size of the gradient misleads.";
export const himmelblau = "Himmelblau";
export const fourMinimaAllEquallyDeep =
  "Four minima, all equally deep: which one each method finds depends on its first steps.";
export const saddle = "Saddle";
export const saddleAt00Draws = "A saddle at (0, 0) draws everyone in; the way out is nearly flat.";
export const learningRateOf = (name: string) => `Learning rate of ${name}`;
export const findsItself = "finds it itself";
export const endsAt = (name: string, loss: string | undefined) =>
  loss === undefined ? `${name} ends beyond 32-bit numbers` : `${name} ends at ${loss}`;
export const lossBy = (against: string, said: string) =>
  `Loss by ${against === "steps" ? "steps" : "evaluations"}, logarithmic: ${said}`;
export const gone = "gone";
export const rule = "rule";
/** The displayed name of an optimisation method, by its name among the racers. */
export const method = (racer: string): string => racer;
